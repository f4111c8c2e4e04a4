import Diagnostics

/// A length of time as a configuration states it: so many seconds, or so many working days of the calendar.
package enum Interval: Hashable, Sendable {
  case elapsed(Duration)
  case workingDays(Int)
}

extension SettingsNode {
  /// `30s`, `2m`, `12 h`, `1h 30m`, `500ms`, `2 days`.
  package func duration(in range: ClosedRange<Duration> = .zero ... .seconds(400 * 86_400)) -> Duration? {
    guard let word = text() else { return nil }
    guard let duration = Duration(written: word) else { return notADuration(word) }
    guard range.contains(duration) else { return outOfRange(duration < range.lowerBound, range, \.written) }
    return duration
  }

  /// A duration or `5 working days`, between the words that the setting is written with: `every 5 working days`,
  /// `12 working days after period end`.
  ///
  /// - Parameters:
  ///   - before: a word that may stand before it.
  ///   - after: words that have to stand after it.
  package func interval(before: String? = nil, after: String? = nil) -> Interval? {
    guard let written = text() else { return nil }
    var words = written.split(separator: " ")[...]
    if let before, words.first?.elementsEqual(before) == true { words.removeFirst() }
    if let after {
      let ending = after.split(separator: " ")
      guard words.suffix(ending.count).elementsEqual(ending) else {
        return refuse(
          "\(Wording.quoted(written)) lacks the words “\(after)”", fix: "write it like 5 working days \(after)")
      }
      words.removeLast(ending.count)
    }
    if words.count == 3, words.dropFirst().elementsEqual(["working", words.first == "1" ? "day" : "days"]) {
      guard let days = words.first.flatMap({ Int($0) }), days >= 0 else { return notADuration(written) }
      guard days <= 400 else { return refuse("this has to be at most 400 working days", .outOfRange) }
      return .workingDays(days)
    }
    guard let duration = Duration(written: words.joined(separator: " ")) else { return notADuration(written) }
    return .elapsed(duration)
  }

  private func notADuration<Value>(_ word: String) -> Value? {
    let hint =
      word.allSatisfy(\.isNumber) && !word.isEmpty
      ? "say of what: \(word.prefix(12))s, \(word.prefix(12))m or \(word.prefix(12))h" : nil
    return refuse(
      "\(Wording.quoted(word)) is not a length of time", fix: hint ?? "write it like 30s, 2m, 12h or 2 days")
  }
}

extension Duration {
  /// Parts with units, largest first: `1h 30m`. Nil where it is none, or is over a hundred years.
  init?(written: String) {
    var rest = written[...]
    var total = Duration.zero
    var lastUnit: Duration?
    repeat {
      rest = rest.drop { $0 == " " }
      let number = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest[number.endIndex...].drop { $0 == " " }
      let name = rest.prefix { $0.isLetter }
      rest = rest[name.endIndex...]
      guard let count = Int(number), count <= 3_200_000_000, let unit = units[String(name)], unit < lastUnit ?? .maximal
      else { return nil }
      total += unit * count
      lastUnit = unit
    } while !rest.allSatisfy { $0 == " " }
    guard total <= .maximal else { return nil }
    self = total
  }

  /// `90s` → `1m 30s`.
  package var written: String {
    var seconds = components.seconds
    let milliseconds = components.attoseconds / 1_000_000_000_000_000
    var parts: [String] = []
    for (unit, length) in [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)] as [(String, Int64)] where seconds >= length
    {
      parts.append("\(seconds / length)\(unit)")
      seconds %= length
    }
    if milliseconds > 0 { parts.append("\(milliseconds)ms") }
    return parts.isEmpty ? "0s" : parts.joined(separator: " ")
  }

  private static let maximal = Duration.seconds(100 * 366 * 86_400)
}

private let units: [String: Duration] = [
  "ms": .milliseconds(1),
  "s": .seconds(1), "sec": .seconds(1), "second": .seconds(1), "seconds": .seconds(1),
  "m": .seconds(60), "min": .seconds(60), "minute": .seconds(60), "minutes": .seconds(60),
  "h": .seconds(3600), "hour": .seconds(3600), "hours": .seconds(3600),
  "d": .seconds(86_400), "day": .seconds(86_400), "days": .seconds(86_400),
  "w": .seconds(604_800), "week": .seconds(604_800), "weeks": .seconds(604_800),
]
