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

    fileprivate mutating func uncount(_ event: Event) {
      byKind[event.kind, default: 1] -= 1
      byPeriod[event.period, default: 1] -= 1
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
  /// How many of the events each step brought, in the order of the steps.
  private var ofStep: [Int] = []

  package init(_ span: ReplaySpan, keeping mostKept: Int = ReplayReport.mostKept) {
    self.span = span
    self.mostKept = mostKept
  }

  var isFull: Bool { events.count >= mostKept }

  /// Takes what a step brought.
  mutating func take(_ step: [Event]) {
    let before = events.count
    for event in step { take(event) }
    ofStep.append(events.count - before)
  }

  /// Of reports on the same steps, each by other rules: all of them, step by step. Where they are several, in the order of
  /// the rules; that returns are late and figures are missing comes last.
  init(joining parts: [ReplayReport], _ span: ReplaySpan, rules: [String]) {
    self.init(span)
    for part in parts {
      counts.merge(part.counts) { one, other in one.adding(other) }
      all = all.adding(part.all)
      openBefore += part.openBefore
      openAfter += part.openAfter
    }
    var next = parts.map { _ in 0 }
    var gaps: [AlertKey: Int] = [:]
    let places = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element, $0.offset) })
    for step in 0..<(parts.map(\.ofStep.count).max() ?? 0) {
      var events: [Ordered] = []
      for (number, part) in parts.enumerated() where step < part.ofStep.count {
        let said = part.events[next[number]..<next[number] + part.ofStep[step]]
        for event in said {
          let last = event.key.rule == Report.dataGap.rawValue ? places.count + 1 : places.count
          events.append(Ordered(place: places[event.key.rule] ?? last, number: events.count, event: event))
        }
        next[number] += part.ofStep[step]
      }
      if parts.count > 1 { events.sort(by: Ordered.precedes) }
      for ordered in events { join(ordered.event, &gaps) }
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

  /// An organisation's figures are missing once, however many parts wait for them: from the first that does to the last.
  /// That a return is late is seen by every part.
  private mutating func join(_ event: Event, _ gaps: inout [AlertKey: Int]) {
    if event.key.isReport {
      let before = gaps[event.key] ?? 0
      gaps[event.key] = max(0, before + (event.ends ? -1 : 1))
      guard event.ends ? before <= 1 : before == 0 else {
        counts[event.key.rule]?.uncount(event)
        all.uncount(event)
        openAfter += event.ends ? 1 : -1
        return
      }
    }
    events.append(event)
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
