import Alerting
import Bookkeeping
import Diagnostics
import Drops
import Finance
import Logging
import Storage

/// The stream, stage by stage; read this file first.
///
///     drop → entries → ledger → columns → rules → state → announcement → notice
///
/// One thread runs it, one drop at a time, in two transactions: T1 accounts for the drop, T2 announces what it changed. A
/// crash anywhere, or a disk that is full, is made good by `recover`, which takes each drop up where it was left. From the
/// notices on, `Delivery` takes over.
struct Cycle {
  let store: Store
  let archive: Archive
  let clock: Clock
  let log: Logger
  var gates: [Gate]
  var intake: Intake
  var watch: Watch
  private let calendar: DueCalendar

  /// Loads the ledger under the rules, and tells what they change where they are others than before.
  init(_ setup: Setup, store: Store, archive: Archive, clock: Clock, log: Logger) throws {
    self.store = store
    self.archive = archive
    self.clock = clock
    self.log = log
    gates = setup.configuration.sources.map { Gate($0) }
    intake = Intake(store: store, archive: archive, program: setup.program, register: setup.register)
    calendar = DueCalendar(setup, store: store)
    watch = try Watch(setup, store: store)
    try watch.takeUpRules(at: clock.wall())
  }

  /// Goes on by another setup; what fails leaves the old one in force.
  mutating func replace(by setup: Setup) throws {
    self = try Cycle(setup, store: store, archive: archive, clock: clock, log: log)
  }

  /// One look at every inbox that is due, and all that follows from what has arrived; then from what has not.
  ///
  /// - Parameter goesOn: called after each drop, and once what was due is told; with false the rest stays where it is, to be looked at again.
  /// - Returns: how many drops were dealt with.
  mutating func turn(goesOn: () -> Bool) throws -> Int {
    var count = 0
    for gate in gates.indices where gates[gate].wakes <= clock.monotonic() {
      if gates[gate].hasLeftovers { try settleLeftovers(at: gate) }
      var files = look(at: gate)[...]
      // Whatever ends the turn early, a full disk too: what was not taken is offered again.
      defer { for file in files { gates[gate].readiness.retry(file, at: clock.monotonic()) } }
      while let file = files.popFirst() {
        guard let taken = take(file, at: gate) else { continue }
        try follow(taken, at: gate)
        count += 1
        guard goesOn() else { return count }
      }
    }
    if try noteDue() { _ = goesOn() }
    return count
  }

  /// Once a day for each source: what was due by now is written down (T1), and announced where it has not come (T2). A
  /// source whose files are still being waited for is asked after them.
  ///
  /// - Returns: whether there was anything to tell.
  private mutating func noteDue() throws -> Bool {
    var isNews = false
    let now = clock.wall()
    let today = calendar.today(now)
    for gate in gates.indices where gates[gate].calendarDay != today && gates[gate].readiness.next == nil {
      let noted = try calendar.note(gates[gate].source, at: now)
      for due in noted {
        log.notice(
          "\(due.source): \(calendar.label(due.period)) was due by \(due.deadline) from \(due.organisations.count) organisations"
        )
      }
      gates[gate].calendarDay = today
      guard !noted.isEmpty else { continue }
      try announce()
      isNews = true
    }
    return isNews
  }

  /// T2 for all that is accounted for.
  private mutating func announce() throws {
    for announced in try watch.catchUp(at: clock.wall()) { log.notice("\(announced.announcement.logLine)") }
  }

  /// When there is something to look at again, by the monotonic clock; nil without a source.
  var wakes: Duration? { gates.map(\.wakes).min() }

  /// Whether a file that was seen may still become whole.
  var isWaiting: Bool { gates.contains { $0.readiness.next != nil } }

  /// Takes up what a crash or a failed write left: announcements that are due, then drops that were taken and not settled.
  mutating func recover() throws {
    _ = try watch.catchUp(at: clock.wall())
    for gate in gates.indices { try settleLeftovers(at: gate) }
  }

  /// Takes up the drops that were taken from an inbox and could not be moved on. An inbox that is not there (its disk is
  /// not mounted yet) is waited for.
  private mutating func settleLeftovers(at gate: Int) throws {
    gates[gate].hasLeftovers = false
    do {
      try gates[gate].inbox.prepare()
      for taken in try gates[gate].inbox.unsettled() { try follow(taken, at: gate) }
    } catch let failure as InboxFailure {
      leave(failure, at: gate)
    }
  }

  /// One inbox in trouble does not hold up the others: it is tried again when it is due.
  private mutating func leave(_ failure: InboxFailure, at gate: Int) {
    log.error("\(gates[gate].source.name): \(failure)")
    gates[gate].hasLeftovers = true
  }

  /// From a taken file to notices: read, account (T1), announce (T2), settle.
  private mutating func follow(_ taken: TakenDrop, at gate: Int) throws {
    defer { taken.close() }
    let inbox = gates[gate].inbox
    do {
      let outcome: DropOutcome
      var problems = DropProblems()
      if let decided = try store.read({ try Ledger.drop(ticket: taken.id, in: $0) }) {
        // A crash came between the decision and the move. Only a rejected file is read again: for what its sender is told.
        outcome = decided.outcome.folder
        if outcome == .rejected { problems = try intake.read(taken, of: inbox.source).problems }
      } else {
        let reading = try intake.read(taken, of: inbox.source)
        outcome = try intake.account(reading, of: inbox.source, ticket: taken.id, watch: watch, at: clock.wall())
        problems = reading.problems
        let why =
          (reading.doubts + reading.problems.first.prefix(1).map(\.sentence)).first.map { ": \($0.printable)" } ?? ""
        log.notice("\(inbox.source.name): \(taken.path.printable) \(outcome.rawValue)\(why)")
      }
      try announce()
      try inbox.settle(taken, as: outcome, problems: problems)
    } catch let failure as InboxFailure {
      guard failure.code == .changed, (try? inbox.putBack(taken)) != nil else { return leave(failure, at: gate) }
      log.info("\(inbox.source.name): \(failure)")
    }
  }

  /// The files that are whole; where the inbox can't be looked into, none, and it is tried again at its next time.
  private mutating func look(at gate: Int) -> [InboxFile] {
    do {
      let (whole, refused, unmatched) = try gates[gate].look(at: clock.monotonic())
      for name in refused { log.warning("\(gates[gate].source.name): \(name.name) is not read: \(name.reason)") }
      tell(of: unmatched, at: gate)
      return whole
    } catch {
      log.error("\(gates[gate].source.name): \(error)")
      return []
    }
  }

  /// The most names that one look is told of one by one.
  private static let mostTold = 20

  /// Files that lie in the inbox and are never read, but for those that another source of the same inbox takes.
  private func tell(of unmatched: [String], at gate: Int) {
    let source = gates[gate].source
    let strange = unmatched.filter { name in
      !gates.contains { $0.source.inbox == source.inbox && $0.source.takes(name) }
    }
    for name in strange.prefix(Self.mostTold) {
      log.warning("\(source.name): \(name.printable) is not read: its name matches none of \(source.patterns)")
    }
    if strange.count > Self.mostTold {
      log.warning("\(source.name): \(strange.count - Self.mostTold) more files are not read")
    }
  }

  /// Nil where the file went away, changed or can't be had; it is then looked at again.
  private mutating func take(_ file: InboxFile, at gate: Int) -> TakenDrop? {
    let ticket = gates[gate].ticket(for: file, at: clock.wall())
    do {
      if gates[gate].source.keepsFiles, try store.read({ try Ledger.drop(ticket: ticket, in: $0) }) != nil {
        return nil
      }
      return try gates[gate].inbox.take(file, id: ticket)
    } catch {
      log.warning("\(gates[gate].source.name): \(error)")
      gates[gate].readiness.retry(file, at: clock.monotonic())
      return nil
    }
  }
}

extension Outcome {
  /// The folder that a file of this outcome is moved to.
  fileprivate var folder: DropOutcome {
    switch self {
    case .accepted, .duplicate: .accepted
    case .held: .held
    case .rejected: .rejected
    }
  }
}

extension Announcement {
  /// For the daemon's own log.
  fileprivate var logLine: String { "\(kind.rawValue) \(severity): \(sentence.printable)" }
}
