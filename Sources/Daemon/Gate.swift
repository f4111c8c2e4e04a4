import Bookkeeping
import Drops
import Finance

/// One source at the door: its inbox, which of the files in it are whole, and when to look next.
struct Gate {
  let inbox: Inbox
  var readiness: Readiness
  /// Drops that were taken could not be moved on; they are in `.taking`, at the start too.
  var hasLeftovers = true
  /// On which the calendar was last asked what was due.
  var calendarDay: Day?
  private var nextLook: Duration = .zero
  /// Names that were refused and told of, so that each is told once.
  private var refused: Set<String> = []
  /// The same for files whose names the source does not read.
  private var unmatched: Set<String> = []

  init(_ source: SourceSettings) {
    inbox = Inbox(source)
    readiness = Readiness(source.ready)
  }

  var source: SourceSettings { inbox.source }

  /// When this inbox wants to be looked at again: at its interval, or as soon as a file in it may be whole.
  var wakes: Duration { min(nextLook, readiness.next ?? nextLook) }

  /// The files that are whole now, in the order in which to take them.
  mutating func look(
    at now: Duration
  ) throws -> (whole: [InboxFile], refused: [Inbox.Refused], unmatched: [String]) {
    nextLook = now + source.every
    let listing = try inbox.look()
    let whole = readiness.whole(in: listing.files, at: now)
    let new = listing.refused.filter { !refused.contains($0.name) }
    refused = Set(listing.refused.map(\.name))
    let strange = listing.unmatched.filter { !unmatched.contains($0) }
    unmatched = Set(listing.unmatched)
    return (whole, new, strange)
  }

  /// Looks at the next opportunity, whatever the interval: something stirred.
  mutating func stir() { nextLook = .zero }
}

extension Gate {
  /// The name under which a file is taken, unique for ever. In an inbox that keeps its files it is made of what they are
  /// known by, so that one that has been read is not read again, restarts and all.
  func ticket(for file: InboxFile, at time: Moment) -> String {
    if source.keepsFiles {
      let known = file.remembered
      return "\(source.name)/\(known.path)/\(known.size)/\(known.modified)"
    }
    let digits = String(time.milliseconds)
    let ordered = String(repeating: "0", count: max(0, 15 - digits.count)) + digits
    return "\(ordered)-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
  }
}
