import Finance
package import Sinks
package import Storage

/// Takes what is due to its receivers, until it is done.
///
/// The outbox in the database is the truth: a message is sent because it stands there as waiting and due, and stays so
/// until the outcome is committed. So a crash repeats an attempt at worst, with the same id and bytes. Receivers do not
/// wait for each other: each has its own few messages on their way, and its own breaker.
package actor Dispatcher {
  package struct Limits: Sendable {
    /// Messages on their way to one receiver.
    package var inFlight = 8
    /// Announcements of one transaction to one receiver, over which they go out as one message.
    package var burst = 50
    /// How long outcomes gather before they are committed together, and how many at most.
    package var gathering = Duration.milliseconds(20)
    package var group = 256
    package init() {}
  }

  private let executor = QueueExecutor("delivery")
  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  private let store: Store
  private let clock: DeliveryClock
  private let limits: Limits
  private let report: @Sendable (any Error) -> Void

  private var receivers: [String: any Sink]
  private var fallback: [String]
  private var breakers: [String: Breaker] = [:]
  private var underway: [Int64: Underway] = [:]
  private var settlements: [Settlement] = []
  private var recovered: Set<String> = []
  private var isStopping = false

  /// A message that is being sent, or has been and is not written down yet.
  private struct Underway {
    let receiver: String
    /// Nil once it has ended.
    var task: Task<Void, Never>?
  }

  private let bell = Bell()

  /// - Parameters:
  ///   - receivers: by the names that notices have.
  ///   - fallback: names of receivers that hear of what could not be delivered.
  ///   - report: told when the database cannot be read or written; what failed is done again a little later.
  package init(
    store: Store, receivers: [String: any Sink], fallback: [String] = [], clock: DeliveryClock,
    limits: Limits = Limits(), report: @escaping @Sendable (any Error) -> Void
  ) {
    self.store = store
    self.receivers = receivers
    self.fallback = fallback
    self.clock = clock
    self.limits = limits
    self.report = report
  }

  /// There are new notices, or a person has asked for a retry.
  package nonisolated func wake() { bell.ring() }

  /// Another configuration, from the next message on. What waits for a receiver that is gone goes to the fallback.
  package func reconfigure(receivers: [String: any Sink], fallback: [String]) {
    self.receivers = receivers
    self.fallback = fallback
    breakers = breakers.filter { receivers[$0.key] != nil }
    bell.ring()
  }

  /// Delivers until the task is cancelled; then gives what is on its way `grace` to end, and writes down how it did.
  package func run(grace: Duration = .seconds(5)) async {
    isStopping = false
    await withTaskCancellationHandler {
      while !Task.isCancelled {
        let next = work()
        await bell.wait(until: next, clock)
      }
    } onCancel: {
      bell.ring()
    }
    await stop(grace)
  }

  /// Sends what is due, then writes down what has ended, which may make more due. Returns when the next is due if
  /// nothing happens before.
  private func work() -> Moment? {
    do {
      var next = try sendDue()
      while !settlements.isEmpty {
        try commit()
        next = try sendDue()
      }
      return next
    } catch {
      report(error)
      return Moment(milliseconds: clock.now().milliseconds + 1_000)
    }
  }

  private func sendDue() throws -> Moment? {
    let now = clock.now()
    var next: Moment?
    for receiver in try reachable(now) {
      try freeze(for: receiver, now)
      try send(to: receiver, now)
      next = try earliest(next, for: receiver, now)
    }
    return next
  }

  /// The receivers that there are and that want messages, in the order of their names. What is for others is abandoned.
  private func reachable(_ now: Moment) throws -> [String] {
    let (disabled, open) = try store.read { snapshot in
      (
        try Outbox.disabledReceivers(in: snapshot).map(\.name),
        try snapshot.all(Statements.openReceivers) { row in (try row.text(0), try row.integer(1) == 1) }
      )
    }
    let reachable = Set(receivers.keys).subtracting(disabled)
    for (receiver, hasMessages) in open where !reachable.contains(receiver) {
      // Without a fallback open notices stay where they are, and there is nothing to do every round.
      guard hasMessages || fallback.contains(where: { $0 != receiver }) else { continue }
      let words = receivers[receiver] == nil ? "there is no such receiver any more" : "the receiver is disabled"
      try store.write { transaction in
        try Outbox.abandon(receiver, fallback: fallback, because: words, now: now, in: transaction)
      }
    }
    return reachable.sorted()
  }

  private func freeze(for receiver: String, _ now: Moment) throws {
    guard let sink = receivers[receiver] else { return }
    while try store.read({ snapshot in
      try snapshot.first(Statements.openNotices, receiver, now.milliseconds, 1) { _ in true } ?? false
    }) {
      try store.write { transaction in
        try Outbox.freeze(for: receiver, with: sink, now: now, burst: limits.burst, in: transaction)
      }
    }
  }

  // MARK: - Sending

  private func send(to receiver: String, _ now: Moment) throws {
    // Nothing is sent whose outcome could not be written down.
    guard let sink = receivers[receiver], !isStopping, settlements.count < limits.group else { return }
    let own = underway.filter { $0.value.receiver == receiver }
    let onTheirWay = own.count { $0.value.task != nil }
    let room = breakers[receiver, default: Breaker()].room(now: now, most: limits.inFlight) - onTheirWay
    guard room > 0 else { return }
    let messages = try store.read { snapshot in
      try Outbox.dueMessages(for: receiver, besides: Set(own.keys), now: now, most: room, in: snapshot)
    }
    for (id, message) in messages {
      let task = Task { [clock] in
        let outcome = await sink.send(message, now: clock.now())
        self.ended(id, outcome)
      }
      underway[id] = Underway(receiver: receiver, task: task)
    }
  }

  private func ended(_ message: Int64, _ outcome: AttemptOutcome) {
    guard let receiver = underway[message]?.receiver else { return }
    // Broken off by ourselves: no attempt of the receiver's.
    if case .later = outcome, Task.isCancelled {
      underway[message] = nil
      bell.ring()
      return
    }
    underway[message]?.task = nil
    let now = clock.now()
    settlements.append(Settlement(message: message, time: now, outcome: outcome))
    if case .later(_, let asked) = outcome {
      breakers[receiver, default: Breaker()].failed(now: now, asked: asked)
    } else if breakers[receiver, default: Breaker()].succeeded() {
      recovered.insert(receiver)
    }
    if settlements.count == 1 {
      Task { [limits] in
        try? await Task.sleep(for: limits.gathering)
        self.bell.ring()
      }
    } else if settlements.count == limits.group {
      bell.ring()
    }
    // A free place is used at once, while the outcome waits for others to be committed with.
    do { try send(to: receiver, now) } catch { report(error) }
  }

  /// Writes a group of what has ended down.
  private func commit() throws {
    let group = Array(settlements.prefix(limits.group))
    guard !group.isEmpty else { return }
    try store.write { transaction in
      try Outbox.settle(group, fallback: fallback, in: transaction)
      for receiver in recovered {
        let now = clock.now().milliseconds
        try transaction.execute(Statements.bringForward, now, receiver, now)
      }
    }
    settlements.removeFirst(group.count)
    recovered = []
    for settlement in group { underway[settlement.message] = nil }
  }

  // MARK: - Waiting

  private func earliest(_ other: Moment?, for receiver: String, _ now: Moment) throws -> Moment? {
    let (message, notice) = try store.read { snapshot in
      try Outbox.nextDue(for: receiver, after: now, in: snapshot)
    }
    let closed = breakers[receiver]?.closedUntil.flatMap { $0 > now ? $0 : nil }
    // While a breaker is open no message goes, however due it is.
    return [other, closed ?? message, notice].compactMap(\.self).min()
  }

  private func stop(_ grace: Duration) async {
    isStopping = true
    let overtime = Task {
      try? await Task.sleep(for: grace)
      for task in underway.values.compactMap(\.task) { task.cancel() }
    }
    for task in underway.values.compactMap(\.task) { await task.value }
    overtime.cancel()
    do {
      while !settlements.isEmpty { try commit() }
    } catch {
      report(error)
    }
  }
}
