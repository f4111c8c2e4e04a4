import Bookkeeping
import Evaluation
package import Finance

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

// MARK: - Nothing to play

extension ReplaySpan {
  /// The days on which a history came to be known, and the periods that it is about.
  package struct Extent: Hashable, Sendable {
    package var days: ClosedRange<Day>
    package var periods: ClosedRange<Period>

    /// Nil for a history without figures.
    package init?(_ steps: [ReplayStep]) {
      let periods = steps.flatMap { $0.change.versions.map(\.unit.period) }
      // What is stated of a whole year beforehand is of no period that rules are folded over.
      let months = periods.filter { $0.month > 0 }
      guard let first = (months.isEmpty ? periods : months).min(), let last = periods.max(),
        let start = steps.map(\.time).min(), let end = steps.map(\.time).max()
      else { return nil }
      (days, self.periods) = (start.day...end.day, first...last)
    }
  }

  /// Why nothing of a history can lie within a span.
  package enum Flaw: Error, Hashable {
    /// It ends before it begins.
    case isReversed(Extent?)
    /// The history has nothing from there on; nothing up to there; nothing in between.
    case isAfter(Edge, Extent)
    case isBefore(Edge, Extent)
    case isBetween(Extent)
    /// The history has no figures.
    case hasNoHistory
  }

  /// - Throws: `Flaw`. A span that is open on both sides has none.
  package func check(against steps: [ReplayStep]) throws(Flaw) {
    guard from != nil || to != nil else { return }
    let extent = Extent(steps)
    switch (from, to) {
    case (.day(let first), .day(let last)) where first > last: throw .isReversed(extent)
    case (.period(let first), .period(let last)) where first > last: throw .isReversed(extent)
    default: break
    }
    guard let extent else { throw .hasNoHistory }
    switch from {
    case .day(let day) where day > extent.days.upperBound: throw .isAfter(.day(day), extent)
    case .period(let period) where period > extent.periods.upperBound: throw .isAfter(.period(period), extent)
    default: break
    }
    switch to {
    case .day(let day) where day < extent.days.lowerBound: throw .isBefore(.day(day), extent)
    case .period(let period) where period < extent.periods.lowerBound: throw .isBefore(.period(period), extent)
    default: break
    }
    if case .day(let first) = from, case .day(let last) = to,
      !steps.contains(where: { (first...last).contains($0.time.day) })
    {
      throw .isBetween(extent)
    }
  }
}
