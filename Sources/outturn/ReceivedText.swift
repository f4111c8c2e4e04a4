import Diagnostics
import Foundation

/// A webhook in the `outturn` format as a person reads it at a terminal: a line an alert.
enum ReceivedText {
  /// Nil where the body is in another format.
  static func text(_ body: [UInt8]) -> String? {
    guard let message = try? JSONDecoder().decode(Message.self, from: Data(body)) else { return nil }
    return message.alerts.map(line).joined(separator: "\n")
  }

  private static func line(_ alert: Alert) -> String {
    let severity = Terminal.severity(alert.severity)
    let state =
      switch alert.state {
      case "opened", "reported": severity
      case "escalated": "↑ \(severity)"
      case "eased": "↓ \(severity)"
      default: alert.state
      }
    var line = "● \(state): \(alert.sentence.printable)"
    if let was = alert.was?.shown, let now = alert.now?.shown {
      line += " (was \(was.printable), now \(now.printable))"
    }
    return line
  }

  private struct Message: Decodable { var alerts: [Alert] }

  private struct Alert: Decodable {
    struct Reading: Decodable { var shown: String? }
    var state: String
    var severity: String
    var sentence: String
    var was: Reading?
    var now: Reading?
  }
}
