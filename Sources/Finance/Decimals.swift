/// Whole numbers to and from plain digits.
enum Decimals {
  static func padded(_ number: some BinaryInteger, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// `1,234,567`
  static func separated(_ number: UInt128) -> String {
    let digits = Array(number.description)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// 0 to 38.
  static func powerOfTen(_ exponent: Int) -> Int128 {
    precondition((0...38).contains(exponent), "a power of ten of 128 bits")
    return (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// A run of ASCII digits of an allowed length, and nothing else.
  static func number(_ bytes: some Collection<UInt8>, digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(bytes.count) else { return nil }
    var value = 0
    for byte in bytes {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}
