import Diagnostics
import Finance

/// Every name that the rule set declares, each once.
struct Declarations {
  private(set) var measures: [Measure] = []
  private(set) var measureIndex: [String: Int] = [:]
  private(set) var measureSyntax: [String: MeasureSyntax] = [:]
  private(set) var dimensions: [String] = []
  private(set) var tables: [TableSyntax] = []
  private(set) var tableIndex: [String: Int] = [:]
  private(set) var lets: [String: LetSyntax] = [:]
  private(set) var rules: [RuleSyntax] = []
  private(set) var ruleIndex: [String: Int] = [:]
  /// Of organisations, as the register has them.
  let attributes: Set<String>
  /// Whose declaration could not be read, and was reported.
  private(set) var broken: Set<String>
  private var places: [String: Span] = [:]

  init(_ tree: SyntaxTree, attributes: Set<String>, findings: Findings) {
    self.attributes = attributes
    broken = tree.broken
    for dimension in tree.dimensions where claim(dimension.name, findings) {
      dimensions.append(dimension.name.text)
    }
    for measure in tree.measures {
      let isNew = claim(measure.name, findings)
      check(measure, findings)
      guard isNew else { continue }
      measureIndex[measure.name.text] = measures.count
      measureSyntax[measure.name.text] = measure
      measures.append(
        Measure(
          name: measure.name.text, type: measure.type.value, basis: measure.basis?.value,
          isReference: measure.isReference, adverse: measure.adverse, step: measure.step,
          dimensions: measure.dimensions.map(\.text), title: measure.title?.value))
    }
    for (index, table) in tree.tables.enumerated() where claim(table.name, findings) {
      tableIndex[table.name.text] = index
    }
    tables = tree.tables
    for binding in tree.lets where claim(binding.name, findings) { lets[binding.name.text] = binding }
    var ruleNames: [String: Span] = [:]
    for rule in tree.rules {
      // Rules have names of their own: `breach(overspend)` beside a let called overspend is no confusion.
      if let first = ruleNames.updateValue(rule.name.span, forKey: rule.name.text) {
        reportTwice(rule.name, first, "rule", findings)
        continue
      }
      if Words.reports.contains(rule.name.text) {
        findings.add(
          .notAName, "`\(rule.name.text)` is what the program itself reports, and cannot be a rule's name",
          at: rule.name.span, fix: "another name")
      }
      ruleIndex[rule.name.text] = rules.count
      rules.append(rule)
    }
    checkFormerNames(findings)
  }

  /// Every name that can stand in an expression.
  var names: [String] {
    Array(places.keys) + attributes + ["organisation", "code", "period"]
  }

  /// Whether it can stand in an expression.
  func isName(_ word: String) -> Bool {
    places[word] != nil || attributes.contains(word) || Declarations.builtIn.contains(word)
  }

  /// Where a name is declared, for a note beside a message.
  func place(of name: String) -> Span? { places[name] }

  private mutating func claim(_ name: Name, _ findings: Findings) -> Bool {
    if attributes.contains(name.text) || Declarations.builtIn.contains(name.text) {
      findings.add(
        .declaredTwice, "`\(name.text)` is already what the register says of an organisation", at: name.span,
        fix: "another name")
      return false
    }
    if let first = places[name.text] {
      reportTwice(name, first, "name", findings)
      return false
    }
    places[name.text] = name.span
    return true
  }

  static let builtIn: Set<String> = ["organisation", "code", "period", "watched", "info", "amber", "red"]

  private func reportTwice(_ name: Name, _ first: Span, _ what: String, _ findings: Findings) {
    findings.add(
      .declaredTwice, "the \(what) `\(name.text)` is declared twice", at: name.span, "here again",
      also: [Diagnostic.Label(first, "first here")], fix: "another name")
  }

  private func check(_ measure: MeasureSyntax, _ findings: Findings) {
    if measure.basis == nil, measure.type.value.isAmount {
      findings.add(
        .basisMissing, "the measure does not say what stretch of time an amount stands for", at: measure.type.span,
        measure.type.value.rawValue,
        repairs: Basis.allCases.map { basis in
          let words = "\(measure.type.value.rawValue) \(basis.rawValue)"
          return .replacing(measure.type.span, with: words)
        })
    }
    for (index, dimension) in measure.dimensions.enumerated() {
      if measure.dimensions[..<index].contains(where: { $0.text == dimension.text }) {
        findings.add(.declaredTwice, "the measure has the dimension `\(dimension.text)` twice", at: dimension.span)
      } else if !dimensions.contains(dimension.text), !broken.contains(dimension.text) {
        findings.add(
          .unknownDimension, "there is no dimension `\(dimension.text)`", at: dimension.span,
          fix: Suggestion.question(dimension.text, among: dimensions) ?? "dimension \(dimension.text)",
          repairs: Suggestion.repairs(dimension.text, at: dimension.span, among: dimensions))
      }
    }
  }

  /// A rule takes over the alerts of its former name: it must be free, and taken over once.
  private func checkFormerNames(_ findings: Findings) {
    var seen: [String: Span] = [:]
    for former in rules.compactMap(\.formerly) {
      if let index = ruleIndex[former.text] {
        findings.add(
          .declaredTwice, "`\(former.text)` is still the name of a rule", at: former.span, "taken over here",
          also: [Diagnostic.Label(rules[index].name.span, "and still declared")])
      }
      if let first = seen.updateValue(former.span, forKey: former.text) {
        reportTwice(former, first, "former name", findings)
      }
    }
  }
}
