import Diagnostics
import Finance

/// Where an expression is being worked out: for whom, of which cells, and what may be read.
struct Scope {
  /// The subject outside a population, for `own`.
  struct Outer: Hashable {
    var frame: Frame
    var slice: Slice
  }

  var frame: Frame
  var outward: [Outer] = []
  var slice: Slice = .everything
  var coverage = Scope.usualCoverage
  /// The rule whose lets are seen, by its place among the rules.
  var rule: Int?
  /// `watched`, where a message or a condition behind the watch may speak of it.
  var watched: NodeID?
  /// The watch came to nothing, which was reported: so is what speaks of it.
  var isWatchBroken = false
  /// Lets that are being unfolded, outermost first, with where they are used.
  var unfolding: [(name: LetName, use: Span)] = []
  /// How deep the expressions of those lets are, together.
  var depth = 0

  /// Of members that count, in a hundred: below it a share is not known.
  static let usualCoverage = Quotient.Literal(numerator: 9, denominator: 10)

  /// For the members of a population whose members have this frame.
  func inside(_ members: Frame) -> Scope {
    var inner = self
    inner.outward.append(Outer(frame: frame, slice: slice))
    inner.frame = members
    inner.slice = .everything
    inner.watched = nil
    return inner
  }
}

/// Which let: one of the file's own, or one of a rule.
struct LetName: Hashable {
  var rule: Int?
  var name: String
}

/// What a let came to, by everything that its meaning hangs on.
struct UnfoldedLet: Hashable {
  var name: LetName
  var frame: Frame
  var outward: [Scope.Outer]
  var slice: Slice
  var coverage: Quotient.Literal
}
