import Alerting
import Diagnostics

/// Alerts as a person reads them at a terminal: a line each, and under it what its rule says.
struct AlertsText {
  let alerts: [AlertNow]

  init(_ alerts: [AlertNow]) { self.alerts = alerts }

  var text: String {
    var table = Table([
      ("ID", .right), ("NOW", .left), ("SINCE", .left), ("OPEN SINCE", .left), ("RULE", .left), ("WHO", .left),
    ])
    for alert in alerts {
      table.add([
        alert.id.map(String.init) ?? "-", state(alert), alert.since ?? "", alert.openSince ?? "", alert.rule,
        who(alert),
      ])
    }
    let lines = table.lines
    let indent = String(
      repeating: " ", count: (alerts.map { alert in alert.id.map { "\($0)".count } ?? 1 }.max() ?? 0) + 2)
    return
      ([lines[0]] + zip(lines.dropFirst(), alerts).map { "\($0)\n\(indent)\(sentence($1))" }).joined(separator: "\n")
  }

  private func state(_ alert: AlertNow) -> String {
    let severity = alert.severity
    let words =
      switch alert.state {
      case "firing": severity
      case AlertNow.outdated: "\(severity) as announced"
      case "suppressed": "suppressed \(severity)"
      default: alert.state
      }
    return words + (alert.isStale ? ", stale" : "") + (alert.certainty.map { ", \($0)" } ?? "")
  }

  private func who(_ alert: AlertNow) -> String {
    let keys = alert.keys.joined(separator: ", ")
    return (keys.isEmpty || keys == alert.subject ? alert.subject : "\(alert.subject) (\(keys))").printable
  }

  private func sentence(_ alert: AlertNow) -> String {
    var words = "\(alert.period): \(alert.sentence)"
    if alert.state == AlertNow.outdated { words += "; by the rules and the register as they are now it does not fire" }
    if alert.id == nil { words += alert.state == "firing" ? "; not announced yet" : "" }
    return words.printable
  }
}
