import Evaluation
import Finance
import RuleLanguage

extension Announcement {
  /// One announcement for a rule set: the list of alerts that it opens, changes or ends.
  static func rulesChanged(
    _ consequences: [Consequence], retired: [Episode], writing: Writing, time: Moment
  ) -> Announcement {
    var changes = consequences.map { consequence in
      let announcement = consequence.announcement
      return Change(
        kind: announcement.kind.rawValue, rule: announcement.rule.name, subject: announcement.subject.name,
        period: announcement.period, from: announcement.previousSeverity,
        to: consequence.ends ? nil : announcement.severity, sentence: announcement.sentence)
    }
    changes += retired.map { episode in
      Change(
        kind: "retired", rule: episode.key.rule, subject: episode.key.subject.keys.joined(separator: ", "),
        period: episode.announced.period, from: episode.severity.word, to: nil,
        sentence: "The rule \(episode.key.rule) is no longer there.")
    }
    let opening = changes.count { $0.kind == Kind.opened.rawValue }
    let ending = changes.count { $0.to == nil }
    let severity = consequences.filter { !$0.ends }.map(\.episode.severity).max() ?? .info
    return Announcement(
      kind: .rulesChanged, severity: severity.word,
      rule: Rule(name: Report.rulesChanged.rawValue, title: Report.rulesChanged.title), subject: Subject(keys: [], name: "the rule set"),
      period: consequences.last?.announcement.period ?? retired.last?.announced.period ?? "",
      sentence:
        "The rules or the register changed: \(opening) alerts open, \(changes.count - opening - ending) change, \(ending) end.",
      changes: changes, time: time.description)
  }
}
