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
      byKind[event.announcement.kind, default: 0] += 1
      byPeriod[event.period, default: 0] += 1
    }

    fileprivate mutating func uncount(_ event: Event) {
      byKind[event.announcement.kind, default: 1] -= 1
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

  /// Of several reports on the same steps, each by other rules: all of them, step by step in the order of the rules.
  init(joining parts: [ReplayReport], _ span: ReplaySpan) {
    self.init(span)
    for part in parts {
      counts.merge(part.counts) { one, other in one.adding(other) }
      all = all.adding(part.all)
      openBefore += part.openBefore
      openAfter += part.openAfter
    }
    var next = parts.map { _ in 0 }
    var gaps: [AlertKey: Int] = [:]
    for step in 0..<(parts.map(\.ofStep.count).max() ?? 0) {
      for (number, part) in parts.enumerated() where step < part.ofStep.count {
        for event in part.events[next[number]..<next[number] + part.ofStep[step]] { join(event, &gaps) }
        next[number] += part.ofStep[step]
      }
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
    let change = event.announcement.kind == .opened ? 1 : event.ends ? -1 : 0
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

/// Which part of a ledger's history is reported on. What came before is played as well: an alert may have been open.
package struct ReplaySpan: Hashable, Sendable {
  /// A day on which something was known, or a period that something is about.
  package enum Edge: Hashable, Sendable {
    case day(Day)
    case period(Period)
  }
  package var from: Edge?
  package var to: Edge?

  package init(from: Edge? = nil, to: Edge? = nil) {
    self.from = from
    self.to = to
  }

  enum Place { case before, within, after }

  func place(of event: Replay.Event) -> Place {
    switch from {
    case .day(let day) where event.time.day < day: return .before
    case .period(let period) where event.period < period: return .before
    default: break
    }
    switch to {
    case .day(let day) where event.time.day > day: return .after
    case .period(let period) where event.period > period: return .after
    default: return .within
    }
  }

  /// Nothing from that moment on is in the span.
  package func isOver(at time: Moment) -> Bool {
    if case .day(let day) = to { time.day > day } else { false }
  }
}
