package import Alerting
package import Finance

/// What goes to one receiver at once: one announcement, or several of a group.
package struct Message: Sendable {
  /// Stable over every attempt, so that a receiver can tell a repetition.
  package let id: String
  /// At least one, in the order of the record.
  package let announcements: [Announced]

  package init(id: String, _ announcements: [Announced]) {
    precondition(!announcements.isEmpty, "a message without an announcement")
    self.id = id
    self.announcements = announcements
  }
}

/// A message as it was rendered, once. Every attempt sends these bytes.
package struct FrozenMessage: Hashable, Sendable {
  package let id: String
  package let body: [UInt8]

  package init(id: String, body: [UInt8]) {
    self.id = id
    self.body = body
  }
}

/// How one attempt to hand a message over ended, with the words that are kept of it.
package enum AttemptOutcome: Hashable, Sendable {
  /// It is there, for good.
  case delivered(String)
  /// Not now; where the receiver said when, that many milliseconds from now at the earliest.
  case later(String, after: Int64?)
  /// Never: the receiver will not have this message.
  case refused(String)
  /// The receiver will have none any more.
  case gone(String)

  package var words: String {
    switch self {
    case .delivered(let words), .later(let words, _), .refused(let words), .gone(let words): words
    }
  }
}

/// Where messages go. What it needs to know of the world (secrets, time) it gets at each attempt.
package protocol Sink: Sendable {
  /// Renders a message, as it will be sent and never again.
  func freeze(_ message: Message) -> FrozenMessage
  /// Hands a message over, and ends within the sink's own time limit.
  func send(_ message: FrozenMessage, now: Moment) async -> AttemptOutcome
}
