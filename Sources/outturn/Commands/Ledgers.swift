import ArgumentParser
import Bookkeeping
import Daemon
import Diagnostics
import Drops
import Finance
import Foundation
import Hashing
import RuleLanguage
import Storage

struct Ledgers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Every figure that was ever delivered, and where it came from.",
    discussion: "Example:\n  outturn ledger verify",
    subcommands: [Lines.self, Export.self, Verify.self])

  struct Lines: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Which drop and rows a figure is made of.",
      discussion: """
        Examples:
          outturn ledger lines --organisation 13T --period "2013-14 M8" --measure forecast
          outturn ledger lines --organisation 13T --period "2013-14 M8" --measure spend --where category=acute

        Of a measure of repeated lines it shows each of them, and the line that it repeats.
        """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: FormatOption
    @Option(help: "The organisation's code.") var organisation: String
    @Option(help: "The period, as 2013-14 M8.") var period: String
    @Option(help: "The measure.") var measure: String
    @Option(name: .customLong("where"), help: "A dimension's value, as category=acute. May be repeated.")
    var members: [String] = []

    func run() throws {
      let ledger = try OpenedLedger(configuration)
      let setup = try Setup.loaded(configuration)
      let context = ReadingContext(setup.program, register: setup.register)
      let period: Period
      do {
        period = try setup.program.calendar.parse(self.period).period
      } catch {
        throw Complaint.couldNotRun("--period: \(error)")
      }
      let wanted = try members.map { text in
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
          throw Complaint.couldNotRun("--where takes a dimension and its value, as category=acute; not \(text)")
        }
        return Series.Member(dimension: parts[0], value: parts[1])
      }
      let isOfRepeats = setup.configuration.sources.contains { $0.measures.ofRepeats.contains(measure) }
      let (origins, repeated) = try ledger.read { snapshot in
        let origins = try Ledger.origins(
          of: measure, members: wanted, organisation: organisation, period: period, in: snapshot)
        guard isOfRepeats else { return (origins, [RepeatedLine]()) }
        let versions = Set(origins.map(\.version)).sorted()
        return (origins, try versions.flatMap { try Ledger.repeatedLines(of: $0, members: wanted, in: snapshot) })
      }
      guard !origins.isEmpty else {
        throw Complaint.found("The ledger has no \(measure) of \(organisation) for \(self.period).")
      }
      switch output.format {
      case .json: try printJSON(origins.map { Answer($0, repeated, context) })
      case .text:
        for origin in origins.map({ Answer($0, repeated, context) }) {
          let slice = origin.members.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
          print("\(origin.measure)\(slice.isEmpty ? "" : " (\(slice))"): \(origin.value)")
          print(
            "  \(origin.file.printable), \(Wording.count(origin.rows, "row")) from row \(origin.firstRow) "
              + "(drop \(origin.drop), version \(origin.version), sha256 \(origin.sha256))")
          for line in origin.repeated ?? [] {
            print(
              "  row \(line.row), \(line.value), repeats row \(line.earlierRow) of \(line.earlierFile.printable) "
                + "(drop \(line.earlierDrop))")
          }
        }
      }
    }

    private struct Answer: Encodable {
      var measure: String
      var members: [String: String]
      var value: String
      var source: String
      var file: String
      var sha256: String
      var firstRow: Int
      var rows: Int
      var drop: Int64
      var version: Int64
      var repeated: [Repeated]?

      struct Repeated: Encodable {
        var row: Int
        var value: String
        var earlierFile: String
        var earlierRow: Int
        var earlierDrop: Int64
      }

      /// - Parameter repeated: lines that repeat another, of all cells.
      init(_ origin: CellOrigin, _ repeated: [RepeatedLine], _ context: ReadingContext) {
        measure = origin.series.measure
        members = Dictionary(
          origin.series.members.map { ($0.dimension, $0.value) }, uniquingKeysWith: { first, _ in first })
        value = context.text(Int128(origin.value), of: origin.series.measure)
        source = origin.drop.arrival.source
        file = origin.drop.arrival.name
        sha256 = hexadecimal(origin.drop.arrival.sha256)
        firstRow = origin.firstRow
        rows = origin.rows
        drop = origin.drop.id
        version = origin.version
        let own = repeated.filter { $0.drop.id == origin.drop.id && $0.series.members == origin.series.members }
        self.repeated =
          own.isEmpty
          ? nil
          : own.map { line in
            Repeated(
              row: line.row, value: context.text(Int128(line.value), of: line.series.measure),
              earlierFile: line.earlierDrop.arrival.name, earlierRow: line.earlierRow, earlierDrop: line.earlierDrop.id)
          }
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Every figure the ledger has, as CSV.",
      discussion: """
        Examples:
          outturn ledger export > ledger.csv
          outturn ledger export --as-of 2014-02-01 > what-was-known-then.csv
        """)

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "As it was known at the end of this day (UTC), as 2014-02-01.") var asOf: String?

    func run() throws {
      let ledger = try OpenedLedger(configuration)
      let ratios = try Set(Setup.loaded(configuration).program.measures.filter { $0.type == .ratio }.map(\.name))
      try ledger.read { snapshot in
        let record = try asOf.map { text in
          guard let day = Day(iso: text) else {
            throw Complaint.couldNotRun("--as-of takes a day, as 2014-02-01; not \(text)")
          }
          return try Record.sequence(at: Moment(startOf: day.advanced(days: 1)), in: snapshot)
        }
        try Ledger.export(asOf: record, ratios: ratios, in: snapshot) { bytes in
          FileHandle.standardOutput.write(Data(bytes))
        }
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks every page, figure, drop and entry of the record against its checksum.",
      discussion: """
        A head of the record that went out with a webhook or a log line shows whether the record was rewritten since.

        Examples:
          outturn ledger verify
          outturn ledger verify --head 1204:9f86d081884c7d65…
        """)

    @OptionGroup var configuration: ConfigurationOption
    @Option(help: "A head of the record kept outside, as SEQUENCE:HASH. May be repeated.") var head: [String] = []

    func run() throws {
      let ledger = try OpenedLedger(configuration)
      let heads = try head.map { text in
        guard let head = RecordHead(text) else {
          throw Complaint.couldNotRun("--head takes SEQUENCE:HASH with 64 hexadecimal digits; not \(text)")
        }
        return head
      }
      Terminal.progress("Checking the ledger …")
      let findings = try ledger.read { snapshot in
        try Ledger.verify(
          against: heads, archive: try Archive(at: ledger.configuration.archive), in: snapshot)
      }
      Terminal.endProgress()
      guard findings.isEmpty else {
        throw Complaint.found(findings.map(\.words).joined(separator: "\n") + "\n" + StorageError.restoreAdvice)
      }
      print("The ledger is whole.")
    }
  }
}
