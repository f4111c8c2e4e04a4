package import Finance

/// A row of `drops`, counted from 1 in the order in which they were decided.
package typealias DropID = Int64
/// A row of `version`, counted from 1.
package typealias VersionID = Int64
/// A series of the ledger as a whole, counted from 1; the ids in a `DropContents` are the drop's own.
package typealias SeriesID = UInt32
/// A row of the record, counted from 1: the ledger's own time, which never goes back.
package typealias RecordSequence = Int64

/// What a version speaks of, and a later one restates.
package struct Unit: Hashable, Sendable {
  package var source: String
  package var organisation: String
  package var period: Period

  package init(source: String, organisation: String, period: Period) {
    self.source = source
    self.organisation = organisation
    self.period = period
  }
}

extension Period {
  /// As stored: 201305 for M5 of the year that starts in 2013. Readable in SQL, and in the order of the periods.
  var stored: Int64 { Int64(year) * 100 + Int64(month) }

  /// nil for a number that is no period.
  init?(stored number: Int64) {
    let (year, month) = number.quotientAndRemainder(dividingBy: 100)
    guard (0...13).contains(month), (0...9999).contains(year) else { return nil }
    self.init(year: Int(year), month: Int(month))
  }
}
