package import Evaluation
package import Finance
package import RuleLanguage

/// Plays figures into rules as if they arrived now, drop by drop, and collects what would be announced. Nothing is
/// written and nobody is told: the evaluation, the fold and the differences are those of the running daemon.
package struct Replay {
  /// As it stands after what was taken last.
  package let evaluator: Evaluator
  private var open = OpenEpisodes()
  /// Organisations whose figures these rules wait for, where the rules are a part of all.
  private var waitedFor: Set<String> = []
  private var writing: Writing
  private let wordless: Writing

  /// One announcement and what it speaks of, for counting and comparing.
  package struct Event: Sendable {
    package var kind: Announcement.Kind
    package var key: AlertKey
    package var period: Period
    /// When it would have been said.
    package var time: Moment
    /// It ends the alert.
    package var ends: Bool
    private let said: Said

    /// An announcement is large, and events are many that are counted, sorted and joined: they pass it on by reference.
    private final class Said: Sendable {
      let announcement: Announcement
      init(_ announcement: Announcement) { self.announcement = announcement }
    }

    package var announcement: Announcement { said.announcement }

    init(_ consequence: Consequence, time: Moment) {
      var announcement = consequence.announcement
      // Nothing is recorded under that number.
      announcement.episode = nil
      said = Said(announcement)
      kind = announcement.kind
      key = consequence.episode.key
      period = consequence.period
      self.time = time
      ends = consequence.ends
    }
  }

  /// - Parameters:
  ///   - rules: these alone, and what they read; all for nil.
  ///   - traits: what a measure's source says of it, by the measure's name.
  ///   - years: those that figures will come for, where that is known.
  package init(
    _ program: Program, rules: Set<String>? = nil, register: Register, traits: [String: MeasureTraits] = [:],
    years: ClosedRange<Int>? = nil
  ) {
    evaluator = Evaluator(program, rules: rules, register: register, traits: traits)
    if let years { evaluator.expect(years) }
    writing = Writing(program, register: register, .sentence) { _ in nil }
    wordless = Writing(program, register: register, .nothing) { _ in nil }
  }

  /// From here on announcements have no sentences: somebody only counts them.
  mutating func fallSilent() { writing = wordless }

  /// Takes in what the ledger learns at a moment.
  ///
  /// - Returns: what would be announced then, in the order in which it would be.
  package mutating func take(_ change: LedgerChange, from drop: Int64? = nil, at time: Moment) -> [Event] {
    evaluator.take(change)
    let touched = evaluator.run(onlyNews: true)
    return open.follow(touched, in: evaluator, writing, drop: drop, at: time).map { noted($0, at: time) }
  }

  /// The same of a portion of the rules: what is said of their alerts, and what waits for the figures of organisations
  /// where that may have changed. Whether that is to be said depends on all portions.
  mutating func takePortion(_ change: LedgerChange, from drop: Int64?, at time: Moment) -> (
    events: [Event], waiting: [String: [Waiting]]
  ) {
    evaluator.take(change)
    let touched = evaluator.run(onlyNews: true)
    let events = open.followAlerts(touched, in: evaluator, writing, drop: drop, at: time).map { noted($0, at: time) }
    let codes = evaluator.organisations(of: touched).union(waitedFor)
    let waiting = Dictionary(uniqueKeysWithValues: codes.map { ($0, evaluator.waiting(for: $0)) })
    let before = waitedFor
    waitedFor = Set(waiting.filter { !$0.value.isEmpty }.keys)
    return (events, waiting.filter { !$0.value.isEmpty || before.contains($0.key) })
  }

  private func noted(_ consequence: Consequence, at time: Moment) -> Event {
    let episode = consequence.episode
    evaluator.note(consequence.ends ? nil : episode.severity, announcedOf: episode.key)
    return Event(consequence, time: time)
  }
}
