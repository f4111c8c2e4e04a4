import Alerting

/// `format: outturn`: everything that is known of each announcement, for programs.
package enum OutturnFormat: WebhookFormat {
  package static let name = "outturn"
  package static let contentType = "application/json"
  package static let mostBytes = 1_000_000

  package static func body(_ message: Message) -> [UInt8] {
    var announcements = message.announcements.prefix(1000)
    var most = announcements.count > 10 ? 20 : 200
    while true {
      let payload = OutturnPayload(
        id: message.id, alerts: announcements.map { OutturnPayload.Alert($0, most: most) },
        more: message.announcements.count - announcements.count)
      let body = JSONBytes.encode(payload)
      if body.count <= mostBytes || (announcements.count == 1 && most == 0) { return body }
      // What is long is where figures come from, and it can be had from the ledger; so it goes first.
      if most > 0 { most /= 10 } else { announcements = announcements.prefix(announcements.count / 2) }
    }
  }
}
