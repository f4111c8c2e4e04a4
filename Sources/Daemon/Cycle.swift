import Alerting
import Bookkeeping
import Drops
import Finance
import Storage

/// The stream, stage by stage; read this file first.
///
///     drop → entries → ledger → columns → rules → state → announcement → notice
///
/// One thread runs it, one drop at a time, in two transactions: T1 accounts for the drop, T2 announces what it changed. A
/// crash anywhere, or a disk that is full, is made good by `recover`, which takes each drop up where it was left: so there
/// is nothing that only a crash would run. From the notices on, `Delivery` takes over.
struct Cycle {
  let store: Store
  let clock: Clock
  var gates: [Gate]
  var intake: Intake
  var watch: Watch

  /// One look at every inbox that is due, and all that follows from what has arrived.
  ///
  /// - Returns: how many drops were dealt with.
  mutating func turn(_ heartbeat: () -> Void) throws -> Int {
    var count = 0
    for gate in gates.indices where gates[gate].wakes <= clock.monotonic() {
      let (whole, refused) = try gates[gate].look(at: clock.monotonic())
      for name in refused { try refuse(name, at: gate) }
      for file in whole {
        guard let taken = try take(file, at: gate) else { continue }
        try follow(taken, at: gate)
        count += 1
        heartbeat()
      }
    }
    return count
  }

  /// When the next turn has something to look at, by the monotonic clock.
  var wakes: Duration { gates.map(\.wakes).min() ?? .seconds(3600) }

  /// Takes up what a crash or a failed write left: announcements that are due, then drops that were taken and not settled.
  mutating func recover() throws {
    _ = try watch.catchUp(at: clock.wall())
    for gate in gates.indices {
      for taken in try gates[gate].inbox.unsettled() { try follow(taken, at: gate) }
    }
  }

  /// From a taken file to notices: read, account, announce, settle.
  private mutating func follow(_ taken: TakenDrop, at gate: Int) throws {
    defer { taken.close() }
    let inbox = gates[gate].inbox
    let decided = try store.read { try Ledger.drop(ticket: taken.id, in: $0) }
    do {
      // A drop that a crash left decided, but not settled, is read again only for the problems that its sender is told.
      let reading = decided?.outcome == .accepted ? nil : try intake.read(taken, of: inbox.source)
      let outcome =
        try decided?.outcome.folder
        ?? intake.account(reading!, of: inbox.source, ticket: taken.id, watch: watch, at: clock.wall())
      _ = try watch.catchUp(at: clock.wall())
      try inbox.settle(taken, as: outcome, problems: reading?.problems ?? DropProblems())
    } catch let failure as InboxFailure where failure.code == .changed {
      try inbox.putBack(taken)
    }
  }
}
