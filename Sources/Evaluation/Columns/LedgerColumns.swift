import Finance
import RuleLanguage

/// What was returned, as columns: the figures that rules read, and who reported which measure when.
///
/// The unit of work is one organisation's year, which is where absent cells and standing references are settled.
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
  /// From when the figures are seen: now, and what rules ask for beside.
  private let vantages: [Vantage?]

  /// - receivedMeasures: of these the day is kept on which they were first returned.
  init(
    keys: [FigureKey], readings: [MeasureReading], receivedMeasures: Set<Int>, frames: Frames, axis: PeriodAxis
  ) {
    self.keys = keys
    self.readings = readings
    self.axis = axis
    destinations = CellDestinations(keys, measures: readings.map(\.measure))
    figures = keys.map { key in
      let subjects = frames[frames.number(of: key.frame)].count
      return Column(readings[key.measure].measure.type.shape, subjects: subjects, width: axis.width)
    }
    let organisations = frames[frames.organisations].count
    reported = readings.map { _ in Column(.truth, subjects: organisations, width: axis.width) }
    due = readings.map { _ in Column(.truth, subjects: organisations, width: axis.width) }
    for column in reported + due { column.fill(.false) }
    received = Dictionary(
      uniqueKeysWithValues: receivedMeasures.map { ($0, Column(.whole, subjects: organisations, width: axis.width)) })
    vantages = [nil] + Set(keys.compactMap(\.vantage)).union(receivedMeasures.isEmpty ? [] : [.first]).map { $0 }
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
    let vantage: Vantage?
    var rows: OrganisationRows
    var slot: Int
    /// Stated before and standing still, by series.
    var standing: [UInt32: Int128]
    /// What each slot returned, with the cells that stayed unchanged.
    var returned: [Int: [HeldCell]] = [:]
    /// The measures of the slot's cells.
    var measures: Set<Int> = []
    var organisation: Int { rows.organisation }
  }

  /// Reads it again from the holdings.
  func settle(organisation: Int, slots year: Range<Int>, holdings: Holdings, frames: Frames) {
    destinations.learn(holdings.series, frames)
    clear(organisation, year, frames)
    for vantage in vantages {
      var settlement = Settlement(
        vantage: vantage, rows: OrganisationRows(organisation, frames), slot: year.lowerBound,
        standing: standing(before: year, organisation, vantage, holdings))
      for slot in year {
        settlement.slot = slot
        let cells = holdings.cells(organisation, axis.period(slot), seen: vantage)
        if vantage == .first { note(cells, of: organisation, slot, holdings) }
        settle(cells, &settlement)
      }
    }
  }

  /// The day of the earliest of a measure's first cells.
  private func note(_ cells: [HeldCell], of organisation: Int, _ slot: Int, _ holdings: Holdings) {
    for cell in cells {
      guard let lanes = received[destinations.measure(of: cell.series)]?.lanes,
        let day = holdings.origins[Int(cell.version)].day
      else { continue }
      let index = lanes.start(organisation) + slot
      if lanes.unknownState(index) != 0 || Int64(day.daysSince1970) < lanes.wholes[index] {
        lanes.set(index, whole: Int64(day.daysSince1970))
      }
    }
  }

  private func clear(_ organisation: Int, _ year: Range<Int>, _ frames: Frames) {
    for (column, key) in zip(figures, keys) {
      let lanes = column.lanes
      for row in frames[frames.number(of: key.frame)].subjects(ofOrganisation: organisation) {
        for slot in year { lanes.setUnknown(lanes.start(Int(row)) + slot, UnknownReason.missing.rawValue) }
      }
    }
    for column in reported {
      let lanes = column.lanes
      for slot in year { lanes.set(lanes.start(organisation) + slot, .false) }
    }
    for column in received.values {
      let lanes = column.lanes
      for slot in year { lanes.setUnknown(lanes.start(organisation) + slot, UnknownReason.missing.rawValue) }
    }
  }

  private func settle(_ cells: [HeldCell], _ settlement: inout Settlement) {
    settlement.measures.removeAll(keepingCapacity: true)
    state(cells, &settlement)
    for cell in cells {
      let measure = destinations.measure(of: cell.series)
      if settlement.measures.insert(measure).inserted, settlement.vantage == nil {
        let lanes = reported[measure].lanes
        lanes.set(lanes.start(settlement.organisation) + settlement.slot, .true)
      }
      if readings[measure].standing == .itsPeriod { add(cell.series, Int128(cell.value), &settlement) }
    }
    for (series, value) in settlement.standing { add(series, value, &settlement) }
    guard !cells.isEmpty else { return }
    settlement.returned[settlement.slot] = cells + settleAbsent(cells, &settlement)
  }

  /// Takes what the cells state anew into what stands; several versions of one series add up.
  private func state(_ cells: [HeldCell], _ settlement: inout Settlement) {
    var stated: [UInt32: Int128] = [:]
    for cell in cells where readings[destinations.measure(of: cell.series)].standing != .itsPeriod {
      stated[cell.series, default: 0] += Int128(cell.value)
    }
    settlement.standing.merge(stated) { _, new in new }
  }

  /// - returns: the cells that the slot holds though its return left them out.
  private func settleAbsent(_ cells: [HeldCell], _ settlement: inout Settlement) -> [HeldCell] {
    var unchanged: [HeldCell] = []
    let present = Set(cells.map(\.series))
    for measure in settlement.measures where readings[measure].standing == .itsPeriod {
      let reading = readings[measure]
      if reading.traits.absent == .zero { zeroWhereAbsent(measure, settlement) }
      guard let before = reading.slotBefore(settlement.slot), let earlier = settlement.returned[before] else {
        continue
      }
      for cell in earlier where !present.contains(cell.series) && destinations.measure(of: cell.series) == measure {
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
  ) -> [UInt32: Int128] {
    guard reachesLaterYears else { return [:] }
    var standing: [UInt32: Int128] = [:]
    for slot in 0..<year.lowerBound {
      var stated: [UInt32: Int128] = [:]
      for cell in holdings.cells(organisation, axis.period(slot), seen: vantage)
      where readings[destinations.measure(of: cell.series)].standing == .untilRestated {
        stated[cell.series, default: 0] += Int128(cell.value)
      }
      standing.merge(stated) { _, new in new }
    }
    return standing
  }

  // MARK: A cell's elements

  private func add(_ series: UInt32, _ value: Int128, _ settlement: inout Settlement) {
    for destination in destinations[series] where keys[destination.column].vantage == settlement.vantage {
      let lanes = figures[destination.column].lanes
      let denominator = readings[keys[destination.column].measure].denominator
      if destination.isOrganisations {
        add(value, to: lanes, lanes.start(settlement.organisation) + settlement.slot, denominator: denominator)
        continue
      }
      for row in settlement.rows.rows(destination, of: series) {
        add(value, to: lanes, lanes.start(Int(row)) + settlement.slot, denominator: denominator)
      }
    }
  }

  /// A sum that does not fit is undefined, and stays so.
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

  private func spoil(_ series: UInt32, _ settlement: inout Settlement) {
    for destination in destinations[series] where keys[destination.column].vantage == settlement.vantage {
      let lanes = figures[destination.column].lanes
      for row in settlement.rows.rows(destination, of: series) {
        lanes.setUnknown(lanes.start(Int(row)) + settlement.slot, UnknownReason.missing.rawValue)
      }
    }
  }

  /// Whoever reported the measure reported nothing of what is not there.
  private func zeroWhereAbsent(_ measure: Int, _ settlement: Settlement) {
    for (number, key) in keys.enumerated() where key.measure == measure && key.vantage == settlement.vantage {
      let lanes = figures[number].lanes
      for row in settlement.rows.all(of: key.frame) {
        let index = lanes.start(Int(row)) + settlement.slot
        guard lanes.unknownState(index) == UnknownReason.missing.rawValue else { continue }
        add(0, to: lanes, index, denominator: readings[measure].denominator)
      }
    }
  }
}
