import Evaluation
package import Finance
package import RuleLanguage

/// Turns what evaluation found into what is announced: the same facts, in the words and with the names that a reader
/// outside the program knows.
package struct Writing: Sendable {
  let calendar: FinancialCalendar
  let register: Register
  private let rules: [String: RuleLanguage.Rule]
  /// The drop that a figure came from, by its id in the ledger.
  private let drop: @Sendable (Int64) -> DropReference?
  let catalogue: CatalogueAddress?
  /// How much is said of a finding.
  let detail: Detail

  enum Detail: Sendable {
    /// With the arithmetic and the rows behind it.
    case inFull
    case sentence
    /// That something is announced, and of which period: for counting.
    case nothing
  }

  /// What a reader needs to know of a drop to find the file.
  package struct DropReference: Hashable, Sendable {
    package var source: String
    package var file: String
    package var sha256: String
    package init(source: String, file: String, sha256: String) {
      self.source = source
      self.file = file
      self.sha256 = sha256
    }
  }

  /// - Parameter catalogue: where the rules can be read, if they can.
  package init(
    _ program: Program, register: Register, catalogue: CatalogueAddress? = nil,
    drop: @escaping @Sendable (Int64) -> DropReference?
  ) {
    self.init(program, register: register, catalogue: catalogue, .inFull, drop: drop)
  }

  init(
    _ program: Program, register: Register, catalogue: CatalogueAddress? = nil, _ detail: Detail,
    drop: @escaping @Sendable (Int64) -> DropReference?
  ) {
    self.catalogue = catalogue
    self.detail = detail
    calendar = program.calendar
    rules = Dictionary(uniqueKeysWithValues: program.rules.map { ($0.name, $0) })
    self.register = register
    self.drop = drop
  }

  /// Nil for a rule that is no longer there.
  func rule(called name: String) -> RuleLanguage.Rule? { rules[name] }

  func rule(_ rule: RuleLanguage.Rule) -> Announcement.Rule {
    Announcement.Rule(
      name: rule.name, title: rule.title, version: rule.version, file: rule.file, line: rule.line, owner: rule.owner,
      runbook: rule.runbook,
      labels: Dictionary(rule.labels.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }))
  }

  /// The subject with the names it had at the end of the period.
  func subject(_ subject: Evaluation.Subject, of rule: RuleLanguage.Rule, in period: Period) -> Announcement.Subject {
    guard !subject.keys.isEmpty else { return Announcement.Subject(keys: [], name: "overall") }
    var keys: [Announcement.Subject.Key] = []
    var names: [String] = []
    var attributes: [String: String] = [:]
    for (key, value) in zip(rule.frame.keys, subject.keys) {
      switch key {
      case .organisation:
        let organisation = register.organisation(value, on: calendar.lastDay(period))
        keys.append(Announcement.Subject.Key(key: "organisation", value: value))
        names.append(organisation?.name ?? value)
        attributes = organisation?.attributes ?? [:]
      case .attribute(let name), .dimension(let name):
        keys.append(Announcement.Subject.Key(key: name, value: value))
        names.append(value)
      }
    }
    return Announcement.Subject(keys: keys, name: names.joined(separator: ", "), attributes: attributes)
  }

  /// Empty where nothing is said.
  func label(_ period: Period, _ step: Step) -> String { detail == .nothing ? "" : calendar.label(period, step) }

  func reading(_ finding: Finding, severity: Severity?, step: Step) -> Announcement.Reading {
    Announcement.Reading(
      period: label(finding.period, step), severity: severity?.word, shown: finding.watched?.shown,
      exact: finding.watched?.exact)
  }

  func threshold(_ finding: Finding) -> Announcement.Threshold? {
    finding.threshold.map {
      Announcement.Threshold(
        shown: $0.shown, bound: $0.bound.exact, distance: $0.distance.shown, distanceExact: $0.distance.exact)
    }
  }

  func arithmetic(_ finding: Finding) -> [Announcement.Line] {
    finding.arithmetic.map {
      Announcement.Line(
        depth: $0.depth, expression: $0.expression, shown: $0.value.shown, exact: $0.value.exact, sources: $0.sources)
    }
  }

  func provenance(_ finding: Finding, step: Step) -> [Announcement.Provenance] {
    finding.sources.map { source in
      let drop = self.drop(source.drop)
      return Announcement.Provenance(
        measure: source.measure, organisation: source.organisation,
        period: calendar.label(source.period, step), source: drop?.source ?? "", file: drop?.file ?? "",
        sha256: drop?.sha256 ?? "", firstRow: source.firstRow, rows: source.rows, drop: source.drop,
        version: source.version)
    }
  }
}
