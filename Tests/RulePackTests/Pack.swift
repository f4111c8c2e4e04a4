import Bookkeeping
import Diagnostics
import Drops
import Evaluation
import Finance
import Foundation
import RuleLanguage
import RuleLibrary
import Settings

/// A shipped rule pack as it stands in the checkout: its sources, its register, its rules.
struct Pack {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  /// Published files as found; they are not part of the project.
  static let shared = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["OUTTURN_SHARED_DATA"] ?? root.path + "/../shared/data")
  static let hasSharedData = FileManager.default.fileExists(atPath: shared.path)
  static let all = ["nhs-commissioning", "local-government", "city-budgets", "payments"]

  let sources: [String: SourceSettings]
  /// What is wrong with the sources, in words.
  let complaints: [String]
  let register: Register
  let program: Program

  struct Unsound: Error, CustomStringConvertible { var description: String }

  init(_ name: String) throws {
    let folder = Self.root.appending(path: "Rules/\(name)")
    let problems = Problems()
    let text = SourceText(
      name: "outturn.yaml", bytes: Array(try Data(contentsOf: folder.appending(path: "outturn.yaml"))))
    let document = SettingsDocument.parse(text, into: problems)
    let entries = document?.entries()?.first { $0.key == "sources" }?.value.entries() ?? []
    sources = Dictionary(
      uniqueKeysWithValues: entries.compactMap { entry in
        SourceSettings(name: entry.key, entry.value).map { (entry.key, $0) }
      })
    complaints = problems.diagnostics.map { "\($0.message) (\($0.fix ?? ""))" }

    let bodies = name == "nhs-commissioning" ? Self.root.appending(path: "Tests/Fixtures/cases") : folder
    let file = RegisterFile(Array(try Data(contentsOf: bodies.appending(path: "organisations.csv"))))
    guard file.problems.isEmpty else { throw Unsound(description: file.problems.first[0].sentence) }
    register = Register(file.organisations)

    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".rules") }
      .sorted()
    let texts = try names.map {
      SourceText(name: $0, bytes: Array(try Data(contentsOf: folder.appending(path: $0))))
    }
    let loaded = RuleSet.load(
      files: texts, library: .all, attributes: Set(register.attributes).union(["parent"]))
    guard let program = loaded.program else {
      throw Unsound(description: TerminalRenderer().render(loaded.diagnostics, in: loaded.texts))
    }
    self.program = program
  }

  var context: ReadingContext {
    var measures: [String: DeclaredMeasure] = [:]
    for measure in program.measures {
      let high: Direction? = measure.adverse.map { $0 == .high ? .adverse : .favourable }
      measures[measure.name] = DeclaredMeasure(
        quantity: Quantity(rawValue: measure.type.rawValue) ?? .number, high: high)
    }
    return ReadingContext(
      calendar: program.calendar, currency: Currency(code: program.currency)!, register: register, measures: measures)
  }

  func read(
    _ file: URL, as source: String, _ history: SourceHistory = SourceHistory(),
    after lines: any LineHistory = NoHistory()
  ) throws -> DropReading {
    guard let settings = sources[source] else { throw Unsound(description: "there is no source \(source)") }
    let reader = DropReader(source: settings, context: context, history: history, lines: lines)
    let handle = try FileHandle(forReadingFrom: file)
    defer { try? handle.close() }
    return try reader.read(
      descriptor: handle.fileDescriptor,
      name: DropName(file: file.lastPathComponent, folder: file.deletingLastPathComponent().lastPathComponent))
  }
}

/// The lines of a pack's drops, by organisation.
struct PackLists: LineHistory {
  private var lists: [String: [EarlierList]] = [:]

  mutating func take(_ list: EarlierList, of organisation: String) {
    lists[organisation, default: []].append(list)
    lists[organisation]?.sort { $0.period < $1.period }
  }

  /// 0 where the list was not compared.
  func version(of organisation: String, _ period: Period) -> Int64 {
    lists[organisation]?.last { $0.period == period }?.version ?? 0
  }

  func forEachList(
    of organisation: String, in periods: ClosedRange<Period>, _ body: (EarlierList) throws -> Void
  ) throws {
    for list in lists[organisation] ?? [] where periods.contains(list.period) { try body(list) }
  }
}

/// What the drops of a pack come to when they are all in: the evaluator over them, without a ledger on disk.
struct PackLedger {
  let pack: Pack
  private var visible: [Bookkeeping.Unit: [Version]] = [:]
  private var seriesIDs: [Series: SeriesID] = [:]
  private var drops = 0
  /// The lines that were taken in, to compare the next drop's with.
  private(set) var lists = PackLists()

  init(_ pack: Pack) { self.pack = pack }

  mutating func take(_ reading: DropReading) throws {
    guard let contents = reading.contents else {
      throw Pack.Unsound(description: "\(reading.name.file): \(reading.problems.first[0].sentence)")
    }
    drops += 1
    let ids = contents.series.map { series in
      seriesIDs[series]
        ?? {
          let id = SeriesID(seriesIDs.count + 1)
          seriesIDs[series] = id
          return id
        }()
    }
    for figures in contents.figures {
      let unit = Bookkeeping.Unit(source: contents.source, organisation: figures.organisation, period: figures.period)
      var cells = figures.cells
      for index in cells.indices { cells[index].series = ids[Int(cells[index].series)] }
      let version = Version(
        stating: VersionID(visible.count + drops * 1_000_000), drop: DropID(drops), unit: unit,
        cells: cells.sorted { $0.series < $1.series })
      if let lines = figures.lines {
        lists.take(
          EarlierList(version: version.id, period: figures.period, lines: lines.lines), of: figures.organisation)
      }
      // What restates by measure, or adds, stands beside what was there.
      if contents.restates == .organisationAndPeriod {
        visible[unit] = [version]
      } else {
        visible[unit, default: []].append(version)
      }
    }
  }

  func evaluator() -> Evaluator {
    var traits: [String: MeasureTraits] = [:]
    for source in pack.sources.values {
      for measure in source.measures.names {
        traits[measure] = MeasureTraits(absent: .init(rawValue: source.absent.rawValue)!)
      }
    }
    let evaluator = Evaluator(pack.program, register: pack.register, traits: traits)
    evaluator.take(
      LedgerChange(
        series: Dictionary(uniqueKeysWithValues: seriesIDs.map { ($0.value, $0.key) }),
        versions: visible.values.flatMap { $0 }.sorted { $0.id < $1.id }))
    evaluator.run()
    return evaluator
  }
}
