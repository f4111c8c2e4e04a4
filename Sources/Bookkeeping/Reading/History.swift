package import Finance
package import Storage

/// What an accepted drop came to, for judging whether the next one is plausible.
package struct DropTotals: Hashable, Sendable {
  package struct Measure: Hashable, Sendable {
    /// The sum of all the drop's cells of the measure, in the measure's own smallest step; nil where it is beyond
    /// 64 bits.
    package var total: Int64?
    package var cells: Int

    package init(total: Int64?, cells: Int) {
      self.total = total
      self.cells = cells
    }
  }

  package var drop: Drop
  package var measures: [String: Measure]

  package init(drop: Drop, measures: [String: Measure]) {
    self.drop = drop
    self.measures = measures
  }
}

/// What a drop would take the place of, found before it is taken in.
package struct Replacement: Hashable, Sendable {
  /// Versions that speak of the drop's units now.
  package var versions: Int
  /// Their cells, and how many of them the drop has no figure for.
  package var keys: Int
  package var keysLost: Int
  /// Measures that those versions hold and the drop does not.
  package var measuresLost: Set<String>

  package init(versions: Int = 0, keys: Int = 0, keysLost: Int = 0, measuresLost: Set<String> = []) {
    self.versions = versions
    self.keys = keys
    self.keysLost = keysLost
    self.measuresLost = measuresLost
  }
}

extension Ledger {
  /// The totals of a source's last accepted drops, newest first.
  package static func totals(ofLast count: Int, of source: String, in reading: some Reading) throws -> [DropTotals] {
    try reading.all(Statements.acceptedOfSource, source, count, as: Drop.init).map { drop in
      let measures = try reading.all(Statements.totals, drop.id) { row in
        (try row.text(0), DropTotals.Measure(total: try row.integerOrNil(1), cells: Int(try row.integer(2))))
      }
      return DropTotals(drop: drop, measures: Dictionary(uniqueKeysWithValues: measures))
    }
  }

  /// What a drop that restates would take the place of, body by body and period by period. Bodies that it omits are not
  /// counted, whether they keep their figures or not.
  package static func replacement(by contents: DropContents, in reading: some Reading) throws -> Replacement {
    var replacement = Replacement()
    if contents.restates == .nothing { return replacement }
    let series = try series(in: reading)
    let own = Dictionary(
      contents.series.enumerated().map { ($0.element, UInt32($0.offset)) }, uniquingKeysWith: { first, _ in first })
    let ownNumbers = series.compactMapValues { own[$0] }
    var seriesBefore: Set<SeriesID> = []
    for figures in contents.figures {
      let unit = Unit(source: contents.source, organisation: figures.organisation, period: figures.period)
      let now = Set(figures.cells.map(\.series))
      // Where versions are kept by measure, a drop takes the place of its own measure's alone.
      let measure = contents.restates == .organisationPeriodAndMeasure ? figures.measure : nil
      try visible(of: [unit], in: reading) { version in
        let cells = version.cells.filter { measure == nil || series[$0.series]?.measure == measure }
        if cells.isEmpty { return }
        replacement.versions += 1
        replacement.keys += cells.count
        for cell in cells {
          seriesBefore.insert(cell.series)
          if ownNumbers[cell.series].map(now.contains) != true { replacement.keysLost += 1 }
        }
      }
    }
    let measuresBefore = Set(seriesBefore.compactMap { series[$0]?.measure })
    replacement.measuresLost = measuresBefore.subtracting(contents.series.map(\.measure))
    return replacement
  }
}
