import Bookkeeping
package import Delivery
import Diagnostics
import Drops
import Finance
import Foundation
package import Logging
import ServiceLifecycle
import Sinks
import Storage
import Transfers
import UnixSignals

/// The daemon as a whole: the work loop, delivery, the control socket and signals, started together and stopped in order.
package enum Server {
  /// How long `serve --once` waits for receivers.
  private static let patience: Int64 = 60_000

  /// Serves until it is stopped by SIGTERM or SIGINT, or with `once`, until everything is read and delivered.
  ///
  /// - Parameter path: the configuration's; read again at SIGHUP.
  /// - Returns: what could not be delivered; always nothing unless `once`.
  /// - Throws: `StorageError` where the ledger can't be had (another daemon has it), and what the world did otherwise.
  package static func run(_ setup: Setup, path: String, once: Bool, log: Logger) async throws -> [Undelivered] {
    // From the first moment: a SIGHUP that nobody listens for ends a process.
    let hangups = await UnixSignalsSequence(trapping: .sighup)
    let configuration = setup.configuration
    if setup.register == nil { log.warning("\(Setup.withoutRegister.message)") }
    let clock = Clock.system
    let status = ServiceStatus(ServiceNotifier(environment: ProcessInfo.processInfo.environment), log: log)
    let store = try Store(at: configuration.ledger, migrations: Schema.migrations)
    let archive = try Archive(at: configuration.archive)
    try archive.removeUnfinished()

    let transfers = try Transfers()
    let sinks: @Sendable (Setup) -> [String: any Sink] = { setup in
      Dictionary(uniqueKeysWithValues: setup.configuration.receivers.map { ($0.name, $0.sink(over: transfers)) })
    }
    let dispatcher = Dispatcher(store, sinks: sinks(setup), clock: .system) { log.warning("delivery: \($0)") }
    let loop = WorkLoop(
      path: path, store: store, archive: archive, dispatcher: dispatcher, sinks: sinks, clock: clock, log: log,
      status: status)
    let control = openControl(configuration.controlSocket, loop.mailbox, log)
    let bell = InboxBell(configuration.sources.map(\.inbox)) { loop.mailbox.post(.look) }

    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(
            service: Work(loop: loop, setup: setup, once: once), successTerminationBehavior: .gracefullyShutdownGroup),
          .init(service: Reloads(hangups: hangups, mailbox: loop.mailbox)),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
    var undelivered: [Undelivered] = []
    do {
      try await group.run()
      if once {
        undelivered = try await dispatcher.drain(
          until: Moment(milliseconds: clock.wall().milliseconds + patience))
      }
    } catch {
      control?.close()
      await dispatcher.stop()
      throw error
    }
    status.stopping()
    bell?.stop()
    control?.close()
    await dispatcher.stop()
    transfers.stop()
    try store.close()
    return undelivered
  }

  /// Without it the daemon does its work; only commands that ask something of it can't reach it.
  private static func openControl(_ path: String, _ mailbox: Mailbox, _ log: Logger) -> ControlSocket? {
    do {
      return try ControlSocket(path: path) { request, who in mailbox.ask(request, who: who) }
    } catch {
      log.warning("\(error)")
      return nil
    }
  }

  /// Carries a person's request out where no daemon runs, with the ledger locked meanwhile. Announcements that it leads to
  /// go out when the daemon is started.
  package static func carryOut(_ request: Request, _ setup: Setup, who: String, log: Logger) async throws -> Reply {
    let store = try Store(at: setup.configuration.ledger, migrations: Schema.migrations)
    let archive = try Archive(at: setup.configuration.archive)
    switch request {
    case .acceptDrop(let id, let because):
      var cycle = try Cycle(setup, store: store, archive: archive, clock: .system, log: log)
      return try cycle.accept(id, by: who, because: because)
    case .rejectDrop(let id, let because):
      return try Cycle(setup, store: store, archive: archive, clock: .system, log: log)
        .reject(id, by: who, because: because)
    case .retryDeliveries(let receiver):
      let dispatcher = Dispatcher(store, sinks: [:], clock: .system) { _ in }
      let count = try dispatcher.retry(receiver: receiver, by: who)
      return Reply(isDone: true, sentence: "\(Wording.count(count, "message")) will be tried when the daemon runs.")
    }
  }
}

/// The work loop as a service; it blocks, so it has a thread of its own.
private struct Work: Service {
  let loop: WorkLoop
  let setup: Setup
  let once: Bool

  func run() async throws {
    try await withGracefulShutdownHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let thread = Thread { continuation.resume(with: Result { try loop.run(setup, once: once) }) }
        thread.name = "cycle"
        thread.stackSize = 8 << 20
        thread.start()
      }
    } onGracefulShutdown: {
      loop.mailbox.post(.stop)
    }
  }
}

/// SIGHUP reloads, and does nothing else.
private struct Reloads: Service {
  let hangups: UnixSignalsSequence
  let mailbox: Mailbox

  func run() async throws {
    for await _ in hangups.cancelOnGracefulShutdown() { mailbox.post(.reload) }
  }
}
