import Finance
import Foundation
import Hashing
package import Storage

/// Something in the ledger that is not what was written.
package struct LedgerFinding: Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Hashable, Sendable {
    case pages, series, version, visibility, drop, due, record, archive
  }

  package var kind: Kind
  /// The number of the series, version, drop or record; nil for pages.
  package var id: Int64?
  package var words: String

  package var description: String { words }
}

extension Ledger {
  /// Looks at everything: SQLite's own checks, each checksum, what each drop put in against the record of it, visibility
  /// and the chain. No findings mean a good ledger.
  ///
  /// - Parameters:
  ///   - heads: heads of the record kept outside.
  ///   - archive: where to look for the drops' bytes; they are not looked for in nil.
  package static func verify(against heads: [RecordHead] = [], archive: Archive? = nil, in reading: some Reading) throws
    -> [LedgerFinding]
  {
    var findings = try reading.integrityProblems().map {
      LedgerFinding(kind: .pages, id: nil, words: "The database file is damaged: \($0)")
    }
    findings += try seriesAndVersions(in: reading)
    findings += try visibility(in: reading)
    findings += try drops(archive, in: reading)
    findings += try dueReturns(in: reading)
    if let fault = try Record.verify(against: heads, in: reading) {
      findings.append(LedgerFinding(kind: .record, id: fault.sequence, words: "\(fault)"))
    }
    return findings
  }

  private static func seriesAndVersions(in reading: some Reading) throws -> [LedgerFinding] {
    var findings: [LedgerFinding] = []
    try reading.forEach(Statements.allSeries) { row in
      let (id, measure, members) = (try row.integer(0), try row.text(1), try row.text(2))
      let sum = SeriesDictionary.checksum(id: id, measure: measure, members: members, drop: try row.integer(3))
      if try row.bytes(4) != sum {
        findings.append(
          LedgerFinding(kind: .series, id: id, words: "Series \(id) (\(measure) \(members)) was changed"))
      }
    }
    try reading.forEach(Statements.allVersions) { row in
      do {
        _ = try Version(StoredVersion(row))
      } catch let error as StorageError {
        findings.append(LedgerFinding(kind: .version, id: try row.integer(0), words: error.message))
      }
    }
    try reading.forEach(Statements.allLines) { row in
      do {
        _ = try StoredLines(row).unpacked()
      } catch let error as StorageError {
        findings.append(LedgerFinding(kind: .version, id: try row.integer(0), words: error.message))
      }
    }
    return findings
  }

  private static func visibility(in reading: some Reading) throws -> [LedgerFinding] {
    try reading.all(Statements.shownAtAnotherRecord) { row in
      let id = try row.integer(0)
      return LedgerFinding(
        kind: .visibility, id: id, words: "Version \(id) is not visible from the record of its drop on")
    }
      + reading.all(Statements.endedByNoDrop) { row in
        let (id, until) = (try row.integer(0), try row.integer(1))
        return LedgerFinding(
          kind: .visibility, id: id, words: "Version \(id) ends at record \(until), which is not of a drop")
      }
  }

  /// Each drop against the record of it, which is where a changed row and its changed checksum show.
  private static func drops(_ archive: Archive?, in reading: some Reading) throws -> [LedgerFinding] {
    var findings: [LedgerFinding] = []
    for drop in try reading.all(Statements.allDrops, as: Drop.init) {
      func find(_ kind: LedgerFinding.Kind, _ words: String) {
        findings.append(
          LedgerFinding(kind: kind, id: drop.id, words: "Drop \(drop.id) (\(drop.arrival.name)) \(words)"))
      }
      if let archive, drop.outcome == .accepted, try !archive.isWhole(drop.arrival.sha256) {
        find(.archive, "is missing from the archive, or its bytes were changed")
      }
      guard let entry = try Record.entry(drop.record, in: reading), entry.kind == "drop \(drop.outcome.rawValue)" else {
        find(.drop, "is not in the record")
        continue
      }
      // A purged payload leaves nothing to hold it against.
      guard let payload = entry.payload else { continue }
      guard let recorded = try? JSONDecoder().decode(DropEntry.self, from: Data(payload)) else {
        find(.drop, "cannot be read in record \(drop.record)")
        continue
      }
      if DropEntry(drop, figures: recorded.figures) != recorded {
        find(.drop, "is not as record \(drop.record) tells it")
      }
      if drop.outcome == .accepted, try figuresHash(of: drop, in: reading) != recorded.figures?.hash {
        find(.drop, "put other figures into the ledger than are there now")
      }
    }
    return findings
  }

  /// What was due against the record of it.
  private static func dueReturns(in reading: some Reading) throws -> [LedgerFinding] {
    try due(in: reading).compactMap { due in
      let entry = try Record.entry(due.record, in: reading)
      let isPurged = entry?.kind == dueKind && entry?.payload == nil
      let recorded = entry?.payload.flatMap { try? JSONDecoder().decode(DueEntry.self, from: Data($0)) }
      guard !isPurged, recorded != DueEntry(due) else { return nil }
      return LedgerFinding(
        kind: .due, id: due.record, words: "What was due of \(due.source) is not as record \(due.record) tells it")
    }
  }

  /// As T1 made it, from what is in the tables now.
  private static func figuresHash(of drop: Drop, in reading: some Reading) throws -> String {
    var hash = FiguresHash()
    let series = try reading.all(Statements.checksumsOfSeries, drop.id) { row in try row.bytes(0) }
    let versions = try reading.all(Statements.checksumsOfVersions, drop.id) { row in try row.bytes(0) }
    let lines = try reading.all(Statements.checksumsOfLines, drop.id) { row in try row.bytes(0) }
    for checksum in series + versions + lines { hash.include(checksum) }
    let ended = try reading.all(Statements.ended, drop.record) { row in try row.integer(0) }
    for version in ended { hash.include(ended: version) }
    return hexadecimal(hash.finish())
  }
}
