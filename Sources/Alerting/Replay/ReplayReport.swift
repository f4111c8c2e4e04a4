import Evaluation
package import Finance

/// What a replay announced within a span: counts for each rule, and the announcements themselves.
package struct ReplayReport: Sendable {
  package typealias Event = Replay.Event

  /// So many announcements are kept; all of them are counted.
  package static let mostKept = 100_000

  /// What became of one rule's alerts.
  package struct Counts: Hashable, Sendable {
    package var byKind: [Announcement.Kind: Int] = [:]
    fileprivate var byPeriod: [Period: Int] = [:]

    package init() {}

    package var total: Int { byKind.values.reduce(0, +) }
    package subscript(kind: Announcement.Kind) -> Int { byKind[kind] ?? 0 }
    /// The period with most announcements, the earlier of two that have as many; nil where there were none.
    package var busiest: (period: Period, count: Int)? {
      byPeriod.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
    }

    fileprivate mutating func count(_ event: Event) {
      byKind[event.kind, default: 0] += 1
      byPeriod[event.period, default: 0] += 1
    }

    fileprivate func adding(_ other: Counts) -> Counts {
      var sum = self
      sum.byKind.merge(other.byKind, uniquingKeysWith: +)
      sum.byPeriod.merge(other.byPeriod, uniquingKeysWith: +)
      return sum
    }
  }

  package private(set) var counts: [String: Counts] = [:]
  package private(set) var events: [Event] = []
  package private(set) var all = Counts()
  /// Alerts that opened before the span and had not ended when it began.
  package private(set) var openBefore = 0
  /// Open when it ended.
  package private(set) var openAfter = 0
  private let span: ReplaySpan
  private let mostKept: Int
  /// How many of the events each step brought, in the order of the steps, and whose figures are waited for since.
  private var ofStep: [(events: Int, waiting: [String: [Waiting]])] = []

  package init(_ span: ReplaySpan, keeping mostKept: Int = ReplayReport.mostKept) {
    self.span = span
    self.mostKept = mostKept
  }

  var isFull: Bool { events.count >= mostKept }

  /// Takes what a step brought.
  mutating func take(_ step: [Event], _ waiting: [String: [Waiting]]) {
    let before = events.count
    for event in step { take(event) }
    ofStep.append((events.count - before, waiting))
  }

  /// Of reports on the same steps, each by other rules: all of them, step by step. Where they are several, in the order of
  /// the rules; that returns are late comes after them, and that figures are missing last, of all parts together.
  init(
    joining parts: [ReplayReport], on steps: ArraySlice<ReplayStep>, _ span: ReplaySpan, rules: [String],
    _ writing: Writing
  ) {
    self.init(span)
    for part in parts {
      counts.merge(part.counts) { one, other in one.adding(other) }
      all = all.adding(part.all)
      openBefore += part.openBefore
      openAfter += part.openAfter
    }
    let places = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element, $0.offset) })
    var next = parts.map { _ in 0 }
    var gaps = OpenEpisodes()
    var waiting: [String: [Int: [Waiting]]] = [:]
    for (number, step) in steps.enumerated() {
      var said: [Ordered] = []
      var changed: Set<String> = []
      for (place, part) in parts.enumerated() {
        let brought = part.ofStep[number]
        for event in part.events[next[place]..<next[place] + brought.events] {
          said.append(Ordered(place: places[event.key.rule] ?? places.count, number: said.count, event: event))
        }
        next[place] += brought.events
        for (code, waits) in brought.waiting { waiting[code, default: [:]][place] = waits }
        changed.formUnion(brought.waiting.keys)
      }
      if parts.count > 1 { said.sort(by: Ordered.precedes) }
      events += said.map(\.event)
      for code in changed.sorted() {
        let waits = parts.indices.flatMap { waiting[code]?[$0] ?? [] }
        let gap = gaps.followGap(of: code, waits, writing, drop: step.drop, at: step.time)
        if let gap { take(Event(gap, time: step.time)) }
      }
    }
  }

  /// Two events of one rule are of one part, and stay in the order in which they came.
  private struct Ordered {
    var place: Int
    var number: Int
    var event: Event

    static func precedes(_ one: Ordered, _ other: Ordered) -> Bool {
      guard one.place == other.place else { return one.place < other.place }
      let (keys, others) = (one.event.key.subject.keys, other.event.key.subject.keys)
      return one.event.key.isReport && keys != others
        ? keys.lexicographicallyPrecedes(others) : one.number < other.number
    }
  }

  private mutating func take(_ event: Event) {
    let change = event.kind == .opened ? 1 : event.ends ? -1 : 0
    switch span.place(of: event) {
    case .before: openBefore += change
    case .after: return
    case .within:
      counts[event.key.rule, default: Counts()].count(event)
      all.count(event)
      if !isFull { events.append(event) }
    }
    openAfter += change
  }

  /// How many announcements there were beyond those that are kept.
  package var dropped: Int { all.total - events.count }
}
