import Finance
import RuleLanguage

/// What was returned, as columns: the figures that rules read, and who reported which measure when.
///
/// The unit of work is some months of one organisation's year, which is where absent cells and standing references are
/// settled.
final class LedgerColumns {
  let keys: [FigureKey]
  /// As many as `keys`.
  let figures: [Column]
  /// Whether any cell of the measure was returned, a row an organisation.
  let reported: [Column]
  /// Whether the measure was due then, or has closed.
  let due: [Column]
  /// The day on which a measure was first returned, a row an organisation; of the measures of which that is asked.
  let received: [Int: Column]

  private let readings: [MeasureReading]
  private let axis: PeriodAxis
  private var destinations: CellDestinations
  /// Of the figures, and what their whole numbers are parts of.
  private let lanes: Buffer<Column.Lanes>
  private let denominators: Buffer<Int64>
  /// The figures by the frames that they are of.
  private let columnsOfFrame: [Int: [Int]]
  /// From when the figures are seen: now, and what rules ask for beside.
  private let vantages: [Vantage?]
  /// What a return leaves out may stand as it was.
  private let keepsUnchanged: Bool

  /// - receivedMeasures: of these the day is kept on which they were first returned.
  init(
    keys: [FigureKey], readings: [MeasureReading], receivedMeasures: Set<Int>, frames: Frames, axis: PeriodAxis
  ) {
    self.keys = keys
    self.readings = readings
    self.axis = axis
    figures = keys.map { key in
      let subjects = frames[frames.number(of: key.frame)].count
      return Column(readings[key.measure].measure.type.shape, subjects: subjects, width: axis.width)
    }
    columnsOfFrame = Dictionary(grouping: keys.indices) { frames.number(of: keys[$0].frame) }
    lanes = Buffer(figures.map(\.lanes))
    denominators = Buffer(keys.map { readings[$0.measure].denominator })
    let organisations = frames[frames.organisations].count
    reported = readings.map { _ in Column(.truth, subjects: organisations, width: axis.width) }
    due = readings.map { _ in Column(.truth, subjects: organisations, width: axis.width) }
    for column in reported + due { column.fill(.false) }
    received = Dictionary(
      uniqueKeysWithValues: receivedMeasures.map { ($0, Column(.whole, subjects: organisations, width: axis.width)) })
    vantages = [nil] + Set(keys.compactMap(\.vantage)).union(receivedMeasures.isEmpty ? [] : [.first]).map { $0 }
    destinations = CellDestinations(keys, readings: readings, vantages: vantages)
    keepsUnchanged = readings.contains { $0.traits.absent == .unchanged }
  }

  /// Whether a change in one year may reach the next: a stock stands until it is restated.
  var reachesLaterYears: Bool { readings.contains { $0.standing == .untilRestated } }

  func measureNumber(_ name: String) -> Int? { readings.firstIndex { $0.measure.name == name } }

  func markDue(measure: Int, organisation: Int, slot: Int) {
    let lanes = due[measure].lanes
    lanes.set(lanes.start(organisation) + slot, .true)
  }

  func isReported(_ measures: [Int], _ organisation: Int, _ slot: Int) -> Bool {
    measures.contains { isFlagged(reported[$0], organisation, slot) }
  }

  /// Whether the period exists for the organisation by the measure: it was reported, or it was due.
  func isPresent(_ measure: Int, _ organisation: Int, _ slot: Int) -> Bool {
    isFlagged(due[measure], organisation, slot)
      || (!readings[measure].traits.isOpenUntilDue && isFlagged(reported[measure], organisation, slot))
  }

  private func isFlagged(_ column: Column, _ organisation: Int, _ slot: Int) -> Bool {
    column.lanes.truth(column.lanes.start(organisation) + slot) == .true
  }

  // MARK: One organisation's year

  /// What is carried through a year while it is settled.
  private struct Settlement {
    /// A number of `vantages`.
    let vantage: Int
    let destinations: CellDestinations.Lanes
    let lanes: Lane<Column.Lanes>
    let denominators: Lane<Int64>
    var rows: OrganisationRows
    let organisation: Int
    var slot: Int
    /// What is found goes to the columns; months before are only read for what later ones need of them.
    var writes = false
    /// Stated before and standing still, in the order of the series.
    var standing: [Stated]
    /// What each month returned, with the cells that stayed unchanged.
    var returned = [[HeldCell]](repeating: [], count: PeriodAxis.slotsInYear)
    /// The measures of the slot's cells.
    var measures: [Int] = []
  }

  fileprivate struct Stated {
    var series: UInt32
    var value: Int128
  }

  /// Reads some of its months again from the holdings.
  func settle(organisation: Int, year: Range<Int>, _ months: Months, holdings: Holdings, frames: Frames) {
    guard let last = months.last else { return }
    destinations.learn(holdings.series, frames)
    let slots = year.lowerBound...year.lowerBound + last
    clear(organisation, slots.filter { months.contains($0 - year.lowerBound) }, frames)
    for (number, vantage) in vantages.enumerated() {
      var settlement = Settlement(
        vantage: number, destinations: destinations.lanes, lanes: lanes.lane, denominators: denominators.lane,
        rows: OrganisationRows(organisation, frames), organisation: organisation, slot: year.lowerBound,
        standing: standing(before: year, organisation, vantage, holdings))
      let held = holdings.year(organisation, Int(axis.period(year.lowerBound).year), seen: vantage)
      for slot in slots {
        settlement.slot = slot
        settlement.writes = months.contains(slot - year.lowerBound)
        let cells = held?[slot - year.lowerBound] ?? []
        if settlement.writes && vantage == .first { note(cells, of: organisation, slot, holdings) }
        settle(cells, &settlement)
      }
    }
  }

  /// The day of the earliest of a measure's first cells.
  private func note(_ cells: [HeldCell], of organisation: Int, _ slot: Int, _ holdings: Holdings) {
    for cell in cells {
      guard let lanes = received[destinations.lanes.measure(of: cell.series)]?.lanes,
        let day = holdings.origins[Int(cell.version)].day
      else { continue }
      let index = lanes.start(organisation) + slot
      if lanes.unknownState(index) != 0 || Int64(day.daysSince1970) < lanes.wholes[index] {
        lanes.set(index, whole: Int64(day.daysSince1970))
      }
    }
  }

  private func clear(_ organisation: Int, _ slots: [Int], _ frames: Frames) {
    let lanes = self.lanes.lane
    for (frame, columns) in columnsOfFrame {
      for row in frames[frame].subjects(ofOrganisation: organisation) {
        for column in columns {
          let lanes = lanes[column]
          for slot in slots { lanes.setUnknown(lanes.start(Int(row)) + slot, UnknownReason.missing.rawValue) }
        }
      }
    }
    for column in reported {
      let lanes = column.lanes
      for slot in slots { lanes.set(lanes.start(organisation) + slot, .false) }
    }
    for column in received.values {
      let lanes = column.lanes
      for slot in slots { lanes.setUnknown(lanes.start(organisation) + slot, UnknownReason.missing.rawValue) }
    }
  }

  private func settle(_ cells: [HeldCell], _ settlement: inout Settlement) {
    state(cells, &settlement)
    let month = settlement.slot % PeriodAxis.slotsInYear
    guard settlement.writes || keepsUnchanged else {
      settlement.returned[month] = cells
      return
    }
    settlement.measures.removeAll(keepingCapacity: true)
    for cell in cells {
      let measure = settlement.destinations.measure(of: cell.series)
      // Cells of one measure come one after the other, most of them.
      if settlement.measures.last != measure && !settlement.measures.contains(measure) {
        settlement.measures.append(measure)
        report(measure, settlement)
      }
      if !settlement.destinations.stands(cell.series) { add(cell.series, Int128(cell.value), &settlement) }
    }
    if settlement.writes {
      for stated in settlement.standing { add(stated.series, stated.value, &settlement) }
    }
    guard !cells.isEmpty else { return }
    settlement.returned[month] = cells + settleAbsent(cells, &settlement)
  }

  private func report(_ measure: Int, _ settlement: Settlement) {
    guard settlement.writes, vantages[settlement.vantage] == nil else { return }
    let lanes = reported[measure].lanes
    lanes.set(lanes.start(settlement.organisation) + settlement.slot, .true)
  }

  /// Takes what the cells state anew into what stands; several versions of one series add up.
  private func state(_ cells: [HeldCell], _ settlement: inout Settlement) {
    settlement.standing.restate(cells) { settlement.destinations.stands($0.series) }
  }

  /// - returns: the cells that the slot holds though its return left them out.
  private func settleAbsent(_ cells: [HeldCell], _ settlement: inout Settlement) -> [HeldCell] {
    var unchanged: [HeldCell] = []
    for measure in settlement.measures where readings[measure].standing == .itsPeriod {
      let reading = readings[measure]
      if reading.traits.absent == .zero { zeroWhereAbsent(measure, settlement) }
      guard let before = reading.slotBefore(settlement.slot) else { continue }
      let earlier = settlement.returned[before % PeriodAxis.slotsInYear]
      for cell in earlier where settlement.destinations.measure(of: cell.series) == measure && !cells.hold(cell.series)
      {
        switch reading.traits.absent {
        case .zero: break
        case .unknown: spoil(cell.series, &settlement)
        case .unchanged:
          add(cell.series, Int128(cell.value), &settlement)
          unchanged.append(cell)
        }
      }
    }
    return unchanged
  }

  /// Stocks stated in earlier years that still stand at this one's start.
  private func standing(
    before year: Range<Int>, _ organisation: Int, _ vantage: Vantage?, _ holdings: Holdings
  ) -> [Stated] {
    guard reachesLaterYears else { return [] }
    var standing: [Stated] = []
    for slot in 0..<year.lowerBound {
      standing.restate(holdings.cells(organisation, axis.period(slot), seen: vantage)) { cell in
        readings[destinations.lanes.measure(of: cell.series)].standing == .untilRestated
      }
    }
    return standing
  }

  // MARK: A cell's elements

  private func add(_ series: UInt32, _ value: Int128, _ settlement: inout Settlement) {
    let (lanes, denominators) = (settlement.lanes, settlement.denominators)
    forEachElement(of: series, &settlement) { column, index in
      add(value, to: lanes[column], index, denominator: denominators[column])
    }
  }

  private func spoil(_ series: UInt32, _ settlement: inout Settlement) {
    let lanes = settlement.lanes
    forEachElement(of: series, &settlement) { column, index in
      lanes[column].setUnknown(index, UnknownReason.missing.rawValue)
    }
  }

  /// Where a series' cell goes to, where the month is written.
  @inline(__always)
  private func forEachElement(
    of series: UInt32, _ settlement: inout Settlement, _ body: (_ column: Int, _ index: Int) -> Void
  ) {
    guard settlement.writes else { return }
    settlement.destinations.forEach(of: series, seen: settlement.vantage) { destination in
      let lanes = settlement.lanes[destination.column]
      if destination.isOrganisations {
        return body(destination.column, lanes.start(settlement.organisation) + settlement.slot)
      }
      let values = destinations.dimensionValues[destination.values]
      for row in settlement.rows.rows(destination, of: series, values) {
        body(destination.column, lanes.start(Int(row)) + settlement.slot)
      }
    }
  }

  /// A sum that does not fit is undefined, and stays so.
  @inline(__always)
  private func add(_ value: Int128, to lanes: Column.Lanes, _ index: Int, denominator: Int64) {
    let state = lanes.unknownState(index)
    if state == UnknownReason.undefined.rawValue { return }
    if lanes.shape == .quotient {
      lanes.set(index, numerator: (state == 0 ? lanes.numerators[index] : 0) + value, denominator: denominator)
      return
    }
    if let sum = Int64(exactly: Int128(state == 0 ? lanes.wholes[index] : 0) + value) {
      lanes.set(index, whole: sum)
    } else {
      lanes.setUnknown(index, UnknownReason.undefined.rawValue)
    }
  }

  /// Whoever reported the measure reported nothing of what is not there.
  private func zeroWhereAbsent(_ measure: Int, _ settlement: Settlement) {
    guard settlement.writes else { return }
    let vantage = vantages[settlement.vantage]
    for (number, key) in keys.enumerated() where key.measure == measure && key.vantage == vantage {
      let lanes = settlement.lanes[number]
      for row in settlement.rows.all(of: key.frame) {
        let index = lanes.start(Int(row)) + settlement.slot
        guard lanes.unknownState(index) == UnknownReason.missing.rawValue else { continue }
        add(0, to: lanes, index, denominator: settlement.denominators[number])
      }
    }
  }
}

extension [HeldCell] {
  /// Whether cells in the order of their series have one of a series.
  fileprivate func hold(_ series: UInt32) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].series < series { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].series == series
  }
}

extension [LedgerColumns.Stated] {
  /// Takes what cells, in the order of their series, state anew in place of what was stated before; several cells of one
  /// series add up.
  fileprivate mutating func restate(_ cells: [HeldCell], where isStated: (HeldCell) -> Bool) {
    guard cells.contains(where: isStated) else { return }
    var merged: [LedgerColumns.Stated] = []
    merged.reserveCapacity(Swift.max(count, cells.count))
    var next = 0
    for cell in cells where isStated(cell) {
      if let last = merged.last, last.series == cell.series {
        merged[merged.count - 1].value += Int128(cell.value)
        continue
      }
      while next < count && self[next].series < cell.series {
        merged.append(self[next])
        next += 1
      }
      if next < count && self[next].series == cell.series { next += 1 }
      merged.append(LedgerColumns.Stated(series: cell.series, value: Int128(cell.value)))
    }
    self = merged + self[next...]
  }
}
