package import Evaluation
package import Finance
import RuleLanguage

/// One alert of a replay, from its opening to its end.
package struct ReplayedAlert: Sendable {
  package var key: AlertKey
  /// The subject as a person says it.
  package var name: String
  package var opened: Period
  /// `info`, `amber`, `red`: each severity that it had, in the order in which it had them.
  package var severities: [String]
  /// How and when it ended; nil while it is open.
  package var ended: (kind: Announcement.Kind, period: Period)?
  /// What was said when it opened.
  package var sentence: String

  /// Whether it took the same course; what was said may differ.
  func isLike(_ other: ReplayedAlert) -> Bool {
    opened == other.opened && severities == other.severities && ended?.kind == other.ended?.kind
      && ended?.period == other.ended?.period
  }
}

extension ReplayReport {
  /// The alerts that opened within the span, in the order in which they did.
  package var alerts: [ReplayedAlert] {
    var alerts: [ReplayedAlert] = []
    var open: [AlertKey: Int] = [:]
    for event in events {
      let announcement = event.announcement
      if announcement.kind == .opened {
        open[event.key] = alerts.count
        alerts.append(
          ReplayedAlert(
            key: event.key, name: announcement.subject.name, opened: event.period, severities: [announcement.severity],
            ended: nil, sentence: announcement.sentence))
      } else if let number = open[event.key] {
        if event.ends {
          alerts[number].ended = (announcement.kind, event.period)
          open[event.key] = nil
        } else {
          alerts[number].severities.append(announcement.severity)
        }
      }
    }
    return alerts
  }
}

/// The alerts of two replays over one ledger, side by side.
package struct ReplayComparison: Sendable {
  package private(set) var onlyOld: [ReplayedAlert] = []
  package private(set) var onlyNew: [ReplayedAlert] = []
  /// The same subject of the same rule, but another period, other severities or another end.
  package private(set) var differing: [(old: ReplayedAlert, new: ReplayedAlert)] = []
  package private(set) var same = 0

  /// - Parameter formerly: the old names of rules by their new ones.
  package init(old: ReplayReport, new: ReplayReport, formerly: [String: String] = [:]) {
    var waiting: [AlertKey: [ReplayedAlert]] = [:]
    let olds = old.alerts
    for alert in olds { waiting[alert.key, default: []].append(alert) }
    var unmatched: [ReplayedAlert] = []
    for alert in new.alerts {
      var key = alert.key
      key.rule = formerly[key.rule] ?? key.rule
      if let number = waiting[key]?.firstIndex(where: alert.isLike) {
        waiting[key]?.remove(at: number)
        same += 1
      } else {
        unmatched.append(alert)
      }
    }
    for alert in unmatched {
      var key = alert.key
      key.rule = formerly[key.rule] ?? key.rule
      if let earlier = waiting[key]?.first {
        waiting[key]?.removeFirst()
        differing.append((earlier, alert))
      } else {
        onlyNew.append(alert)
      }
    }
    // Those that are left, in the order in which they opened.
    onlyOld = olds.filter { alert in
      guard let number = waiting[alert.key]?.firstIndex(where: alert.isLike) else { return false }
      waiting[alert.key]?.remove(at: number)
      return true
    }
  }

  package var isSame: Bool { onlyOld.isEmpty && onlyNew.isEmpty && differing.isEmpty }
}
