import Diagnostics
import Finance
import Settings
import Storage

/// The days that are no working days beside Saturdays and Sundays: dates as the configuration lists them, or those of an
/// iCalendar file (RFC 5545), as governments publish their bank holidays.
enum Holidays {
  private static let largestFile = 4 << 20
  private static let longestEvent = 31

  /// Reads `holidays:`; nil where something in it can't be read.
  static func read(_ node: SettingsNode, resolve: (String) -> String) -> Set<Day>? {
    if case .text(let text, _) = node.content, Day(iso: text) == nil { return file(resolve(text), node) }
    let days = node.list { item -> Day? in
      guard let text = item.text() else { return nil }
      return Day(iso: text)
        ?? item.refuse(
          "\(Wording.quoted(text)) is not a date", fix: "holidays: [2026-12-25, 2026-12-28], or an .ics file")
    }
    return days.map(Set.init)
  }

  private static func file(_ path: String, _ node: SettingsNode) -> Set<Day>? {
    do {
      let bytes = try Files.contents(path, limit: largestFile)
      return try days(ofCalendar: String(decoding: bytes, as: UTF8.self))
    } catch let failure as Unreadable {
      return node.refuse(
        "the holidays in \(path.printable) can't be read: \(failure.why)",
        fix: "list them: holidays: [2026-12-25, 2026-12-28]")
    } catch {
      return node.refuse(
        "the file of holidays can't be read: \(error)", fix: "holidays: [2026-12-25], or the name of an .ics file")
    }
  }

  struct Unreadable: Error { var why: String }

  /// The days of a calendar's events, each from its first to the day before its end.
  static func days(ofCalendar text: String) throws(Unreadable) -> Set<Day> {
    var days: Set<Day> = []
    var event: (start: Day?, end: Day?)?
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...]
      switch line[..<colon].prefix(while: { $0 != ";" }).uppercased() {
      case "BEGIN" where value.uppercased() == "VEVENT": event = (nil, nil)
      case "DTSTART" where event != nil: event?.start = try day(value, number)
      case "DTEND" where event != nil: event?.end = try day(value, number)
      case "RRULE" where event != nil:
        throw Unreadable(why: "line \(number) has an event that repeats, and only single days are taken")
      case "END" where value.uppercased() == "VEVENT":
        guard let start = event?.start else {
          throw Unreadable(why: "the event that ends in line \(number) has no day")
        }
        let end = event?.end ?? start.advanced(days: 1)
        guard end <= start.advanced(days: longestEvent) else {
          throw Unreadable(why: "the event that ends in line \(number) is longer than \(longestEvent) days")
        }
        var day = start
        repeat {
          days.insert(day)
          day = day.advanced(days: 1)
        } while day < end
        event = nil
      default: break
      }
    }
    guard !days.isEmpty else { throw Unreadable(why: "there is no event in it; it has to be an iCalendar file (.ics)") }
    return days
  }

  /// `20261225`, with or without a time of day after it.
  private static func day(_ value: Substring, _ line: Int) throws(Unreadable) -> Day {
    let digits = Array(value.prefix(8))
    let parts = [digits.prefix(4), digits.dropFirst(4).prefix(2), digits.dropFirst(6)].map { Int(String($0)) }
    guard digits.count == 8, digits.allSatisfy(\.isNumber), let year = parts[0], let month = parts[1],
      let number = parts[2], let day = Day(year: year, month: month, day: number)
    else { throw Unreadable(why: "line \(line) has no date of the form 20261225") }
    return day
  }
}
