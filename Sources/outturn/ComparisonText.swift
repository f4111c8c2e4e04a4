import Alerting
import Diagnostics
import Evaluation
import Finance
import RuleLanguage

/// What two rule sets say otherwise, and which alerts they would have raised otherwise.
struct ComparisonText {
  let alerts: ReplayComparison
  private let rules: RuleSetComparison
  private let reports: (old: ReplayReport, new: ReplayReport)
  private let ruleSets: (old: [RuleLanguage.Rule], new: [RuleLanguage.Rule])
  private let calendar: FinancialCalendar

  init(
    _ comparison: RuleSetComparison, old: ReplayReport, new: ReplayReport,
    rules: (old: [RuleLanguage.Rule], new: [RuleLanguage.Rule]), calendar: FinancialCalendar
  ) {
    self.rules = comparison
    reports = (old, new)
    ruleSets = rules
    alerts = ReplayComparison(old: old, new: new, formerly: comparison.formerly)
    self.calendar = calendar
  }

  // MARK: For a person

  func text(limit: Int) -> String {
    var parts = [ruleLines.joined(separator: "\n")]
    parts.append(counts.map { "What would have been announced:\n\n\($0)" } ?? "Neither would have announced anything.")
    if alerts.isSame {
      parts.append("The alerts are the same: \(alerts.same).")
    } else {
      parts += [
        list("Only by the old rules", alerts.onlyOld.map(course), limit),
        list("Only by the new rules", alerts.onlyNew.map(course), limit),
        list("Otherwise", alerts.differing.map { "\(course($0.old))\n  → \(courseAlone($0.new))" }, limit),
      ].compactMap { $0 }
      parts.append("\(Wording.count(alerts.same, "alert")) as before.")
    }
    return parts.joined(separator: "\n\n")
  }

  private var ruleLines: [String] {
    if rules.isSame { return ["The rules are the same: \(rules.same)."] }
    var lines = [
      "Rules: \(rules.added.count) added, \(rules.removed.count) removed, \(rules.changed.count) changed, "
        + "\(rules.same) the same."
    ]
    lines += rules.declarations.flatMap { ["", "~ \($0.name)"] + $0.lines.map { "    \($0.printable)" } }
    lines += rules.added.map { "\n+ \($0.name): \($0.title.printable)" }
    lines += rules.removed.map { "\n- \($0.name): \($0.title.printable)" }
    for (old, new) in rules.lookRenamed {
      lines += [
        "\n`\(old.name)` and `\(new.name)` have the same test: renamed? Write `rule \(new.name) formerly \(old.name)`, and the alerts go on."
      ]
    }
    for change in rules.changed {
      let former = change.old.name == change.new.name ? "" : ", formerly \(change.old.name)"
      lines += ["", "~ \(change.new.name)\(former): \(change.new.title.printable)"]
      lines += change.lines.isEmpty ? ["    what it reads has changed"] : change.lines.map { "    \($0.printable)" }
    }
    return lines
  }

  /// A row a rule that announced something else, then all.
  private var counts: String? {
    guard reports.old.all.total + reports.new.all.total > 0 else { return nil }
    let kinds = ReplayText.kinds.filter { reports.old.all[$0] + reports.new.all[$0] > 0 }
    var table = Table([("RULE", .left)] + kinds.map { ($0.heading, .right) } + [("BUSIEST", .left)])
    for name in names {
      let old = reports.old.counts[rules.formerly[name] ?? name] ?? ReplayReport.Counts()
      let new = reports.new.counts[name] ?? ReplayReport.Counts()
      if old != new { table.add(row(name, old, new, kinds)) }
    }
    table.add(row("all", reports.old.all, reports.new.all, kinds))
    return table.text
  }

  private var names: [String] {
    ruleSets.new.map(\.name) + rules.removed.map(\.name)
  }

  private func row(
    _ name: String, _ old: ReplayReport.Counts, _ new: ReplayReport.Counts, _ kinds: [Announcement.Kind]
  ) -> [String] {
    [name] + kinds.map { change("\(old[$0])", "\(new[$0])") } + [change(busiest(old), busiest(new))]
  }

  private func change(_ old: String, _ new: String) -> String { old == new ? old : "\(old) → \(new)" }

  private func busiest(_ counts: ReplayReport.Counts) -> String {
    counts.busiest.map { "\(calendar.label($0.period)) (\($0.count))" } ?? "never"
  }

  private func list(_ heading: String, _ lines: [String], _ limit: Int) -> String? {
    guard !lines.isEmpty else { return nil }
    let rest = lines.count - min(limit, lines.count)
    return (["\(heading) (\(lines.count)):"] + lines.prefix(limit) + (rest > 0 ? ["  … and \(rest) more"] : []))
      .joined(separator: "\n")
  }

  private func course(_ alert: ReplayedAlert) -> String {
    "  \(alert.key.rule), \(alert.name.printable): \(courseAlone(alert))"
  }

  /// "amber, red from 2024-25 M5, resolved 2024-25 M12".
  private func courseAlone(_ alert: ReplayedAlert) -> String {
    let severities = alert.severities.map(Terminal.severity).joined(separator: ", ")
    let end = alert.ended.map { "\($0.kind.rawValue) \(calendar.label($0.period))" } ?? "still open"
    return "\(severities) from \(calendar.label(alert.opened)), \(end)"
  }

  // MARK: For a script

  struct JSON: Encodable {
    struct Change: Encodable {
      var rule: String
      var formerly: String?
      var oldVersion: String
      var newVersion: String
      var lines: [String]
    }
    struct Declaration: Encodable {
      var name: String
      var lines: [String]
    }
    struct Counts: Encodable {
      var rule: String
      var old: [String: Int]
      var new: [String: Int]
      var oldBusiest: String?
      var newBusiest: String?
    }
    struct Alert: Encodable {
      var rule: String
      var subject: [String]
      var name: String
      var opened: String
      var severities: [String]
      var ended: String?
      var endedIn: String?
      var sentence: String
    }
    struct Pair: Encodable {
      var old: Alert
      var new: Alert
    }
    struct Renaming: Encodable {
      var old: String
      var new: String
    }
    var added: [String]
    var removed: [String]
    /// The same test under another name, without `formerly`.
    var lookRenamed: [Renaming]
    var changed: [Change]
    var declarations: [Declaration]
    var sameRules: Int
    var counts: [Counts]
    var all: Counts
    var onlyOld: [Alert]
    var onlyNew: [Alert]
    var differing: [Pair]
    var sameAlerts: Int
  }

  var json: JSON {
    JSON(
      added: rules.added.map(\.name), removed: rules.removed.map(\.name),
      lookRenamed: rules.lookRenamed.map { JSON.Renaming(old: $0.old.name, new: $0.new.name) },
      changed: rules.changed.map { change in
        JSON.Change(
          rule: change.new.name, formerly: change.old.name == change.new.name ? nil : change.old.name,
          oldVersion: change.old.version, newVersion: change.new.version, lines: change.lines)
      },
      declarations: rules.declarations.map { JSON.Declaration(name: $0.name, lines: $0.lines) }, sameRules: rules.same,
      counts: names.map { name in
        counts(name, reports.old.counts[rules.formerly[name] ?? name], reports.new.counts[name])
      },
      all: counts("all", reports.old.all, reports.new.all), onlyOld: alerts.onlyOld.map(alert),
      onlyNew: alerts.onlyNew.map(alert),
      differing: alerts.differing.map { JSON.Pair(old: alert($0.old), new: alert($0.new)) }, sameAlerts: alerts.same)
  }

  private func counts(_ rule: String, _ old: ReplayReport.Counts?, _ new: ReplayReport.Counts?) -> JSON.Counts {
    func byKind(_ counts: ReplayReport.Counts?) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: ReplayText.kinds.map { ($0.rawValue, counts?[$0] ?? 0) })
    }
    return JSON.Counts(
      rule: rule, old: byKind(old), new: byKind(new), oldBusiest: old?.busiest.map { calendar.label($0.period) },
      newBusiest: new?.busiest.map { calendar.label($0.period) })
  }

  private func alert(_ alert: ReplayedAlert) -> JSON.Alert {
    JSON.Alert(
      rule: alert.key.rule, subject: alert.key.subject.keys, name: alert.name, opened: calendar.label(alert.opened),
      severities: alert.severities, ended: alert.ended?.kind.rawValue,
      endedIn: alert.ended.map { calendar.label($0.period) }, sentence: alert.sentence)
  }
}
