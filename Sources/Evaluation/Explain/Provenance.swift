import Finance
import RuleLanguage

/// Where the figures behind expressions came from, each source once, in the order in which they were asked for.
struct Provenance {
  private let engine: Engine
  private let holdings: Holdings
  private(set) var sources: [Finding.Source] = []

  init(_ engine: Engine, _ holdings: Holdings) {
    self.engine = engine
    self.holdings = holdings
  }

  /// Indexes of the sources of a figure, as it stood for the subject of a frame in a slot.
  mutating func sources(of figure: FigureKey, _ subject: Int, _ slot: Int) -> [Int] {
    let axis = engine.frames[engine.frames.number(of: figure.frame)]
    let organisation = Int(axis.organisations[subject])
    let code = engine.frames[engine.frames.organisations].subjects[organisation].keys[0]
    let values = axis.dimensionValues(subject)
    let reading = engine.plan.readings[figure.measure]
    var found: [Int] = []
    var stated: Set<UInt32> = []
    for slot in slots(of: reading, upTo: slot, organisation, figure.vantage) {
      let period = engine.axis.period(slot)
      let cells = holdings.cells(organisation, period, seen: figure.vantage).filter { cell in
        let series = holdings.series[Int(cell.series)]
        return series.measure == reading.measure.name && figure.slice.lets(series)
          && figure.frame.dimensionValues(of: series) == values && !stated.contains(cell.series)
      }
      stated.formUnion(cells.map(\.series))
      for (version, cells) in Dictionary(grouping: cells, by: \.version).sorted(by: { $0.key < $1.key }) {
        let origin = holdings.origins[Int(version)]
        found.append(
          index(
            of: Finding.Source(
              source: origin.source, measure: reading.measure.name,
              series: Set(cells.map { holdings.series[Int($0.series)] }),
              stated: cells.reduce(0) { $0 + Int128($1.value) }, denominator: reading.denominator, organisation: code,
              period: period, version: origin.version, drop: origin.drop,
              firstRow: Int(cells.map(\.firstRow).min() ?? 0),
              rows: cells.reduce(0) { $0 + Int($1.rows) })))
      }
    }
    return found
  }

  /// Where what stands in a slot may have been stated, latest first.
  private func slots(of reading: MeasureReading, upTo slot: Int, _ organisation: Int, _ vantage: Vantage?) -> [Int] {
    switch reading.standing {
    case .itsPeriod where reading.traits.absent == .unchanged:
      returns(of: reading, upTo: slot, organisation, vantage)
    case .itsPeriod: [slot]
    case .itsYear: (engine.axis.yearSlots(of: slot).lowerBound...slot).reversed()
    case .untilRestated: (0...slot).reversed()
    }
  }

  /// A cell that a return left out is what it was in the one before, and that one may have left it out, too.
  private func returns(of reading: MeasureReading, upTo slot: Int, _ organisation: Int, _ vantage: Vantage?) -> [Int] {
    var slots: [Int] = []
    var next: Int? = slot
    while let slot = next {
      let cells = holdings.cells(organisation, engine.axis.period(slot), seen: vantage)
      guard cells.contains(where: { holdings.series[Int($0.series)].measure == reading.measure.name }) else { break }
      slots.append(slot)
      next = reading.slotBefore(slot)
    }
    return slots
  }

  private mutating func index(of source: Finding.Source) -> Int {
    if let known = sources.firstIndex(of: source) { return known }
    sources.append(source)
    return sources.count - 1
  }
}

extension Frame {
  /// Nil where the series lacks one of the frame's dimensions.
  func dimensionValues(of series: Series) -> [String]? {
    var values: [String] = []
    for case .dimension(let name) in keys {
      guard let member = series.members.first(where: { $0.dimension == name }) else { return nil }
      values.append(member.value)
    }
    return values
  }
}
