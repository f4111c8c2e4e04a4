import Foundation

/// What `outturn help R204` shows beside the code's meaning.
package struct CodePage: Sendable {
  /// What goes wrong where nobody minds it.
  package var why: String
  /// What the code is said of. A `\u{FFFD}` stands for a byte that is no UTF-8.
  package var wrong: String
  /// The same as it should be.
  package var right: String
  package var form: Form
  /// What each `…` of the examples stands for, in order, where a code is a matter of size.
  private var elided: [String]

  /// How much of a rule file an example is.
  package enum Form: Sendable {
    /// Clauses of a rule.
    case clauses
    /// Declarations beside those that it uses.
    case declarations
    /// A whole file. Behind a line such as `---- limits.csv` stands the file of a table.
    case file
    /// The lines of a test.
    case test
    /// Clauses that are wrong beside a certain ledger alone.
    case ledger
    /// A register that is doubtful beside a certain ledger.
    case register
  }

  init(_ why: String, wrong: String, right: String, _ form: Form = .clauses, elided: [String] = []) {
    self.why = why
    self.wrong = wrong
    self.right = right
    self.form = form
    self.elided = elided
  }

  /// An example with all that it leaves out.
  package func inFull(_ example: String) -> String {
    var parts = example.split(separator: "…", omittingEmptySubsequences: false).map(String.init)
    for (index, text) in elided.enumerated() where index + 1 < parts.count { parts[index] += text }
    return parts.joined()
  }
}

extension RuleCode {
  package var page: CodePage {
    guard let page = pages[self] else { preconditionFailure("\(rawValue) has no page") }
    return page
  }

  private var pages: [RuleCode: CodePage] {
    switch rawValue.prefix(2) {
    case "R1": CodePage.ofTheText
    case "R2": CodePage.ofQuantities
    case "R3": CodePage.ofNames
    case "R4": CodePage.ofRulesAsAWhole
    case "R7": CodePage.ofTests
    default: CodePage.ofDoubts
    }
  }
}

// MARK: - Examples as whole files

extension CodePage.Form {
  /// An example as a file that can be checked.
  package func whole(_ example: String) -> String {
    switch self {
    case .file: example + "\n"
    case .register:
      CodePage.declarations(for: "forecast") + "\n" + CodePage.rule(of: "  red when forecast > £5m") + "\n"
    case .declarations:
      CodePage.declarations(for: example.contains("rule ") ? example : example + " spent") + "\n" + example + "\n"
        + (example.contains("rule ") ? "" : CodePage.rule(of: "") + "\n")
    case .test:
      CodePage.declarations(for: example + " forecast") + "\n" + CodePage.rule(of: "  red when forecast > £5m")
        + "\ntest example \"An example\"\n" + example + "\n"
    case .clauses, .ledger:
      CodePage.declarations(for: CodePage.rule(of: example)) + "\n" + CodePage.rule(of: example) + "\n"
    }
  }
}

extension CodePage {
  /// What an example uses, and its page does not repeat.
  package static func declarations(for example: String) -> String {
    let words = Set(example.split { !$0.isLetter && $0 != "_" }.map(String.init))
    let used = measures.filter { words.contains($0.name) }
    let lines = used.map(\.line).joined(separator: "\n")
    let lineWords = Set(lines.split { !$0.isLetter && $0 != "_" }.map(String.init)).union(words)
    let dimensions = ["category", "service"].filter(lineWords.contains).map { "dimension \($0)" }
    return (["currency GBP", "year starts in April"] + dimensions + used.map(\.line)).joined(separator: "\n")
  }

  private static let measures: [(name: String, line: String)] = [
    ("plan", "measure plan money full year reference by category"),
    ("forecast", "measure forecast money full year adverse high by category"),
    ("actual", "measure actual money year to date adverse high"),
    ("spent", "measure spent money in period adverse high"),
    ("position", "measure position money full year adverse low"),
    ("activity", "measure activity count in period adverse high by service"),
    ("patients", "measure patients count at period end reference"),
    ("target", "measure target ratio reference"),
  ]

  /// The clauses in a rule, with those that every rule has.
  fileprivate static func rule(of clauses: String) -> String {
    var lines = ["rule example \"An example\""]
    if !clauses.contains("for each"), !clauses.contains("overall") { lines.append("  for each organisation") }
    lines.append(clauses)
    let firstWords = clauses.split(separator: "\n").compactMap { $0.split { " \t".contains($0) }.first }
    if !firstWords.contains(where: { ["info", "amber", "red"].contains($0) }) {
      lines.append("  red when reported(spent)")
    }
    if !clauses.contains("message") { lines.append("  message \"{period}\"") }
    return lines.joined(separator: "\n")
  }
}
