import Alerting
import Bookkeeping
import Daemon
import Foundation
import Storage
import TestKit
import Testing

/// All that a daemon has about it, in a folder of its own: a configuration, rules, a register, an inbox, and a receiver
/// that is told.
final class Site: Sendable {
  let folder = TemporaryFolder()
  let receiver: Receiver
  let ledgerPath: String

  /// What the rule of every site is about; in amber above 2% and red above 5% of the plan.
  static let rules = """
    currency GBP
    year starts in April

    measure plan money full year "Planned spend"
    measure forecast money full year adverse high "Forecast outturn"

    rule overspend "Forecast overspend against plan"
      for each organisation
      watch (forecast - plan) / plan
      amber above 2%
      red above 5%
      message "{organisation} forecasts {forecast} against {plan}: {watched | signed}"
      owner "finance"

    """
  static let register = "code,name,kind\nN,North,Trust\nS,South,Trust\nE,East,Trust\nW,West,Trust\n"

  /// - Parameters:
  ///   - source: more of the source, in YAML lines indented by four.
  ///   - ready: when a file counts as whole.
  ///   - period: how its column of periods is configured.
  ///   - ledger: a folder elsewhere for the ledger.
  ///   - register: its file; nil for none.
  init(
    source: String = "", ready: String = "unchanged_for: 0s", period: String = "Month", ledger: String? = nil,
    register: String? = "organisations.csv"
  ) throws {
    receiver = try Receiver()
    ledgerPath = "\(ledger ?? "\(folder.path)/state")/ledger.db"
    for name in ["inbox", "rules", "arriving"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    try write(Self.rules, to: "rules/site.rules")
    try write(Self.register, to: "organisations.csv")
    try write(Receiver.secret, to: "secret")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(folder.path)/secret")
    try write(
      """
      ledger: \(ledgerPath)
      rules: rules
      \(register.map { "register: \($0)" } ?? "# no register")
      sources:
        returns:
          inbox: inbox
          every: 200ms
          ready: { \(ready) }
          columns:
            organisation: Code
            period: \(period)
            measures:
              plan: { column: Plan, unit: £ }
              forecast: { column: Forecast, unit: £ }
          restates: [organisation, period]
      \(source.isEmpty ? "" : "    \(source)\n")
      routes:
        - to: [desk]
      receivers:
        desk:
          webhook:
            url: http://127.0.0.1:\(receiver.port)/
            plain_http: true
            allow: [127.0.0.0/8]
            sign: { file: \(folder.path)/secret }
      """, to: "outturn.yaml")
  }

  var inbox: String { folder.path + "/inbox" }
  private var log: String { folder.path + "/daemon.log" }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/\(name)"))
  }

  // MARK: Drops

  static let heading = "Code,Month,Plan,Forecast\n"

  /// A return in which organisations forecast against a plan of a million.
  static func month(_ period: String, _ forecasts: KeyValuePairs<String, Int>) -> String {
    heading + forecasts.map { "\($0.key),\(period),1000000,\($0.value)\n" }.joined()
  }

  /// Delivers a file whole, as `mv` would.
  func drop(_ text: String, as name: String) throws { try drop(Data(text.utf8), as: name) }

  func drop(_ bytes: Data, as name: String) throws {
    try bytes.write(to: URL(filePath: "\(folder.path)/arriving/\(name)"))
    try #require(unsafe rename("\(folder.path)/arriving/\(name)", "\(inbox)/\(name)") == 0)
  }

  /// What lies in a folder below the inbox, hidden files left out.
  func files(in name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(inbox)/\(name)")) ?? []).filter { !$0.hasPrefix(".") }
      .sorted()
  }

  func contents(_ name: String) -> String {
    (try? Data(contentsOf: URL(filePath: "\(inbox)/\(name)"))).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  // MARK: Programs

  /// Starts the daemon; it may take a while until it listens.
  func serve() throws -> Program { try Program(["serve", "--config", "\(folder.path)/outturn.yaml"], log: log) }

  /// Starts the daemon and waits until it has come up.
  func serving() async throws -> Program {
    let socket = URL(filePath: ledgerPath).deletingLastPathComponent().path + "/control.sock"
    try? FileManager.default.removeItem(atPath: socket)
    let daemon = try serve()
    try await until("the daemon listens") { FileManager.default.fileExists(atPath: socket) || daemon.end != nil }
    #expect(daemon.end == nil, "\(said)")
    return daemon
  }

  /// Everything that daemons of this site have said.
  var said: String {
    (try? Data(contentsOf: URL(filePath: log))).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Runs a command to its end.
  @discardableResult
  func run(
    _ arguments: String..., within seconds: Double = 120, under tracer: [String] = []
  ) async throws -> (end: Program.End, said: String) {
    let output = "\(folder.path)/output-\(UUID().uuidString)"
    let program = try Program(arguments + ["--config", "\(folder.path)/outturn.yaml"], log: output, under: tracer)
    try await until("\(arguments.joined(separator: " ")) ends", within: seconds) { program.end != nil }
    return (try #require(program.end), program.said)
  }

  /// Reads and delivers what is there, and ends.
  func serveOnce() async throws {
    let outcome = try await run("serve", "--once")
    #expect(outcome.end == .status(0), "\(outcome.said)")
  }

  /// Tells it to stop and waits until it has.
  func stop(_ daemon: Program) async throws {
    daemon.signal(SIGTERM)
    try await until("the daemon stops") { daemon.end != nil }
    #expect(daemon.end == .status(0), "\(said)")
  }

  /// Waits until something holds, looking again and again.
  func until(_ what: String, within seconds: Double = 120, _ holds: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while try await !holds() {
      guard ContinuousClock.now < end else { throw Overdue(what: what, said: String(said.suffix(2000))) }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  struct Overdue: Error, CustomStringConvertible {
    var what: String
    var said: String
    var description: String { "not within the time: \(what)\nthe daemon said:\n\(said)" }
  }

  // MARK: What is kept

  /// Every announcement in the record, in its order, with what differs from site to site (time and place) left out.
  func announcements() throws -> [Announcement] {
    try ReadOnlyStore(at: ledgerPath, migrations: Schema.migrations).read { snapshot in
      let last = try Record.head(in: snapshot).sequence
      return try (0...last).compactMap { try Announced.find($0, in: snapshot)?.announcement }.map {
        var announcement = $0
        announcement.time = ""
        announcement.rule.file = ""
        return announcement
      }
    }
  }

  /// The places of all announcements in the record.
  func announced() throws -> Set<Receiver.Alert.Head> {
    try ReadOnlyStore(at: ledgerPath, migrations: Schema.migrations).read { snapshot in
      let last = try Record.head(in: snapshot).sequence
      return Set(
        try (0...last).compactMap { try Announced.find($0, in: snapshot) }
          .map { Receiver.Alert.Head(sequence: $0.sequence, hash: $0.hash) })
    }
  }

  /// All cells with their drop and rows, as CSV.
  func cells(asOf record: RecordSequence? = nil) throws -> String {
    var bytes: [UInt8] = []
    try ReadOnlyStore(at: ledgerPath, migrations: Schema.migrations).read { snapshot in
      try Ledger.export(asOf: record, in: snapshot) { bytes += $0 }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The record says the same in the same order as that of a run without a fault.
  func expectSameAnnouncements(
    as peaceful: Site, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let ours = try announcements()
    let theirs = try peaceful.announcements()
    #expect(!theirs.isEmpty, sourceLocation: sourceLocation)
    #expect(ours.count == theirs.count, comment, sourceLocation: sourceLocation)
    if let (our, their) = zip(ours, theirs).first(where: { $0 != $1 }) {
      #expect(our == their, comment, sourceLocation: sourceLocation)
    }
  }

  /// Nothing lost: the ledger is whole, and every announcement arrived, always with the same bytes under one id.
  func expectNothingLost(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let verified = try await run("ledger", "verify")
    #expect(verified.end == .status(0), "\(verified.said)", sourceLocation: sourceLocation)
    #expect(receiver.forged == [], sourceLocation: sourceLocation)
    let bodies = Dictionary(grouping: receiver.arrivals, by: \.id).mapValues { Set($0.map(\.body)) }
    #expect(bodies.values.allSatisfy { $0.count == 1 }, sourceLocation: sourceLocation)
    let heads = try receiver.alerts().map(\.head)
    #expect(Set(heads) == (try announced()), sourceLocation: sourceLocation)
    #expect(heads.count == Set(heads).count, "an announcement in two messages", sourceLocation: sourceLocation)
  }
}
