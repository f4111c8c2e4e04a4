import Alerting
import Bookkeeping
import Delivery
import Diagnostics
import Finance
import Foundation
import Logging
import RuleLanguage
import Sinks
import Storage
import Transfers

/// The cycle's own thread: turns it when there is something to look at, and between two turns does what the outside world
/// asks: reload, a person's decision, the end.
final class WorkLoop: Sendable {
  let mailbox = Mailbox()
  private let path: String
  private let store: Store
  private let archive: Archive
  private let dispatcher: Dispatcher
  private let sinks: @Sendable (Setup) -> [String: any Sink]
  private let clock: Clock
  private let log: Logger
  private let status: ServiceStatus

  /// How long to wait before what failed (a full disk) is tried again.
  private static let pause: TimeInterval = 5
  /// After so many failures in a row a run with `once` gives up.
  private static let mostFailures = 3

  /// - Parameter path: of the configuration, read again at each reload.
  init(
    path: String, store: Store, archive: Archive, dispatcher: Dispatcher,
    sinks: @escaping @Sendable (Setup) -> [String: any Sink], clock: Clock, log: Logger, status: ServiceStatus
  ) {
    self.path = path
    self.store = store
    self.archive = archive
    self.dispatcher = dispatcher
    self.sinks = sinks
    self.clock = clock
    self.log = log
    self.status = status
  }

  /// Runs until it is told to stop; with `once`, until no inbox has anything left to read.
  func run(_ setup: Setup, once: Bool) throws {
    var cycle = try Cycle(setup, store: store, archive: archive, clock: clock, log: log)
    var ledger = setup.configuration.ledger
    var hasRecovered = false
    var failures = 0
    dispatcher.wake()
    status.ready("watching \(Wording.count(cycle.gates.count, "source"))")
    while true {
      var pause: TimeInterval
      do {
        if !hasRecovered {
          try cycle.recover()
          dispatcher.wake()
          hasRecovered = true
        }
        let count = try cycle.turn {
          dispatcher.wake()
          status.progress()
          return !mailbox.isUrgent
        }
        if count > 0 { status.say("\(Wording.count(count, "drop")) taken in at \(clock.wall())") }
        if once, count == 0, !cycle.isWaiting { return }
        pause = cycle.wakes.map { ($0 - clock.monotonic()).seconds } ?? 3600
        failures = 0
      } catch {
        failures += 1
        if once, failures == Self.mostFailures { throw error }
        log.error("\(error)")
        status.say("trouble: \(error)")
        hasRecovered = false
        pause = Self.pause
      }
      status.progress()
      for message in mailbox.collect(waiting: max(0, min(pause, status.longestSilence))) {
        switch message {
        case .stop: return
        case .look: for gate in cycle.gates.indices { cycle.gates[gate].stir() }
        case .reload: reload(&cycle, &ledger)
        case .request(let request, let who, let answer): answer(carryOut(request, who, &cycle))
        }
      }
    }
  }

  /// New rules and settings, all or nothing: where they are bad the old ones stay in force, and people are told.
  private func reload(_ cycle: inout Cycle, _ ledger: inout String) {
    status.reloading()
    defer { status.ready("watching \(Wording.count(cycle.gates.count, "source"))") }
    let (setup, diagnostics, texts) = Setup.load(path)
    do {
      guard let setup else {
        let first = diagnostics.first { $0.severity == .error }
        log.error("the reload failed, the old rules stay in force:\n\(TerminalRenderer().render(diagnostics, in: texts))")
        return try report(
          cycle, "The new rules or settings are not good and the old ones stay in force: \(first?.message ?? "")",
          detail: TerminalRenderer(limit: 3).render(diagnostics, in: texts))
      }
      guard setup.configuration.ledger == ledger else {
        return try report(cycle, "The ledger can't be changed while the daemon runs; the old settings stay in force")
      }
      try cycle.recover()
      try cycle.replace(by: setup)
      let sinks = sinks(setup)
      let dispatcher = dispatcher
      Task { await dispatcher.replace(sinks: sinks) }
      log.notice("reloaded: \(Wording.count(setup.program.rules.count, "rule"))")
    } catch {
      log.error("the reload failed, the old rules stay in force: \(error)")
    }
  }

  private func report(_ cycle: Cycle, _ sentence: String, detail: String? = nil) throws {
    let time = clock.wall()
    try store.write { transaction in
      try cycle.watch.report(
        Report.reloadFailed.announcement(about: path, sentence: sentence, detail: detail, at: time), at: time,
        in: transaction)
    }
    dispatcher.wake()
  }

  private func carryOut(_ request: Request, _ who: String, _ cycle: inout Cycle) -> Reply {
    defer { dispatcher.wake() }
    do {
      switch request {
      case .acceptDrop(let id, let because): return try cycle.accept(id, by: who, because: because)
      case .rejectDrop(let id, let because): return try cycle.reject(id, by: who, because: because)
      case .retryDeliveries(let receiver):
        let count = try dispatcher.retry(receiver: receiver, by: who)
        return Reply(isDone: true, sentence: "\(Wording.count(count, "message")) will be tried again now.")
      }
    } catch {
      return Reply(isDone: false, sentence: "\(error)")
    }
  }
}

extension Duration {
  var seconds: TimeInterval {
    TimeInterval(components.seconds) + TimeInterval(components.attoseconds) / 1_000_000_000_000_000_000
  }
}
