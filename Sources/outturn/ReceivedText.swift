import Diagnostics
import Foundation

/// A webhook in the `outturn` format as a person reads it at a terminal.
enum ReceivedText {
  /// Nil where the body is in another format.
  static func text(_ body: [UInt8]) -> String? {
    guard let message = try? JSONDecoder().decode(Message.self, from: Data(body)) else { return nil }
    return message.alerts.map(line).joined(separator: "\n")
  }

  private static func line(_ alert: Alert) -> String {
    let state = alert.kind == "opened" ? alert.severity : "\(alert.kind), \(alert.severity)"
    return "● \(Terminal.severity(state.uppercased()))  \(alert.sentence.printable)"
  }

  private struct Message: Decodable { var alerts: [Alert] }
  private struct Alert: Decodable {
    var kind: String
    var severity: String
    var sentence: String
  }
}
