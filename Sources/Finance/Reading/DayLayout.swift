extension Day {
  /// The form in which the dates of a column are written: `dd/MM/yyyy`, `dd-MMM-yy`, `serial` (see `DatePattern`).
  /// Which of two forms an ambiguous column has is for its source to declare; nothing is guessed here.
  package struct Layout: Hashable, Sendable {
    private let pattern: DatePattern

    package init(_ pattern: String) throws(LayoutProblem) {
      self.pattern = try DatePattern(pattern)
      guard self.pattern.isWholeDate, !self.pattern.has(.quarter), !self.pattern.hasFinancialYear else {
        throw LayoutProblem(pattern: pattern, reason: "is not the form of a date: it needs a day, a month and a year")
      }
    }

    /// As it was declared: `dd/MM/yyyy`.
    package var text: String { pattern.pattern }

    /// `field` is UTF-8, without the quotes of its file.
    package func read(_ field: Span<UInt8>) throws(ReadingProblem) -> Day {
      do throws(ReadingProblem.Kind) {
        return try Day(pattern.match(field, else: .notADate))
      } catch {
        throw ReadingProblem(error, in: field, expected: "a date as \(text), such as \(pattern.example)")
      }
    }
  }

  /// Parts that a pattern of a whole date found.
  init(_ parts: DatePattern.Parts) throws(ReadingProblem.Kind) {
    if let serial = parts.serial {
      // Day 61 is 1900-03-01; below it spreadsheets count a 29 February 1900 that never was.
      guard (61...2_958_465).contains(serial) else { throw .noSuchDay }
      self.init(daysSince1970: Int32(serial - 25_569))
      return
    }
    guard let year = parts.year, let month = parts.month, let number = parts.day,
      let day = Day(year: year, month: month, day: number)
    else { throw .noSuchDay }
    self = day
  }
}
