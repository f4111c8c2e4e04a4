import Evaluation
package import RuleLanguage

/// What the rule says of a subject in a period, by what is known.
struct Observation {
  enum State: Hashable, Sendable {
    case known(FoldState)
    /// By the register, or by `effective`, the rule does not speak of the subject then.
    case notSpokenOf
    /// Nobody has reported it, and it was not due.
    case notBegun
  }

  var state: State
  /// The announcement that ended the alert, where the last one did and spoke of this period.
  var ended: Ending?
  enum Ending: Hashable, Sendable { case withdrawn, closed }

  /// Whether this is what a test expects. An alert that is held while a period is unknown is still what it was: it is
  /// both `red` and `unknown`.
  func meets(_ expected: TestSyntax.State) -> Bool {
    switch (expected, state) {
    case (.withdrawn, _): ended == .withdrawn
    case (.closed, _): ended == .closed
    case (.quiet, .notSpokenOf), (.unknown, .notBegun): true
    case (.quiet, .known(let state)): state.phase == .quiet && state.unknown == nil
    case (.pending(let severity), .known(let state)): state.phase == .pending(severity)
    case (.firing(let severity), .known(let state)): state.phase == .firing(severity)
    case (.suppressed, .known(let state)): if case .suppressed = state.phase { true } else { false }
    case (.unknown, .known(let state)): state.unknown != nil
    case (.stale, .known(let state)): state.isStale
    default: false
    }
  }

  /// As a test would say it, with what a reader has to know beside it.
  var words: String {
    if let ended { return ended == .withdrawn ? "withdrawn" : "closed" }
    switch state {
    case .known(let state): return state.words
    case .notSpokenOf: return "quiet: the rule does not speak of it then"
    case .notBegun: return "unknown: nothing was returned yet, and nothing was due"
    }
  }
}

extension FoldState {
  /// `pending red`, `unknown (not returned), held red`.
  fileprivate var words: String {
    let phase =
      switch phase {
      case .quiet: "quiet"
      case .pending(let severity): "pending \(severity.word)"
      case .firing(let severity): severity.word
      case .suppressed(let severity): "suppressed \(severity.word)" + (suppression.map { " because \($0)" } ?? "")
      }
    guard let unknown else { return phase }
    let word = isStale ? "stale" : "unknown"
    let reason = unknown == .missing ? "\(word) (not returned)" : "\(word) (undefined)"
    return self.phase == .quiet ? reason : "\(reason), held \(phase)"
  }
}

extension TestSyntax.State {
  /// As it is written.
  package var words: String {
    switch self {
    case .quiet: "quiet"
    case .pending(let severity): "pending \(severity.word)"
    case .firing(let severity): severity.word
    case .unknown: "unknown"
    case .stale: "stale"
    case .suppressed: "suppressed"
    case .withdrawn: "withdrawn"
    case .closed: "closed"
    }
  }
}
