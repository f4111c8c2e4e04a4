import Diagnostics
import Foundation

/// JSON as it leaves the house: keys sorted, so that equal values give equal bytes, and characters that move a cursor,
/// change direction or cannot be seen written as `\uXXXX`, so that a terminal or a log viewer shows what is there.
enum JSONBytes {
  static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return escapingHazards(String(decoding: try encoder.encode(value), as: UTF8.self))
    } catch {
      preconditionFailure("texts and whole numbers have no value that JSON cannot hold: \(error)")
    }
  }

  /// JSON's own syntax is ASCII, so a hazardous character can only stand inside a string.
  private static func escapingHazards(_ text: String) -> [UInt8] {
    guard text.unicodeScalars.contains(where: \.isHazardous) else { return Array(text.utf8) }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar.isHazardous {
        for unit in UTF16.encode(scalar)! {
          let digits = String(unit, radix: 16)
          bytes += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
        }
      } else {
        bytes += Array(UTF8.encode(scalar)!)
      }
    }
    return bytes
  }
}
