import Diagnostics

extension SettingsNode {
  /// The text as written; a number or a word such as `NO` is text too.
  package func text() -> String? {
    switch content {
    case .text(let text, _): text
    case .empty: refuse("a value is missing here", .wrongKind)
    case .list, .mapping: wrongKind(expected: "a text")
    }
  }

  /// A text with at least one letter.
  package func nonEmptyText() -> String? {
    guard let text = text() else { return nil }
    return text.isEmpty ? refuse("this can't be empty") : text
  }

  /// One of the words that an enumeration stands for.
  package func choice<Choice: CaseIterable & RawRepresentable<String>>(_ type: Choice.Type = Choice.self) -> Choice? {
    guard let word = text() else { return nil }
    if let choice = Choice(rawValue: word) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    return refuse(
      "\(Wording.quoted(word)) is not one of the choices here", label: "expected " + Wording.list(words, "or"),
      fix: Suggestion.question(word, among: words))
  }

  /// `true` or `false`. What YAML elsewhere takes for them (`yes`, `on`, `NO`) is an error that says so.
  package func boolean() -> Bool? {
    guard let word = text() else { return nil }
    switch word {
    case "true": return true
    case "false": return false
    default:
      let meant = ["yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"]
      let guess = ["true", "false"].first { $0 == word.lowercased() } ?? meant[word.lowercased()]
      return refuse("\(Wording.quoted(word)) is neither true nor false", fix: guess ?? "write true or false")
    }
  }

  /// A whole number in decimal digits.
  package func integer(in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
    guard let word = text() else { return nil }
    guard let number = word.wholeNumber else {
      return refuse("\(Wording.quoted(word)) is not a whole number")
    }
    guard range.contains(number) else { return outOfRange(number < range.lowerBound, range) { "\($0)" } }
    return number
  }

  /// `512`, `64 kB`, `1.5 GB`, `256 KiB`: a number of bytes (kB is 1,000, KiB 1,024).
  package func byteSize(in range: ClosedRange<Int> = 0...Int.max) -> Int? {
    guard let word = text() else { return nil }
    guard let (digits, unit) = word.measured, let factor = byteUnits[unit.lowercased()],
      let bytes = digits.times(factor)
    else {
      return refuse("\(Wording.quoted(word)) is not a size", fix: "write it like 64 MB, 256 KiB or 512")
    }
    guard range.contains(bytes) else { return outOfRange(bytes < range.lowerBound, range) { "\($0) bytes" } }
    return bytes
  }

  func outOfRange<Bound: Comparable, Value>(
    _ isBelow: Bool, _ range: ClosedRange<Bound>, _ name: (Bound) -> String
  ) -> Value? {
    let bound = isBelow ? "at least \(name(range.lowerBound))" : "at most \(name(range.upperBound))"
    return refuse("this has to be \(bound)", .outOfRange, label: bound)
  }
}

private let byteUnits: [String: Int] = [
  "": 1, "b": 1, "byte": 1, "bytes": 1, "kb": 1000, "mb": 1_000_000, "gb": 1_000_000_000, "tb": 1_000_000_000_000,
  "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
]

extension String {
  /// Decimal digits, with a sign perhaps; a leading zero is refused because elsewhere it means octal.
  fileprivate var wholeNumber: Int? {
    let digits = hasPrefix("-") ? dropFirst() : self[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      digits.count == 1 || digits.first != "0"
    else { return nil }
    return Int(self)
  }

  /// A decimal number and the unit after it: `1.5 GB` → (1.5, `GB`).
  var measured: (Digits, unit: String)? {
    let number = prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard let digits = Digits(number) else { return nil }
    return (digits, String(self[number.endIndex...].drop { $0 == " " }))
  }
}

/// An exact decimal of at most six places, such as the 1.5 of `1.5 GB`.
struct Digits {
  private let millionths: Int

  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, let whole = Int(first), whole >= 0 else { return nil }
    let decimals = parts.count == 2 ? String(parts[1]) : "0"
    guard !decimals.isEmpty, decimals.count <= 6, decimals.allSatisfy(\.isNumber),
      let fraction = Int(decimals + String(repeating: "0", count: 6 - decimals.count))
    else { return nil }
    let (scaled, overflow) = whole.multipliedReportingOverflow(by: 1_000_000)
    guard !overflow else { return nil }
    let (sum, overflows) = scaled.addingReportingOverflow(fraction)
    guard !overflows else { return nil }
    millionths = sum
  }

  /// Nil where the product is no whole number or too large.
  func times(_ factor: Int) -> Int? {
    let (high, low) = millionths.multipliedFullWidth(by: factor)
    guard high < 1_000_000 else { return nil }
    let (quotient, remainder) = 1_000_000.dividingFullWidth((high, low))
    return remainder == 0 ? quotient : nil
  }
}
