package import Finance
package import Sinks
package import Storage

/// Hands messages over, from the moment that they are due until they are delivered or given up.
///
/// It sleeps until it is woken or something is due; then it takes a look: freezes notices, takes due messages for every
/// receiver that has room, and sends them. What became of an attempt is written down in groups, and until it is, the
/// message counts as on its way. A crash in between sends it again, with the same id: at least once, never lost.
package actor Dispatcher {
  /// Outcomes are written down once there are so many,
  private static let mostUnwritten = 256
  /// or after so long.
  private static let groupDelay = Duration.milliseconds(20)
  /// How long to wait, in milliseconds, where the ledger cannot be read or written.
  private static let stallPause: Int64 = 5000
  /// The longest sleep in milliseconds: somebody may set the clock, or the machine be suspended, meanwhile.
  private static let longestSleep: Int64 = 60_000

  private let store: Store
  private let clock: WallClock
  private let report: @Sendable (DeliveryTrouble) -> Void
  private nonisolated let queue = WorkQueue("delivery")
  package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe queue.asUnownedSerialExecutor() }

  private var lanes: [String: Lane]
  private var sending: [Int64: Task<Void, Never>] = [:]
  private var unwritten: [Attempt] = []
  /// Receivers that take messages again, and have not been noted down as such.
  private var recovered: Set<String> = []
  private var group: Task<Void, any Error>?
  private var alarm: (time: Moment, task: Task<Void, any Error>)?
  private var lastLook: Moment?
  private var isLookPlanned = false
  private var isStalled = false
  private var isStopped = false
  /// Those who want to know when something was written down.
  private var watchers: [CheckedContinuation<Void, Never>] = []

  /// - Parameters:
  ///   - sinks: by the receiver's name. Messages for other names wait.
  ///   - report: is told what a person should know; called on the dispatcher's thread, so it should not take long.
  package init(
    _ store: Store, sinks: [String: any Sink], clock: WallClock, report: @escaping @Sendable (DeliveryTrouble) -> Void
  ) {
    self.store = store
    self.clock = clock
    self.report = report
    lanes = sinks.mapValues { Lane(sink: $0) }
  }

  /// Takes up work: at the start, and whenever notices have been written. Returns at once.
  package nonisolated func wake() {
    Task { await look() }
  }

  /// Takes up other receivers, as after a reload. Messages that are frozen keep their bytes.
  package func replace(sinks: [String: any Sink]) {
    for name in lanes.keys { lanes[name]?.sink = nil }
    for (name, sink) in sinks {
      lanes[name, default: Lane(sink: nil)].sink = sink
      lanes[name]?.breaker = Breaker()
    }
    look()
  }

  /// Makes every undelivered message of a receiver (of all, for nil) due now and starts its schedule anew: dead letters,
  /// what waits for a later attempt, and what a receiver that wanted no more was spared.
  ///
  /// - Parameter who: the person who asked, for the record.
  /// - Returns: how many there are.
  package nonisolated func retry(receiver: String? = nil, by who: String) throws -> Int {
    let now = clock.now()
    let count = try store.write { transaction in
      try Retry.write(receiver: receiver, by: who, at: now, in: transaction)
    }
    Task { await startAfresh(receiver) }
    return count
  }

  private func startAfresh(_ receiver: String?) {
    for name in lanes.keys where receiver ?? name == name { lanes[name]?.breaker = Breaker() }
    look()
  }

  /// Waits until nothing is left that could still be delivered, but no longer than the time given, or until the task is
  /// cancelled.
  ///
  /// - Returns: what is undelivered, receiver by receiver, dead letters among it.
  package func drain(until time: Moment) async throws -> [Undelivered] {
    look()
    let end = Task {
      while clock.now() < time { try await clock.sleep(time) }
      notify()
    }
    defer { end.cancel() }
    while !isStopped, !Task.isCancelled, clock.now() < time,
      try store.read({ try Undelivered.isAnyPending(in: $0) })
    {
      await withTaskCancellationHandler {
        await withCheckedContinuation { watchers.append($0) }
      } onCancel: {
        Task { await notify() }
      }
    }
    return try store.read { try Undelivered.all(in: $0) }
  }

  /// Begins nothing more, and waits for what is on its way. What takes longer than the time given is broken off, and
  /// does not count as an attempt.
  package func stop(within grace: Duration = .seconds(5)) async {
    isStopped = true
    alarm?.task.cancel()
    group?.cancel()
    let cut = Task {
      try await Task.sleep(for: grace)
      for task in sending.values { task.cancel() }
    }
    for task in sending.values { await task.value }
    cut.cancel()
    do { try writeDown() } catch { report(.stalled("\(error)")) }
    notify()
  }

  // MARK: Looking for work

  private func look() {
    isLookPlanned = false
    guard !isStopped, !isStalled else { return }
    do {
      let now = clock.now()
      try followClock(now)
      let sinks = lanes.compactMapValues(\.sink)
      let isMore = try Freezing(sinks: sinks, store: store).freeze(at: now)
      let next = try begin(at: now)
      isMore ? planLook() : setAlarm(next, at: now)
    } catch {
      stall(error)
    }
  }

  /// After what is already waiting for this actor, so that many outcomes at once make one look.
  private func planLook() {
    guard !isLookPlanned, !isStopped else { return }
    isLookPlanned = true
    Task { look() }
  }

  /// Where the clock was set back, nothing may wait for a time that only the old clock would soon have reached.
  private func followClock(_ now: Moment) throws {
    defer { lastLook = now }
    if let lastLook, lastLook <= now { return }
    try store.write { transaction in
      let furthest = now.milliseconds + Schedule.longest
      try transaction.execute(Statements.bringForwardMessages, now.milliseconds, furthest)
      try transaction.execute(Statements.bringForwardNotices, now.milliseconds, furthest)
    }
    for name in lanes.keys { lanes[name]?.breaker = Breaker() }
  }

  /// Sends what is due, as far as there is room; says when to look next.
  private func begin(at now: Moment) throws -> Moment? {
    guard unwritten.count < Self.mostUnwritten else { return nil }
    var next: [Moment?] = []
    let messages = try store.read { snapshot in
      next.append(try Notice.next(after: now, in: snapshot))
      return try lanes.flatMap { name, lane in
        if let resumes = lane.breaker.resumes, resumes > now { next.append(resumes) }
        let room = lane.room(at: now)
        guard room > 0 else { return [DueMessage]() }
        let messages = try DueMessage.take(of: name, at: now, excluding: lane.busy, limit: room, in: snapshot)
        if messages.count < room { next.append(try DueMessage.next(of: name, after: now, in: snapshot)) }
        return messages
      }
    }
    for message in messages { send(message, at: now) }
    return next.compactMap(\.self).min()
  }

  private func setAlarm(_ next: Moment?, at now: Moment) {
    let time = next.map { min($0, Moment(milliseconds: now.milliseconds + Self.longestSleep)) }
    guard alarm?.time != time else { return }
    alarm?.task.cancel()
    alarm = time.map { time in
      let task = Task {
        try await clock.sleep(time)
        alarm = nil
        look()
      }
      return (time, task)
    }
  }

  // MARK: Attempts

  private func send(_ message: DueMessage, at now: Moment) {
    guard let sink = lanes[message.receiver]?.sink else { return }
    lanes[message.receiver]?.begin(message.number)
    sending[message.number] = Task {
      let outcome = await sink.send(message.content, now: now)
      sending[message.number] = nil
      if Task.isCancelled, case .later = outcome {
        lanes[message.receiver]?.breakOff(message.number)
      } else {
        ended(Attempt(message, began: now, ended: clock.now(), outcome))
      }
    }
  }

  private func ended(_ attempt: Attempt) {
    let wasDown = lanes[attempt.receiver]?.breaker.isOpen ?? false
    lanes[attempt.receiver]?.end(attempt)
    let isDown = lanes[attempt.receiver]?.breaker.isOpen ?? false
    if isDown, !wasDown { report(.down(receiver: attempt.receiver, words: attempt.outcome.words)) }
    if wasDown, !isDown {
      recovered.insert(attempt.receiver)
      report(.up(receiver: attempt.receiver))
    }
    unwritten.append(attempt)
    guard !isStopped, !isStalled else { return }
    if unwritten.count >= Self.mostUnwritten || attempt.disablesReceiver {
      writeGroup()
    } else if group == nil {
      group = Task {
        try await Task.sleep(for: Self.groupDelay)
        writeGroup()
      }
    }
    planLook()
  }

  private func writeGroup() {
    guard !isStopped else { return }
    do {
      try writeDown()
      planLook()
    } catch {
      stall(error)
    }
  }

  private func writeDown() throws {
    group?.cancel()
    group = nil
    guard !unwritten.isEmpty else { return }
    let now = clock.now()
    try store.write { transaction in
      try Attempt.write(unwritten, at: now, in: transaction)
      for receiver in recovered {
        try transaction.execute(Statements.bringForwardOfReceiver, now.milliseconds, receiver)
      }
    }
    recovered = []
    for attempt in unwritten {
      lanes[attempt.receiver]?.written(attempt.number)
      if attempt.disablesReceiver { report(.disabled(receiver: attempt.receiver)) }
      if attempt.verdict == .dead {
        report(.dead(receiver: attempt.receiver, id: attempt.id, words: attempt.outcome.words))
      }
    }
    unwritten = []
    notify()
  }

  /// What cannot be written down is not sent either.
  private func stall(_ error: any Error) {
    report(.stalled("\(error)"))
    isStalled = true
    Task {
      try await clock.sleep(Moment(milliseconds: clock.now().milliseconds + Self.stallPause))
      isStalled = false
      writeGroup()
    }
  }

  private func notify() {
    let waiting = watchers
    watchers = []
    for watcher in waiting { watcher.resume() }
  }
}
