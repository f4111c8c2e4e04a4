import ArgumentParser
import Bookkeeping
import Daemon
import Diagnostics
import Finance
import Foundation
import Hashing
import Storage

struct Drops: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drops",
    abstract: "The files that arrived, and what became of each.",
    discussion: "Examples:\n  outturn drops\n  outturn drops show 12",
    subcommands: [List.self, Show.self, Accept.self, Reject.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The last files that arrived, newest first.",
      discussion: """
        Examples:
          outturn drops
          outturn drops list --source finance-returns --limit 20
          outturn drops list --held
        """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: FormatOption
    @Option(help: "Of this source only.") var source: String?
    @Flag(help: "Only those that wait for a person.") var held = false
    @Option(help: "At most so many.") var limit = 50

    func run() throws {
      let ledger = try OpenedLedger(configuration)
      if let source { try ledger.configuration.requireSource(source) }
      let drops = try ledger.read { snapshot in
        guard held else { return try Ledger.drops(source: source, limit: limit, in: snapshot) }
        return try Ledger.drops(source: source, limit: .max, in: snapshot).filter(\.isWaiting).prefix(limit).map { $0 }
      }
      switch output.format {
      case .json: try printJSON(drops.map(DropAnswer.init))
      case .text:
        guard !drops.isEmpty else {
          return print(held ? "No file waits for a decision." : "No such file has arrived yet.")
        }
        var table = Table([
          ("ID", .right), ("TIME", .left), ("SOURCE", .left), ("FILE", .left), ("ROWS", .right), ("OUTCOME", .left),
        ])
        for drop in drops {
          table.add([
            String(drop.id), drop.decided.description, drop.arrival.source, drop.arrival.name.printable,
            String(drop.arrival.rowCount), DropAnswer(drop).outcome,
          ])
        }
        print(table.text)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One file: when it came, what became of it and why.",
      discussion: """
        Example:
          outturn drops show 12
        """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The drop's id, as `outturn drops` lists it.") var id: Int64

    func run() throws {
      let ledger = try OpenedLedger(configuration)
      let found = try ledger.read { snapshot in
        let drop = try Ledger.drop(id, in: snapshot)
        return (drop, try drop?.settledBy.flatMap { try Ledger.drop($0, in: snapshot) })
      }
      guard let drop = found.0 else {
        throw Complaint.found("There is no drop \(id). `outturn drops` lists those there are.")
      }
      var answer = DropAnswer(drop)
      // What a person decided of a held file stands with the drop that it became.
      answer.decidedBy = answer.decidedBy ?? found.1?.decidedBy
      answer.because = answer.because ?? found.1?.because
      if let settled = found.1 { answer.outcome = "held, then \(settled.outcome.rawValue) as drop \(settled.id)" }
      switch output.format {
      case .json: try printJSON(answer)
      case .text:
        print("\(answer.source): \(answer.name.printable)")
        print("  \(answer.outcome), \(answer.decided)")
        for reason in answer.reasons { print("  because \(reason.printable)") }
        if let by = answer.decidedBy { print("  decided by \(by): \((answer.because ?? "").printable)") }
        print("  \(Wording.count(answer.rows, "row")), \(Wording.count(answer.bytes, "byte")), sha256 \(answer.sha256)")
        if let archive = try? Archive(at: ledger.configuration.archive), archive.contains(drop.arrival.sha256) {
          print("  kept at \(archive.path(of: drop.arrival.sha256).printable)")
        }
        if drop.isWaiting {
          print("\nIt waits for a decision: outturn drops accept \(id) --because \"…\"  (or drops reject)")
        }
      }
    }
  }

  struct Accept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes a held file in after all.",
      discussion: """
        Example:
          outturn drops accept 12 --because "the trust confirmed the figure by telephone"
        """)

    @OptionGroup var configuration: ConfigurationOption
    @Argument(help: "The drop's id.") var id: Int64
    @Option(help: "Why; it is recorded with your name.") var because: String

    func run() async throws { try await Asking.ask(.acceptDrop(id: id, because: because), configuration) }
  }

  struct Reject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Turns a held file away for good.",
      discussion: """
        Example:
          outturn drops reject 12 --because "sent twice; the second one counts"
        """)

    @OptionGroup var configuration: ConfigurationOption
    @Argument(help: "The drop's id.") var id: Int64
    @Option(help: "Why; it is recorded with your name.") var because: String

    func run() async throws { try await Asking.ask(.rejectDrop(id: id, because: because), configuration) }
  }
}

/// A drop as scripts see it.
private struct DropAnswer: Encodable {
  var id: Int64
  var source: String
  var name: String
  var sha256: String
  var bytes: Int
  var rows: Int
  var decided: String
  var outcome: String
  var reasons: [String]
  var decidedBy: String?
  var because: String?

  init(_ drop: Drop) {
    id = drop.id
    source = drop.arrival.source
    name = drop.arrival.name
    sha256 = hexadecimal(drop.arrival.sha256)
    bytes = drop.arrival.byteCount
    rows = drop.arrival.rowCount
    decided = drop.decided.description
    outcome = drop.isWaiting ? "held" : drop.settledBy == nil ? drop.outcome.rawValue : "held, settled"
    reasons = drop.reasons
    decidedBy = drop.decidedBy
    because = drop.because
  }
}
