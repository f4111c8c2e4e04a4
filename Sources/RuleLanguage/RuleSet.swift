package import Diagnostics
import Finance
import Hashing

/// A folder of rule files, read as one.
package enum RuleSet {
  /// What every register of organisations says of them. A register with more columns has more attributes.
  package static let usualAttributes: Set<String> = ["kind", "region", "economy", "parent"]

  /// Names that mean something of themselves in every rule.
  package static let builtInNames = Declarations.builtIn

  /// What a folder of rules came to.
  package struct Loaded: Sendable {
    /// Only where nothing is wrong; warnings may stand beside it.
    package var program: Program?
    /// In the order of the texts.
    package var diagnostics: [Diagnostic]
    /// As far as it could be read, its tables with the rows of their files.
    package var tree: SyntaxTree
    /// Those that could be put together.
    package var tests: [RuleTest]
    /// What every span points into, by position: the rule files, behind them those of tables.
    package var texts: [SourceText]
  }

  /// Reads and checks all files together.
  ///
  /// `attributes` are the columns of the register beside code, name and dates; `tableFiles` gives the files of tables.
  package static func load(
    files: [SourceText], library: FunctionLibrary, attributes: Set<String> = usualAttributes,
    tableFiles: @escaping TableFiles = noTableFiles
  ) -> Loaded {
    let findings = Findings()
    var tree = FileParser.parse(files, functions: Set(library.functions.keys), findings: findings)
    var loading = TableFileLoading(files, library: library, findings: findings, read: tableFiles)
    loading.fill(&tree.tables)
    let texts = loading.texts
    let settings = Settings(tree, findings)
    if tree.rules.isEmpty, !findings.hasErrors { findings.add(.noRules, "there are no rules") }
    let declarations = Declarations(tree, attributes: attributes, findings: findings)
    let builder = ProgramBuilder(
      currency: settings.currency, calendar: settings.calendar, measures: declarations.measures)
    let tables = TableChecker(declarations: declarations, constants: builder.constants, findings: findings)
      .check(tree.tables)
    let checker = ExpressionChecker(
      declarations: declarations, tables: tables, library: library, builder: builder, findings: findings,
      sources: texts)
    let rules = ProgramAssembly(checker, settings: settings).rules()
    let tests = TestChecker(
      declarations, settings: settings, frames: checker.ruleFrames.compactMapValues { $0 }, rules: rules,
      findings: findings
    ).check(tree.tests)
    guard !findings.hasErrors else {
      return Loaded(diagnostics: findings.inOrder, tree: tree, tests: tests, texts: texts)
    }

    let printed = SyntaxPrinter().meaning(of: tree)
    let program = Program(
      currency: settings.currency.code, calendar: settings.calendar, measures: declarations.measures,
      dimensions: declarations.dimensions, tables: tables, rules: rules, nodes: builder.nodes,
      kernels: builder.kernels, version: hexadecimal(SHA256.digest(of: printed)))
    return Loaded(program: program, diagnostics: findings.inOrder, tree: tree, tests: tests, texts: texts)
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
    refuse("currency", tree.currencies.map(\.code.span))
    refuse("start of the year", tree.yearStarts.map(\.span))
    // While something is missing, the rest is still checked as it would be in Britain.
    currency = tree.currencies.first.flatMap { Currency(code: $0.code.text) } ?? Settings.pound
    calendar = FinancialCalendar(firstMonth: tree.yearStarts.first?.month ?? 4)
  }

  private static let pound: Currency = {
    guard let pound = Currency(code: "GBP") else { preconditionFailure("GBP is a currency's code") }
    return pound
  }()
}

extension RuleSet {
  /// What files say, before anything is known of what it means; whatever could not be read is reported and left out.
  package static func syntax(
    of files: [SourceText], library: FunctionLibrary
  ) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
    let findings = Findings()
    let tree = FileParser.parse(files, functions: Set(library.functions.keys), findings: findings)
    return (tree, findings.inOrder)
  }

  /// A file in the one canonical layout, without its comments; nil where it cannot be read.
  package static func canonicalText(of file: SourceText, library: FunctionLibrary) -> String? {
    let findings = Findings()
    let tree = FileParser.parse([file], functions: Set(library.functions.keys), findings: findings)
    return findings.hasErrors ? nil : SyntaxPrinter().text(tree)
  }
}
