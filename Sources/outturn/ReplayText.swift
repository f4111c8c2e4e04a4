import Alerting
import Bookkeeping
import Diagnostics
import Finance
import RuleLanguage

/// What a replay found, for a person, for a script and for a spreadsheet.
struct ReplayText {
  private let report: ReplayReport
  private let rules: [RuleLanguage.Rule]
  private let calendar: FinancialCalendar

  init(_ report: ReplayReport, rules: [RuleLanguage.Rule], calendar: FinancialCalendar) {
    self.report = report
    self.rules = rules
    self.calendar = calendar
  }

  /// In the order of an alert's life.
  static let kinds: [Announcement.Kind] = [
    .opened, .escalated, .eased, .resolved, .withdrawn, .suppressed, .closedWithTheYear, .closed, .expired,
  ]

  // MARK: For a person

  func summary(limit: Int) -> String {
    guard report.all.total > 0 else {
      return "Nothing would have been announced by \(Wording.count(rules.count, "rule"))."
    }
    let spoke = rules.filter { report.counts[$0.name] != nil }
    let kinds = Self.kinds.filter { report.all[$0] > 0 }
    var table = Table(
      [("RULE", .left)] + kinds.map { ($0.heading, .right) } + [("BUSIEST", .left)])
    for rule in spoke { table.add(row(rule.name, report.counts[rule.name]!, kinds, step: rule.step)) }
    // What is said of organisations and not by a rule of theirs: that their figures are missing.
    let others = report.counts.keys.filter { name in !rules.contains { $0.name == name } }.sorted()
    for name in others { table.add(row(name, report.counts[name]!, kinds, step: .month)) }
    if spoke.count + others.count > 1 { table.add(row("all", report.all, kinds, step: .month)) }
    var lines = [table.text]
    let silent = rules.count - spoke.count
    var closing = "\(Wording.count(report.openAfter, "alert")) open at the end"
    if report.openBefore > 0 { closing += ", \(report.openBefore) at the start" }
    if silent > 0 { closing += "; \(Wording.count(silent, "rule")) had nothing to say" }
    lines += ["", closing + ".", ""]
    lines += report.events.prefix(limit).map(sentence)
    let rest = report.all.total - min(limit, report.events.count)
    if rest > 0 { lines.append("… and \(rest) more: --limit, or --format csv") }
    return lines.joined(separator: "\n")
  }

  private func row(
    _ name: String, _ counts: ReplayReport.Counts, _ kinds: [Announcement.Kind], step: Step
  ) -> [String] {
    let busiest = counts.busiest.map { "\(calendar.label($0.period, step)) (\($0.count))" } ?? ""
    return [name] + kinds.map { counts[$0] == 0 ? "" : String(counts[$0]) } + [busiest]
  }

  private func sentence(_ event: ReplayReport.Event) -> String {
    let announcement = event.announcement
    return
      "\(announcement.time.prefix(10))  \(AnnouncementText.headline(announcement))\n            \(announcement.sentence.printable)"
  }

  // MARK: For a script

  struct JSON: Encodable {
    struct Rule: Encodable {
      var rule: String
      var title: String
      var version: String
      var counts: [String: Int]
      var busiest: Busiest?
    }
    struct Busiest: Encodable {
      var period: String
      var count: Int
    }
    struct Said: Encodable {
      var time: String
      var drop: Int64?
      var kind: String
      var rule: String
      var subject: [String]
      var name: String
      var year: String?
      var period: String
      var severity: String
      var previousSeverity: String?
      var restated: Bool
      var value: String?
      var exact: String?
      var sentence: String
    }
    var rules: [Rule]
    var announcements: [Said]
    var openBefore: Int
    var openAfter: Int
    /// Beyond those that are listed.
    var more: Int
  }

  var json: JSON {
    JSON(
      rules: rules.map { rule in
        let counts = report.counts[rule.name] ?? ReplayReport.Counts()
        return JSON.Rule(
          rule: rule.name, title: rule.title, version: rule.version,
          counts: Dictionary(uniqueKeysWithValues: Self.kinds.map { ($0.rawValue, counts[$0]) }),
          busiest: counts.busiest.map { JSON.Busiest(period: calendar.label($0.period, rule.step), count: $0.count) })
      },
      announcements: report.events.map(\.said), openBefore: report.openBefore, openAfter: report.openAfter,
      more: report.dropped)
  }

  // MARK: For a spreadsheet

  var csv: String {
    let heading = "time,drop,kind,rule,subject,name,period,severity,previous_severity,restated,value,sentence\r\n"
    return heading
      + report.events.map { event in
        let said = event.said
        let texts = [
          said.kind, said.rule, said.subject.joined(separator: " "), said.name, said.period, said.severity,
          said.previousSeverity ?? "", said.restated ? "yes" : "no",
        ].map(CSV.field)
        // A value is typed by us: a sign before it is no formula.
        let fields =
          [said.time, said.drop.map(String.init) ?? ""] + texts + [said.exact ?? "", CSV.field(said.sentence)]
        return fields.joined(separator: ",") + "\r\n"
      }.joined()
  }
}

extension ReplayReport.Event {
  var said: ReplayText.JSON.Said {
    ReplayText.JSON.Said(
      time: announcement.time, drop: announcement.drop, kind: announcement.kind.rawValue, rule: announcement.rule.name,
      subject: announcement.subject.keys.map(\.value), name: announcement.subject.name, year: announcement.year,
      period: announcement.period, severity: announcement.severity, previousSeverity: announcement.previousSeverity,
      restated: announcement.restated, value: announcement.now?.shown, exact: announcement.now?.exact,
      sentence: announcement.sentence)
  }
}

extension Announcement.Kind {
  /// Of a column of counts.
  var heading: String { self == .closedWithTheYear ? "YEAR ENDED" : rawValue.uppercased() }
}
