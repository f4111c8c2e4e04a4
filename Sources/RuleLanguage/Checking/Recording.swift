import Diagnostics

/// What expressions came to, by where they stand: for someone who asks about a place in the text.
final class Recording {
  private(set) var meanings: [Span: Meaning] = [:]

  /// An expression in a let is worked out wherever the let is read; the first time counts.
  func note(_ node: Node, at span: Span) {
    guard meanings[span] == nil else { return }
    meanings[span] = Meaning(node)
  }
}

/// What kind of value an expression gives.
package struct Meaning: Hashable, Sendable {
  package var type: ValueType
  package var basis: Basis?
  package var adverse: Adverse?
  /// The few words that a message has for it: "money, year to date".
  package var spoken: String
  /// For whom it was worked out: "one organisation", "everything together".
  package var subject: String

  init(_ node: Node) {
    type = node.type
    basis = node.basis
    adverse = node.adverse
    spoken = node.spoken
    subject = node.frame.spoken
  }
}
