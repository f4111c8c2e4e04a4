import Finance
package import Storage

/// What one accepted drop made of what the ledger says.
package struct PlayedDrop: Sendable {
  package var drop: Drop
  /// Bodies and periods of which something was ended: what was known of them is to be forgotten.
  package var touched: [Unit]
  /// Of the touched units all that is visible after the drop; of others what the drop adds.
  package var versions: [Version]
}

extension Ledger {
  /// Plays the ledger's history back, drop by drop in the order of acceptance, in one pass over the versions.
  ///
  /// - Parameters:
  ///   - record: drops up to that record; all of them for nil.
  ///   - measures: cells of these alone.
  package static func play(
    through record: RecordSequence? = nil, measures: Set<String>, in reading: some Reading,
    _ body: (PlayedDrop) throws -> Void
  ) throws {
    var playing = Playing(try reading.all(Statements.acceptedThrough, record ?? .max, as: Drop.init))
    let wanted = try WantedSeries(measures, in: reading)
    try reading.forEach(Statements.everyVersion) { row in
      guard !playing.isOver, let version = try wanted.version(row) else { return }
      while let played = playing.next(before: version.drop) { try body(played) }
      playing.take(version, endedBy: try row.integerOrNil(8))
    }
    while let played = playing.next(before: .max) { try body(played) }
  }
}

extension Ledger {
  /// The years that anything was ever said of; nil for an empty ledger.
  package static func years(in reading: some Reading) throws -> ClosedRange<Int>? {
    var years: ClosedRange<Int>?
    for source in try sources(in: reading) {
      for statement in [Statements.firstPeriod, Statements.lastPeriod] {
        guard let stored = try reading.first(statement, source, as: { try $0.integerOrNil(0) }) ?? nil else { continue }
        let year = try Int(period(stored).year)
        years = min(years?.lowerBound ?? year, year)...max(years?.upperBound ?? year, year)
      }
    }
    return years
  }
}

/// The drops that are still to be played, and what the ledger says by then.
private struct Playing {
  private var drops: ArraySlice<Drop>
  private var visible: [Unit: [Version]] = [:]
  /// Of the drop that is being read.
  private var arrived: [Version] = []
  /// By the record that ends them.
  private var ending: [RecordSequence: [Version]] = [:]

  init(_ drops: [Drop]) { self.drops = drops[...] }

  var isOver: Bool { drops.isEmpty }

  /// A version of the first of the drops, or of one that is not played.
  mutating func take(_ version: Version, endedBy record: RecordSequence?) {
    guard drops.first?.id == version.drop else { return }
    arrived.append(version)
    if let record { ending[record, default: []].append(version) }
  }

  /// The first drop, once all its versions have been read.
  mutating func next(before drop: DropID) -> PlayedDrop? {
    guard let first = drops.first, first.id < drop else { return nil }
    drops.removeFirst()
    let ended = ending.removeValue(forKey: first.record) ?? []
    for version in ended { visible[version.unit]?.removeAll { $0.id == version.id } }
    for version in arrived { visible[version.unit, default: []].append(version) }
    let touched = Set(ended.map(\.unit))
    var versions = arrived.filter { !touched.contains($0.unit) }
    for unit in touched { versions += visible[unit] ?? [] }
    arrived = []
    return PlayedDrop(drop: first, touched: Array(touched), versions: versions.sorted { $0.id < $1.id })
  }
}
