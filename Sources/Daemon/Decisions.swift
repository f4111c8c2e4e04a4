import Bookkeeping
import Drops
import Storage

/// What people decide about held drops.
extension Cycle {
  /// Takes a held drop in after all: read again from the archive, accounted for, announced, and moved on.
  mutating func accept(_ id: DropID, by who: String, because: String) throws -> Reply {
    let decision = Decision(held: id, by: who, because: because)
    guard let drop = try store.read({ try Ledger.waiting(id, in: $0) }) else { return .notWaiting(id) }
    guard let gate = gates.first(where: { $0.source.name == drop.arrival.source }) else {
      return Reply(isDone: false, sentence: "The source \(drop.arrival.source) is no longer configured.")
    }
    let reading = try intake.reread(drop, of: gate.source)
    guard let contents = reading.contents else {
      return Reply(
        isDone: false,
        sentence: "Drop \(id) can't be read any more as \(gate.source.name) is configured now: "
          + (reading.problems.first.first?.sentence ?? "no reason is known"))
    }
    let isTaken = try store.write { transaction in
      guard try Ledger.waiting(id, in: transaction) != nil else { return false }
      _ = try Ledger.account(contents, decision: decision, at: clock.wall(), in: transaction)
      return true
    }
    guard isTaken else { return .notWaiting(id) }
    let announced = try watch.catchUp(at: clock.wall())
    try release(drop, from: gate, as: .accepted)
    return Reply(
      isDone: true, sentence: "Drop \(id) (\(drop.arrival.name)) is accepted; announcements made: \(announced.count).")
  }

  /// Turns a held drop away for good.
  func reject(_ id: DropID, by who: String, because: String) throws -> Reply {
    let decision = Decision(held: id, by: who, because: because)
    guard let drop = try store.write({ try Ledger.reject(decision, at: clock.wall(), in: $0) }) else {
      return .notWaiting(id)
    }
    if let gate = gates.first(where: { $0.source.name == drop.arrival.source }) {
      try release(drop, from: gate, as: .rejected)
    }
    return Reply(isDone: true, sentence: "Drop \(id) (\(drop.arrival.name)) is rejected.")
  }

  private func release(_ drop: Drop, from gate: Gate, as outcome: DropOutcome) throws {
    guard let place = try gate.inbox.held(drop.arrival.sha256, byteCount: drop.arrival.byteCount) else { return }
    try gate.inbox.release(place, as: outcome)
  }
}

extension Reply {
  fileprivate static func notWaiting(_ id: DropID) -> Reply {
    Reply(isDone: false, sentence: "There is no drop \(id) that waits for a decision; see: outturn drops --held")
  }
}
