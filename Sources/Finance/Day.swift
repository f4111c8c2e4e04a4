/// A calendar day, as days since 1970-01-01 in the proleptic Gregorian calendar.
@frozen
package struct Day: Hashable, Comparable, Sendable {
  package var daysSince1970: Int32
  @inlinable package init(daysSince1970: Int32) { self.daysSince1970 = daysSince1970 }
  @inlinable package static func < (left: Day, right: Day) -> Bool { left.daysSince1970 < right.daysSince1970 }
}

extension Day {
  /// nil where there is no such day (31 February) and outside the years 1 to 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Day.length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  // Days are counted in eras of 400 years that begin on 1 March of year 0, so that the leap day is the last of its
  // year: Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil and civil_from_days.
  init(unchecked year: Int, _ month: Int, _ day: Int) {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(daysSince1970: Int32(era * 146_097 + dayOfEra - 719_468))
  }

  package var civil: (year: Int, month: Int, day: Int) {
    let days = Int(daysSince1970) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// 1 (Monday) to 7 (Sunday).
  package var weekday: Int {
    let sinceMonday = (Int(daysSince1970) + 3) % 7
    return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
  }

  package func advanced(days: Int) -> Day { Day(daysSince1970: daysSince1970 + Int32(days)) }
}

// MARK: - ISO 8601

extension Day: CustomStringConvertible {
  /// `2014-03-31`
  package var description: String {
    let (year, month, day) = civil
    return "\(Decimals.padded(year, to: 4))-\(Decimals.padded(month, to: 2))-\(Decimals.padded(day, to: 2))"
  }

  /// Reads `2014-03-31` and nothing looser.
  package init?(iso text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, let year = Decimals.number(parts[0], digits: 4...4),
      let month = Decimals.number(parts[1], digits: 2...2), let day = Decimals.number(parts[2], digits: 2...2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}
