package import Diagnostics
import Finance
import Hashing

/// A folder of rule files, read as one.
package enum RuleSet {
  /// What every register of organisations says of them. A register with more columns has more attributes.
  package static let usualAttributes: Set<String> = ["kind", "region", "economy", "parent"]

  /// Reads and checks all files together. There is a program only where nothing is wrong; warnings may stand beside one.
  /// Spans point into `files` by position; findings come in the order of the files.
  ///
  /// `attributes` are the columns of the register beside code, name and dates.
  package static func load(
    files: [SourceText], library: FunctionLibrary, attributes: Set<String> = usualAttributes
  ) -> (program: Program?, diagnostics: [Diagnostic]) {
    let findings = Findings()
    let tree = FileParser.parse(files, functions: Set(library.functions.keys), findings: findings)
    let settings = Settings(tree, findings)
    if tree.rules.isEmpty, !findings.hasErrors { findings.add(.noRules, "there are no rules") }
    let declarations = Declarations(tree, attributes: attributes, findings: findings)
    let builder = ProgramBuilder(
      currency: settings.currency, calendar: settings.calendar, measures: declarations.measures)
    let checker = ExpressionChecker(
      declarations: declarations, library: library, builder: builder, findings: findings, sources: files)
    let rules = ProgramAssembly(checker, settings: settings).rules()
    guard !findings.hasErrors else { return (nil, findings.inOrder) }

    let printed = SyntaxPrinter().text(tree)
    let program = Program(
      currency: settings.currency.code, calendar: settings.calendar, measures: declarations.measures,
      dimensions: declarations.dimensions, rules: rules, nodes: builder.nodes,
      kernels: builder.kernels, version: hexadecimal(SHA256.digest(of: printed)))
    return (program, findings.inOrder)
  }
}

/// The currency and the year's start: one each for the whole set.
struct Settings {
  let currency: Currency
  let calendar: FinancialCalendar

  init(_ tree: SyntaxTree, _ findings: Findings) {
    // What could not be read may have been a setting.
    let isWhole = !findings.hasErrors
    if tree.currencies.isEmpty, isWhole {
      findings.add(.settingMissing, "no file says the currency", fix: "currency GBP")
    }
    if tree.yearStarts.isEmpty, isWhole {
      findings.add(.settingMissing, "no file says when a year starts", fix: "year starts in April")
    }
    func refuse(_ name: String, _ spans: [Span]) {
      for span in spans.dropFirst() {
        findings.add(
          .settingTwice, "the \(name) is given twice", at: span, "here again",
          also: [Diagnostic.Label(spans[0], "first here")], fix: "one for the whole folder")
      }
    }
    refuse("currency", tree.currencies.map(\.span))
    refuse("start of the year", tree.yearStarts.map(\.span))
    // While something is missing, the rest is still checked as it would be in Britain.
    currency = tree.currencies.first.flatMap { Currency(code: $0.text) } ?? Settings.pound
    calendar = FinancialCalendar(firstMonth: tree.yearStarts.first?.month ?? 4)
  }

  private static let pound: Currency = {
    guard let pound = Currency(code: "GBP") else { preconditionFailure("GBP is a currency's code") }
    return pound
  }()
}

extension RuleSet {
  /// A file in the one canonical layout, without its comments; nil where it cannot be read.
  package static func canonicalText(of file: SourceText, library: FunctionLibrary) -> String? {
    let findings = Findings()
    let tree = FileParser.parse([file], functions: Set(library.functions.keys), findings: findings)
    return findings.hasErrors ? nil : SyntaxPrinter().text(tree)
  }
}
