/// What the person who runs the daemon should hear of; its description is a sentence for the log.
package enum DeliveryTrouble: Hashable, Sendable, CustomStringConvertible {
  /// A message was given up.
  case dead(receiver: String, id: String, words: String)
  /// The receiver said that it wants no more.
  case disabled(receiver: String)
  /// Several attempts in a row failed: from here on one message at a time is tried.
  case down(receiver: String, words: String)
  case up(receiver: String)
  /// The ledger could not be read or written; nothing is sent until it can be.
  case stalled(String)

  package var description: String {
    switch self {
    case .dead(let receiver, let id, let words): "\(receiver): message \(id) was given up: \(words)."
    case .disabled(let receiver):
      "\(receiver) answered 410, it wants no more: nothing is sent to it until `outturn deliveries retry \(receiver)`."
    case .down(let receiver, let words): "\(receiver) does not take messages: \(words). One at a time is tried."
    case .up(let receiver): "\(receiver) takes messages again."
    case .stalled(let words): "Nothing can be delivered: \(words)"
    }
  }
}
