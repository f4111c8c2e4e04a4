import Diagnostics
import Drops
import Finance
import Foundation
import Settings

/// Reads texts and files as drops of a source that is written as its configuration would be.
struct DropWorkbench {
  var context = ReadingContext(
    calendar: FinancialCalendar(firstMonth: 4), currency: Currency(code: "GBP")!, register: Self.register,
    measures: [
      "plan": DeclaredMeasure(quantity: .money),
      "actual": DeclaredMeasure(quantity: .money, high: .adverse),
      "variance": DeclaredMeasure(quantity: .money, high: .favourable),
      "paid": DeclaredMeasure(quantity: .money, high: .adverse),
      "rate": DeclaredMeasure(quantity: .ratio),
    ])
  var history = SourceHistory()
  var lines: any LineHistory = NoHistory()

  static let register = Register([
    Organisation(code: "5HY", name: "Hounslow PCT"),
    Organisation(code: "5K5", name: "Brent PCT"),
    Organisation(code: "36L", name: "NHS South West London CCG"),
    Organisation(code: "72Q", name: "NHS South East London CCG"),
  ])

  struct BadConfiguration: Error, CustomStringConvertible { var description: String }

  static func source(_ yaml: String) throws -> SourceSettings {
    let problems = Problems()
    let text = SourceText(name: "outturn.yaml", bytes: Array(yaml.utf8))
    let node = SettingsDocument.parse(text, into: problems)
    let source = node.flatMap { SourceSettings(name: "returns", $0) }
    guard let source, !problems.hasErrors else {
      throw BadConfiguration(
        description: problems.diagnostics.map { "\($0.message) (\($0.fix ?? ""))" }.joined(separator: "\n"))
    }
    return source
  }

  static func complaints(_ yaml: String) -> [String] {
    let problems = Problems()
    let text = SourceText(name: "outturn.yaml", bytes: Array(yaml.utf8))
    _ = SettingsDocument.parse(text, into: problems).flatMap { SourceSettings(name: "returns", $0) }
    return problems.diagnostics.map { [$0.message, $0.fix].compactMap { $0 }.joined(separator: " = ") }
  }

  func read(_ bytes: [UInt8], named name: String = "return.csv", _ yaml: String) throws -> DropReading {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("drop-\(UUID().uuidString)")
    try Data(bytes).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    return try read(file: path.path, named: name, yaml)
  }

  func read(_ text: String, named name: String = "return.csv", _ yaml: String) throws -> DropReading {
    try read(Array(text.utf8), named: name, yaml)
  }

  func read(file path: String, named name: String? = nil, _ yaml: String) throws -> DropReading {
    let reader = DropReader(source: try Self.source(yaml), context: context, history: history, lines: lines)
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    let url = URL(fileURLWithPath: path)
    return try reader.read(
      descriptor: handle.fileDescriptor,
      name: DropName(
        file: name ?? url.lastPathComponent, folder: url.deletingLastPathComponent().lastPathComponent))
  }
}

extension DropReading {
  /// Each figure as `5HY 2013-14 M8 plan [category acute] 1200.0000 ×1 @2`.
  var figures: [String] {
    guard let contents else { return problems.first.map(\.sentence) }
    let calendar = FinancialCalendar(firstMonth: 4)
    return contents.figures.flatMap { figures in
      figures.cells.map { cell in
        let series = contents.series[Int(cell.series)]
        let members = series.members.map { " [\($0.dimension) \($0.value)]" }.joined()
        let whole = cell.value / 10_000
        let part = String((cell.value % 10_000).magnitude + 10_000).dropFirst()
        return "\(figures.organisation) \(calendar.label(figures.period)) \(series.measure)\(members) "
          + "\(cell.value < 0 && whole == 0 ? "-" : "")\(whole).\(part) ×\(cell.rows) @\(cell.firstRow)"
      }
    }
  }
}
