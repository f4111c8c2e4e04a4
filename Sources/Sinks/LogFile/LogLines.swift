import Alerting
import Diagnostics

/// One line an announcement, whatever it says: no value can end its line, colour a terminal or turn the text round.
extension LogFileSettings.Format {
  func lines(_ message: Message) -> [UInt8] {
    var bytes: [UInt8] = []
    for announced in message.announcements {
      switch self {
      case .json: bytes += Self.json(announced, message.id)
      case .text: bytes += Array(Self.text(announced, message.id).utf8)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// The same object as in an `outturn` webhook, one announcement a line.
  private static func json(_ announced: Announced, _ id: String) -> [UInt8] {
    OutturnFormat.body(Message(id: id, [announced]))
  }

  private static func text(_ announced: Announced, _ id: String) -> String {
    let announcement = announced.announcement
    let head = "\(announcement.time) \(announcement.severity) \(announcement.kind.rawValue) \(announcement.rule.name)"
    var sentence = String(announcement.sentence.prefix(4000))
    if let was = announcement.was?.shown, let now = announcement.now?.shown { sentence += " (was \(was), now \(now))" }
    for change in announcement.changes.prefix(100) {
      sentence += "; \(change.kind) \(change.rule) \(change.subject): \(change.sentence.prefix(400))"
    }
    let catalogue = announcement.rule.catalogue.map { " \($0)" } ?? ""
    let place =
      "[\(announcement.rule.file):\(announcement.rule.line)\(catalogue) record \(announced.sequence):\(announced.hash) \(id)]"
    return "\(head): \(sentence) \(place)".printable
  }
}
