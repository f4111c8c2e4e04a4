import Alerting
import Bookkeeping
import Delivery
import Drops
package import Evaluation
import Finance
import Hashing
import Routing
import RuleLanguage
import Sinks
import Storage

/// The rules in force, the ledger's columns under them, and what has been announced: from an accounted drop to notices
/// that wait for delivery.
struct Watch {
  private let store: Store
  private let routes: Routes
  /// The names of the receivers that there are now.
  private let configured: Set<String>
  private let feed: LedgerFeed
  private let identity: String
  /// The sources that have a deadline.
  private let awaited: Set<String>
  private let evaluator: Evaluator
  private var announcer: Announcer
  /// Through which entry of the record the columns know; it may be ahead of what is announced when the disk was full.
  private var appliedThrough: RecordSequence
  /// What events in the columns touched and nobody has been told yet.
  private var touched: [AlertKey] = []

  /// Loads the columns as they were when announcements were last made, so that drops past that are evaluated one by one
  /// as they would have been.
  init(_ setup: Setup, store: Store) throws {
    self.store = store
    routes = setup.configuration.routes
    configured = Set(setup.configuration.receivers.map(\.name))
    identity = setup.identity
    awaited = Set(setup.configuration.sources.filter { $0.due != nil }.map(\.name))
    let program = setup.program
    let register = setup.register ?? .whoeverReports
    let feed = LedgerFeed(for: program, in: setup.configuration.timeZone)
    let evaluator = Evaluator(program, register: register, traits: setup.configuration.traits)
    (appliedThrough, announcer) = try store.read { snapshot in
      let last = try Ledger.evaluatedThrough(in: snapshot)
      try feed.load(into: evaluator, asOf: last, in: snapshot)
      evaluator.run()
      let writing = Writing(program, register: register, catalogue: setup.configuration.catalogue) { id in
        (try? store.read { try Ledger.drop(id, in: $0) }).flatMap { $0.map(Writing.DropReference.init) }
      }
      return (last, try Announcer(in: snapshot, writing: writing))
    }
    self.feed = feed
    self.evaluator = evaluator
  }

  /// Tells, in one announcement, what these rules change against those that were in force before; and of each return that
  /// was late and is no longer waited for.
  mutating func takeUpRules(at time: Moment) throws {
    var next = announcer
    try store.write { transaction in
      let announced = try next.takeUp(identity, in: evaluator, at: time, in: transaction)
      if let announced { try notify(announced, at: time, in: transaction) }
      for one in try next.giveUp(returnsBeside: awaited, at: time, in: transaction) {
        try notify(one, at: time, in: transaction)
      }
    }
    announcer = next
  }

  /// T2, for each accounted drop and due period that has not been announced, one by one: what the fold now says against what was said,
  /// the record, the notices, and how far this has come, in one transaction.
  ///
  /// After a crash or a full disk this takes up where it left off; live, there is just the one.
  mutating func catchUp(at time: Moment) throws -> [Announced] {
    var all: [Announced] = []
    for event in try store.read({ try Ledger.pendingEvaluation(in: $0) }) {
      if event.record > appliedThrough {
        evaluator.take(try store.read { try feed.change(by: event, in: $0) })
        touched += evaluator.run()
        appliedThrough = event.record
      }
      var next = announcer
      all += try store.write { transaction in
        let announced = try next.announce(touched, in: evaluator, after: event.drop, at: time, in: transaction)
        for one in announced { try notify(one, at: time, in: transaction) }
        try Ledger.setEvaluated(event, in: transaction)
        return announced
      }
      announcer = next
      touched = []
    }
    return all
  }

  /// Announces something that happened once, in a transaction that writes it down.
  func report(_ announcement: Announcement, at time: Moment, in transaction: Transaction) throws {
    try notify(announcer.report(announcement, at: time, in: transaction), at: time, in: transaction)
  }

  /// Tells whom the routes name, and who was told of the alert before: an alert that eases takes another route, and those
  /// who were told that it is red have to hear of it.
  private func notify(_ announced: Announced, at time: Moment, in transaction: Transaction) throws {
    var receivers = routes.receivers(for: announced.announcement)
    for earlier in try announced.earlier(in: transaction) {
      receivers += try Notice.receivers(of: earlier, in: transaction).filter {
        configured.contains($0) && !receivers.contains($0)
      }
    }
    try Notice.write(announced, to: receivers, at: time, in: transaction)
  }
}

extension Writing.DropReference {
  fileprivate init(_ drop: Drop) {
    self.init(source: drop.arrival.source, file: drop.arrival.name, sha256: hexadecimal(drop.arrival.sha256))
  }
}

extension Configuration {
  /// What the sources say of their measures.
  package var traits: [String: MeasureTraits] {
    var traits: [String: MeasureTraits] = [:]
    for source in sources {
      let absent: MeasureTraits.Absent =
        switch source.absent {
        case .unknown: .unknown
        case .zero: .zero
        case .unchanged: .unchanged
        }
      for measure in source.measures.names { traits[measure] = MeasureTraits(absent: absent, deadline: source.due) }
    }
    return traits
  }
}
