import Bookkeeping
import Diagnostics
import Evaluation
import Finance
import RuleLanguage

/// A test's figures as a ledger would learn them, in the order in which they come.
///
/// `given` comes period by period, as returns do, so that what would have been announced on the way is. A drop restates
/// the figures of a measure, organisation and period that it has; of others it says nothing.
struct Playing {
  struct Step {
    var change: LedgerChange
    /// Counted from 1; 1 is `given`, where there is one.
    var drop: DropID
    var time: Moment
  }

  /// For each delivery the steps in which it comes.
  private(set) var deliveries: [[Step]] = []

  private var series: [Series: SeriesID] = [:]
  private var nextVersion: VersionID = 1
  /// The figures by their numbers, which stand in for the rows of a file.
  private var figures: [RuleTest.Figure] = []

  init(_ test: RuleTest, calendar: FinancialCalendar) {
    let firstDrop = test.deliveries.lazy.compactMap(\.day).first
    for (number, delivery) in test.deliveries.enumerated() {
      let drop = DropID(number + 1)
      guard let day = delivery.day else {
        deliveries.append(steps(of: delivery, drop, before: firstDrop, calendar))
        continue
      }
      let change = change(delivery.figures, due: delivery.due, drop, on: day)
      deliveries.append([Step(change: change, drop: drop, time: Moment(startOf: day))])
    }
  }

  /// Where a figure stands in the test, by the row that evaluation says it came from.
  func span(ofRow row: Int) -> Span { figures[row - 1].span }

  /// One step a period: accepted on its last day, or at the latest on the day before the first drop.
  private mutating func steps(
    of delivery: RuleTest.Delivery, _ drop: DropID, before firstDrop: Day?, _ calendar: FinancialCalendar
  ) -> [Step] {
    let periods = Set(delivery.figures.map(\.period)).union(delivery.due.map(\.period)).sorted()
    let figures = Dictionary(grouping: delivery.figures, by: \.period)
    let due = Dictionary(grouping: delivery.due, by: \.period)
    return periods.map { period in
      var day = calendar.lastDay(period)
      if let firstDrop { day = min(day, firstDrop.advanced(days: -1)) }
      return Step(
        change: change(figures[period] ?? [], due: due[period] ?? [], drop, on: day), drop: drop,
        time: Moment(startOf: day))
    }
  }

  /// Each measure is a source of its own, so that one is restated without the others.
  private mutating func change(
    _ figures: [RuleTest.Figure], due: [RuleTest.Due], _ drop: DropID, on day: Day
  ) -> LedgerChange {
    var cells: [Unit: [Cell]] = [:]
    var units: [Unit] = []
    for figure in figures {
      self.figures.append(figure)
      let unit = Unit(source: figure.series.measure, organisation: figure.organisation, period: figure.period)
      if cells[unit] == nil { units.append(unit) }
      let row = UInt32(self.figures.count)
      cells[unit, default: []].append(Cell(series: id(figure.series), rows: 1, firstRow: row, value: figure.value))
    }
    let versions = units.map { unit in
      defer { nextVersion += 1 }
      return Version(id: nextVersion, drop: drop, unit: unit, cells: cells[unit]!.sorted { $0.series < $1.series })
    }
    return LedgerChange(
      series: Dictionary(uniqueKeysWithValues: series.map { ($0.value, $0.key) }), touched: units, versions: versions,
      due: due.map { DuePeriod(period: $0.period, measures: [$0.measure], organisations: [$0.organisation]) },
      day: day)
  }

  private mutating func id(_ one: Series) -> SeriesID {
    if let known = series[one] { return known }
    series[one] = SeriesID(series.count + 1)
    return SeriesID(series.count)
  }
}
