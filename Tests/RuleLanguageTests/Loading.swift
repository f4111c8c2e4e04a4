import Diagnostics
import RuleLanguage
import RuleLibrary

/// What most tests declare, so that each shows only what it is about.
let heading = """
  currency GBP
  year starts in April
  dimension category
  dimension recurrence
  dimension service
  measure plan      money full year     reference by category   "Planned spend for the year"
  measure forecast  money full year     adverse high by category "Forecast outturn"
  measure actual    money year to date  adverse high by category, recurrence "Spend to date"
  measure position  money full year     adverse low              "Forecast surplus (+) or deficit (-)"
  measure activity  count in period     adverse high by service
  measure list      count at period end reference
  measure spent     money in period     adverse high
  measure target    ratio               reference
  measure tariff    unit price          reference

  """

/// - Parameter beside: the files of tables, by name.
func load(_ text: String, name: String = "test.rules", beside: [String: String] = [:]) -> RuleSet.Loaded {
  RuleSet.load(files: [SourceText(name: name, text)], library: .all) { file, rule in
    beside[file].map { .success(SourceText(name: file, $0)) } ?? RuleSet.noTableFiles(file, rule)
  }
}

/// Findings as a person reads them.
func rendered(_ text: String, name: String = "test.rules", beside: [String: String] = [:]) -> String {
  let loaded = load(text, name: name, beside: beside)
  return TerminalRenderer().render(loaded.diagnostics, in: loaded.texts)
}

/// A rule with one watched expression, ready to be checked.
func watching(_ expression: String, band: String = "", frame: String = "for each organisation") -> String {
  heading + """
    rule one "One"
      \(frame)
      watch \(expression)
      \(band.isEmpty ? "red when true" : band)
      message "x"

    """
}

/// What is said about an example of the help, warnings included. `---- NAME` begins a file beside it.
func findings(in example: String, _ form: CodePage.Form) -> [Diagnostic] {
  let parts = form.whole(example).split(separator: "---- ", omittingEmptySubsequences: false)
  let beside = parts.dropFirst().map { part in
    let lines = part.split(separator: "\n", maxSplits: 1)
    return SourceText(name: String(lines[0]), lines.count > 1 ? String(lines[1]) : "")
  }
  let notUTF8 = parts[0].split(separator: "\u{FFFD}", omittingEmptySubsequences: false).map { Array($0.utf8) }
  let file = SourceText(name: "example.rules", bytes: Array(notUTF8.joined(separator: [0xA3])))
  let loaded = RuleSet.load(files: [file], library: .all) { name, rule in
    beside.first { $0.name == name }.map { .success($0) } ?? RuleSet.noTableFiles(name, rule)
  }
  return loaded.diagnostics + loaded.lints(today: DiagnosticTests.today)
}
