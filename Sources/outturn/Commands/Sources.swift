import ArgumentParser
import Daemon
import Diagnostics
import Drops
import Finance
import Foundation
import Hashing
import RuleLanguage

struct Sources: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "Where drops arrive and how they are read.",
    discussion: "Example:\n  outturn sources try finance-returns M8.csv",
    subcommands: [Try.self])

  struct Try: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "try",
      abstract: "What would be read from a file and what refused; nothing is moved or stored.",
      discussion: """
        Examples:
          outturn sources try finance-returns ~/Downloads/M8.csv
          outturn sources try finance-returns M8.csv --format json

        Exit status: 0 it would be accepted, 1 it would be held or rejected.
        """)

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The source, as the configuration calls it.") var source: String
    @Argument(help: "The file.", completion: .file()) var file: String

    func run() throws {
      let setup = try Setup.loaded(configuration)
      try setup.configuration.requireSource(source)
      let settings = setup.configuration.sources.first { $0.name == source }!
      let name = file.split(separator: "/").last.map(String.init) ?? file
      if !settings.takes(name), settings.files.allSatisfy({ $0.depth == 0 }) {
        Terminal.complain(
          "From the inbox it would not be read: \(name.printable) matches none of \(settings.patterns).")
      }
      let context = ReadingContext(setup.program, register: setup.register)
      let reading: DropReading
      do {
        reading = try DropReader(source: settings, context: context).tryOut(file)
      } catch {
        throw Complaint.couldNotRun("\(file.printable) can't be read: \(error)")
      }
      switch output.format {
      case .json: try printJSON(Answer(reading, setup))
      case .text: show(reading, setup, context)
      }
      if reading.outcome != .accepted { throw ExitCode(Status.findings) }
    }

    private func show(_ reading: DropReading, _ setup: Setup, _ context: ReadingContext) {
      let statistics = reading.statistics
      print(
        "\(file.printable) would be \(reading.outcome.rawValue): "
          + "\(Wording.count(statistics.rows, "row")) read, \(statistics.rowsIgnored) passed over, "
          + "\(Wording.count(statistics.organisations, "organisation")), \(Wording.count(statistics.cells, "figure")).")
      if !statistics.totals.isEmpty {
        var table = Table([("MEASURE", .left), ("PERIOD", .left), ("FIGURES", .right), ("TOTAL", .right)])
        for total in statistics.totals {
          table.add([
            total.measure, setup.program.calendar.label(total.period), String(total.cells),
            context.text(total.total, of: total.measure),
          ])
        }
        print("\n" + table.text)
      }
      if let column = statistics.notComparedFor {
        print(
          "\nIts lines can't be compared, so that what repeats is not known: there is no \(Wording.quoted(column)).")
      }
      for doubt in reading.doubts { print("\nlook first: \(doubt.printable)") }
      for problem in reading.problems.first.prefix(20) { print("\n\(problem.sentence.printable)") }
      if reading.problems.count > 20 { print("\nand \(reading.problems.count - 20) more problems") }
    }

    private struct Answer: Encodable {
      struct Total: Encodable {
        var measure: String
        var period: String
        var total: String
        var figures: Int
      }
      struct Problem: Encodable {
        var row: Int?
        var column: String?
        var value: String?
        var problem: String
        var expected: String?
      }
      var outcome: String
      var sha256: String
      var rows: Int
      var rowsIgnored: Int
      var organisations: Int
      var figures: Int
      var totals: [Total]
      var notComparedFor: String?
      var doubts: [String]
      var problems: [Problem]
      var problemCount: Int

      init(_ reading: DropReading, _ setup: Setup) {
        outcome = reading.outcome.rawValue
        sha256 = hexadecimal(reading.sha256)
        rows = reading.statistics.rows
        rowsIgnored = reading.statistics.rowsIgnored
        organisations = reading.statistics.organisations
        figures = reading.statistics.cells
        let context = ReadingContext(setup.program, register: setup.register)
        totals = reading.statistics.totals.map {
          Total(
            measure: $0.measure, period: setup.program.calendar.label($0.period),
            total: context.text($0.total, of: $0.measure), figures: $0.cells)
        }
        notComparedFor = reading.statistics.notComparedFor
        doubts = reading.doubts
        problems = reading.problems.first.map {
          Problem(row: $0.row, column: $0.column, value: $0.value, problem: $0.problem, expected: $0.expected)
        }
        problemCount = reading.problems.count
      }
    }
  }
}
