import Diagnostics
import Finance

/// The periods that a column's values mean.
///
/// A source may allow several layouts, or none in particular: then each value strikes out the layouts that it can't be
/// read in, and the file has one once a single layout is left, or all that are left agree. A file of dates that
/// could all be d/m or m/d is refused, not guessed at.
final class PeriodKeys: KeyMeaning {
  private let layouts: [Period.Layout]
  private let calendar: FinancialCalendar
  private let isDeclared: Bool
  /// Places in `layouts` that every value so far can be read in.
  private var alive: [Int]
  /// For each value, what it is in each layout.
  private var readings: [[Period?]] = []
  private var texts: [String] = []

  init(layouts: [Period.Layout], calendar: FinancialCalendar) {
    isDeclared = !layouts.isEmpty
    self.layouts = isDeclared ? layouts : Self.common
    self.calendar = calendar
    alive = Array(self.layouts.indices)
  }

  /// What is tried where the source declares no layout.
  static let common: [Period.Layout] = [
    "yyyy-MM-dd", "d/M/yyyy", "M/d/yyyy", "d/M/yy", "M/d/yy", "d-M-yyyy", "d.M.yyyy", "d MMM yyyy", "d-MMM-yyyy",
    "d-MMM-yy", "yyyy-MM-dd HH:mm:ss", "d/M/yyyy HH:mm", "M/d/yyyy HH:mm", "yyyy-MM", "MMM-yy", "MMM yyyy", "MMM-yyyy",
    "MM yyyy-yy", "yyyy-yy MM", "MMM yyyy-yy", "Q yyyy-yy", "yyyy-yy Q", "yyyy-yy", "yyyy/yy",
  ].map { text in
    do { return try Period.Layout(text) } catch { preconditionFailure("\(error)") }
  }

  func take(_ value: String) throws(KeyFault) {
    var bytes = Array(value.utf8)
    let found = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      layouts.map { layout in unsafe try? layout.read(buffer.span, in: calendar) }
    }
    let left = alive.filter { found[$0] != nil }
    guard !left.isEmpty else { throw fault(value) }
    alive = left
    readings.append(found)
    texts.append(value)
  }

  func check(_ value: String) throws(KeyFault) { throw fault(value) }

  private func fault(_ value: String) -> KeyFault {
    var bytes = Array(value.utf8)
    let layout = layouts[alive[0]]
    do throws(ReadingProblem) {
      try unsafe bytes.withUnsafeMutableBufferPointer { buffer throws(ReadingProblem) in
        _ = unsafe try layout.read(buffer.span, in: calendar)
      }
      return KeyFault(problem: "\(Wording.quoted(value)) is not a period in the form of the rows before it")
    } catch {
      guard alive.count > 1, error.kind == .notADate || error.kind == .notAPeriod else {
        return KeyFault(problem: error.problem, expected: error.expected)
      }
      let forms = isDeclared ? alive.map { layouts[$0].text } : ["30/11/2013", "2013-11", "Nov-13", "M8 2013-14"]
      return KeyFault(
        problem: "\(Wording.quoted(value)) is not a date or period in an expected form",
        expected: (isDeclared ? "one as " : "one such as ") + Wording.list(forms, "or"))
    }
  }

  /// The period of each value, by number; or the first value that the file leaves open.
  func settled() throws(AmbiguousPeriod) -> [Period] {
    for (number, found) in readings.enumerated() {
      let possible = alive.compactMap { found[$0] }
      guard possible.allSatisfy({ $0 == possible[0] }) else {
        let other = alive.first { found[$0] != possible[0] } ?? alive[0]
        throw AmbiguousPeriod(
          code: UInt32(number), text: texts[number], layouts: [layouts[alive[0]].text, layouts[other].text])
      }
    }
    return readings.map { found in
      guard let period = found[alive[0]] else { preconditionFailure("a layout that is left reads every value") }
      return period
    }
  }
}

/// A date that two layouts read differently, and nothing in the file decides.
struct AmbiguousPeriod: Error {
  var code: UInt32
  var text: String
  var layouts: [String]
}
