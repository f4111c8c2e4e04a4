import Finance

/// The periods of the columns: whole financial years, fourteen slots a year (M0 to M13), oldest first.
struct PeriodAxis: Equatable {
  static let slotsInYear = 14

  let firstYear: Int
  let years: Int

  init(years: ClosedRange<Int>) {
    firstYear = years.lowerBound
    self.years = years.count
  }

  var lastYear: Int { firstYear + years - 1 }
  /// How many slots.
  var width: Int { years * PeriodAxis.slotsInYear }
  var slots: Range<Int> { 0..<width }

  /// May lie outside the axis.
  func slot(_ period: Period) -> Int { (Int(period.year) - firstYear) * PeriodAxis.slotsInYear + Int(period.month) }
  func period(_ slot: Int) -> Period {
    Period(year: firstYear + slot / PeriodAxis.slotsInYear, month: slot % PeriodAxis.slotsInYear)
  }
  func contains(year: Int) -> Bool { (firstYear..<firstYear + years).contains(year) }
  /// The slots of the year that a slot is in.
  func yearSlots(of slot: Int) -> Range<Int> {
    let start = slot / PeriodAxis.slotsInYear * PeriodAxis.slotsInYear
    return start..<start + PeriodAxis.slotsInYear
  }
  func slots(ofYear year: Int) -> Range<Int> { yearSlots(of: (year - firstYear) * PeriodAxis.slotsInYear) }

  /// The end of what is reached from before a slot's end by so many months; generously, over the year's end.
  func slot(monthsAfter end: Int, _ months: Int) -> Int {
    min(width, end + months + 2 * (months / 12 + 1))
  }

  /// The slots of a span that is open where a period is nil.
  func slots(from: Period?, to: Period?) -> Range<Int> {
    let start = from.map { min(max(slot($0), 0), width) } ?? 0
    let end = to.map { min(max(slot($0) + 1, 0), width) } ?? width
    return start..<max(start, end)
  }

  // MARK: Where a value of another time is read

  /// For each slot the slot that is read for it.
  struct Shift {
    /// Not on the axis.
    static let missing: Int32 = -1
    /// The other side of the year's start, for a figure of the whole year.
    static let undefined: Int32 = -2
    let sources: [Int32]

    /// The slots that read any of these.
    func readers(of slots: Range<Int>) -> Range<Int>? {
      var found: Range<Int>?
      for (slot, source) in sources.enumerated() where slots.contains(Int(source)) {
        found = (found?.lowerBound ?? slot)..<slot + 1
      }
      return found
    }
  }

  func earlier(months: Int, staysInYear: Bool) -> Shift {
    Shift(
      sources: slots.map { slot in
        let source = self.slot(period(slot).advanced(months: -months))
        if staysInYear && !yearSlots(of: slot).contains(source) { return Shift.undefined }
        return source >= 0 ? Int32(source) : Shift.missing
      })
  }

  var fromLastYear: Shift {
    Shift(sources: slots.map { $0 >= PeriodAxis.slotsInYear ? Int32($0 - PeriodAxis.slotsInYear) : Shift.missing })
  }
}
