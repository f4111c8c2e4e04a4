import Alerting
import Diagnostics

/// `format: slack`: a message of Slack's incoming webhooks (and of Mattermost and others that take the same), for
/// people.
package enum SlackFormat: WebhookFormat {
  package static let name = "slack"
  package static let contentType = "application/json"
  package static let mostBytes = 100_000
  /// Announcements shown in one message; the rest are counted.
  package static let mostAnnouncements = 20

  private struct Payload: Encodable {
    /// What notifications and clients without blocks show.
    var text: String
    var blocks: [Block]
  }

  private struct Block: Encodable {
    var type: String
    var text: Text?
    var fields: [Text]?
    var elements: [Text]?
  }

  private struct Text: Encodable {
    var type = "mrkdwn"
    var text: String
  }

  package static func body(_ message: Message) -> [UInt8] {
    let shown = message.announcements.prefix(mostAnnouncements)
    let blocks = message.announcements.count == 1 ? single(message.announcements[0]) : shown.map(line)
    var payload = Payload(text: summary(message), blocks: blocks)
    if message.announcements.count > 1 { payload.blocks.insert(section("*\(summary(message))*"), at: 0) }
    let more = message.announcements.count - shown.count
    if more > 0 { payload.blocks.append(context(["and \(more) more"])) }
    return JSONBytes.encode(payload)
  }

  private static func summary(_ message: Message) -> String {
    guard let first = message.announcements.first, message.announcements.count == 1 else {
      return Wording.count(message.announcements.count, "announcement")
    }
    return escaped("\(heading(first.announcement)): \(first.announcement.sentence)", most: 2500)
  }

  private static func heading(_ announcement: Announcement) -> String {
    let from = announcement.previousSeverity.map { " from \($0.uppercased())" } ?? ""
    return "\(announcement.severity.uppercased()) \(announcement.kind.rawValue)\(from)"
  }

  private static func line(_ announced: Announced) -> Block {
    let announcement = announced.announcement
    return section("*\(escaped(heading(announcement), most: 100))* \(escaped(announcement.sentence, most: 1000))")
  }

  private static func single(_ announced: Announced) -> [Block] {
    let announcement = announced.announcement
    var blocks = [
      section("*\(escaped(heading(announcement), most: 100)) · \(escaped(announcement.rule.title, most: 300))*"),
      section(escaped(announcement.sentence, most: 2500)),
    ]
    if let detail = announcement.detail { blocks.append(section(escaped(detail, most: 2500))) }
    blocks.append(Block(type: "section", fields: facts(announcement)))
    if !announcement.changes.isEmpty {
      let lines = announcement.changes.prefix(mostAnnouncements).map { "• \(escaped($0.sentence, most: 120))" }
      let more = announcement.changes.count - lines.count
      blocks.append(section((lines + (more > 0 ? ["and \(more) more"] : [])).joined(separator: "\n")))
    }
    blocks.append(context(origin(announced)))
    return blocks
  }

  private static func facts(_ announcement: Announcement) -> [Text] {
    var facts = [("About", announcement.subject.name), ("Period", announcement.period)]
    if let was = announcement.was?.shown { facts.append(("Was", was)) }
    if let now = announcement.now?.shown { facts.append(("Now", now)) }
    if let opened = announcement.opened, let shown = opened.shown {
      facts.append(("When it opened (\(opened.period))", shown))
    }
    if let threshold = announcement.threshold {
      facts.append(("Limit", threshold.shown))
      facts.append(("Distance", threshold.distance))
    }
    if let owner = announcement.rule.owner { facts.append(("Owner", owner)) }
    if let runbook = announcement.rule.runbook { facts.append(("What to do", runbook)) }
    return facts.map { Text(text: "*\(escaped($0.0, most: 100))*\n\(escaped($0.1, most: 500))") }
  }

  private static func origin(_ announced: Announced) -> [String] {
    let announcement = announced.announcement
    var parts: [String] = []
    let files = announcement.provenance.map { "\($0.file) row \($0.firstRow)" }
    if !files.isEmpty { parts.append(escaped("from \(Wording.list(files, most: 3))", most: 800)) }
    if !announcement.rule.file.isEmpty {
      let version = announcement.rule.version.prefix(12)
      parts.append(escaped("\(announcement.rule.file):\(announcement.rule.line) \(version)", most: 400))
    }
    if let catalogue = announcement.rule.catalogue {
      parts.append("<\(escaped(catalogue, most: 2200))|what the rule does>")
    }
    parts.append("record \(announced.sequence):\(escaped(announced.hash, most: 64))")
    return parts
  }

  private static func section(_ text: String) -> Block { Block(type: "section", text: Text(text: text)) }

  private static func context(_ parts: [String]) -> Block {
    Block(type: "context", elements: parts.map { Text(text: $0) })
  }

  /// Slack takes `&`, `<` and `>` for its own: a value could else write to everybody (`<!channel>`) or disguise a link.
  /// Cut first, so that no cut falls into an escape; `most` leaves room within Slack's 3,000 characters even so.
  private static func escaped(_ text: String, most: Int) -> String {
    let cut = text.prefix(most)
    let lines = cut.split(separator: "\n", omittingEmptySubsequences: false).map(\.printable).joined(separator: "\n")
    var result = ""
    for character in lines {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    // A text of ampersands alone grows fivefold.
    return bounded(result) + (cut.endIndex < text.endIndex ? "…" : "")
  }

  private static func bounded(_ text: String) -> String {
    guard text.utf16.count > 2800 else { return text }
    let cut = text.prefix(2000)
    let open = cut.suffix(5).lastIndex(of: "&")
    return open.map { cut[$0...].contains(";") ? String(cut) : String(cut[..<$0]) } ?? String(cut)
  }
}
