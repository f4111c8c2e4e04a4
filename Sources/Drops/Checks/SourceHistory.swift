import Diagnostics
import Finance

/// What the last accepted drops of a source added up to.
package struct SourceHistory: Hashable, Sendable {
  package struct Drop: Hashable, Sendable {
    package var rows: Int
    /// Smallest steps by measure, over all periods.
    package var totals: [String: Int128]
    /// For each amount column the figure farthest from zero, in smallest steps.
    package var largest: [String: Int64]

    package init(rows: Int, totals: [String: Int128], largest: [String: Int64] = [:]) {
      self.rows = rows
      self.totals = totals
      self.largest = largest
    }
  }

  /// Oldest first.
  package var drops: [Drop]
  package init(_ drops: [Drop] = []) { self.drops = drops }

  /// Fewer drops than this say nothing about what is usual.
  static let fewest = 3

  /// Why a drop that adds up to this is out of the ordinary, a sentence each.
  ///
  /// - Parameter except: measures that are out of the ordinary whenever they are above zero.
  func doubts(
    about drop: DropStatistics, _ range: PlausibleRange?, except: Set<String>, _ context: ReadingContext
  ) -> [String] {
    guard let range else { return [] }
    var doubts: [String] = []
    let now = drop.history
    for (measure, total) in now.totals.sorted(by: { $0.key < $1.key }) where !except.contains(measure) {
      doubts += doubt(range.total, total, { $0.totals[measure] }) { shown in
        "this file’s \(measure) adds to \(context.text(shown, of: measure))"
      } median: {
        context.text($0, of: measure)
      }
    }
    doubts += doubt(range.rows, Int128(now.rows), { Int128($0.rows) }) { shown in
      "this file has \(Wording.count(Int(shown), "row"))"
    } median: {
      String($0)
    }
    for figure in drop.largest {
      doubts += doubt(range.largest, Int128(figure.figure), { $0.largest[figure.column].map { Int128($0) } }) { shown in
        "the largest figure of \(Wording.quoted(figure.column)) is \(context.text(shown)), in row \(figure.row)"
      } median: {
        context.text($0)
      }
    }
    return doubts
  }

  private func doubt(
    _ band: PlausibleRange.Band?, _ now: Int128, _ value: (Drop) -> Int128?, said: (Int128) -> String,
    median show: (Int128) -> String
  ) -> [String] {
    guard let band else { return [] }
    let known = drops.suffix(band.drops).compactMap(value).map(\.magnitude).sorted()
    guard known.count >= Self.fewest else { return [] }
    let middle = known.count / 2
    let median = known.count.isMultiple(of: 2) ? (known[middle - 1] + known[middle]) / 2 : known[middle]
    guard median > 0 else { return [] }
    guard now.magnitude.isMore(than: band.times, times: median) || median.isMore(than: band.times, times: now.magnitude)
    else { return [] }
    return [
      "\(said(now)); the last \(known.count) had a median of \(show(Int128(median))), "
        + "and more than \(band.times) times that, or less than a \(Wording.ordinal(band.times)), is looked at first"
    ]
  }
}

extension UInt128 {
  fileprivate func isMore(than times: Int, times other: UInt128) -> Bool {
    let (product, overflow) = other.multipliedReportingOverflow(by: UInt128(times))
    return !overflow && self > product
  }
}

extension Wording {
  /// `5th`, `2nd`, `21st`.
  static func ordinal(_ number: Int) -> String {
    switch (number % 100, number % 10) {
    case (11...13, _): "\(number)th"
    case (_, 1): "\(number)st"
    case (_, 2): "\(number)nd"
    case (_, 3): "\(number)rd"
    default: "\(number)th"
    }
  }
}

extension DropStatistics {
  /// What later drops are compared with once this one is accepted.
  package var history: SourceHistory.Drop {
    var sums: [String: Int128] = [:]
    for total in totals { sums[total.measure, default: 0] += total.total }
    return SourceHistory.Drop(
      rows: rows, totals: sums,
      largest: Dictionary(largest.map { ($0.column, $0.figure) }, uniquingKeysWith: { max($0, $1) }))
  }

  /// Adds up what a drop's cells say.
  mutating func count(_ summing: Summing) {
    let ratios = Set(summing.plan.settings.filter(\.isRatio).map(\.measure))
    let measures = summing.series.map(\.measure)
    let endOfMeasure = measures.map { UInt32((measures.lastIndex(of: $0) ?? 0) + 1) }
    var sums: [String: [Period: MeasureTotal]] = [:]
    for figures in summing.figures {
      cells += figures.cells.count
      // Cells are sorted by series, and so by measure.
      var next = 0
      while next < figures.cells.count {
        let measure = measures[Int(figures.cells[next].series)]
        let end = endOfMeasure[Int(figures.cells[next].series)]
        var total = MeasureTotal(
          measure: measure, period: figures.period, total: 0, isRatio: ratios.contains(measure), cells: 0)
        while next < figures.cells.count, figures.cells[next].series < end {
          total.total += Int128(figures.cells[next].value)
          total.cells += 1
          next += 1
        }
        let before = sums[measure]?[figures.period]
        total.total += before?.total ?? 0
        total.cells += before?.cells ?? 0
        sums[measure, default: [:]][figures.period] = total
      }
    }
    organisations = Set(summing.figures.map(\.organisation)).count
    totals = sums.values.flatMap(\.values).sorted { ($0.measure, $0.period) < ($1.measure, $1.period) }
  }
}

extension FigureSetting {
  var isRatio: Bool { if case .ratio = unit { true } else { false } }
}
