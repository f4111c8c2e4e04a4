/// Whether something that is no number looks like a date, so that a shifted column is named for what it is.
enum DateLook {
  static func isDate(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard text.count <= 32 else { return false }
    let parts = text.split { "/-. :T".unicodeScalars.contains($0) }.prefix(7)
    let named = parts.count { Month.named($0) != nil }
    let lengths = parts.map { part in part.allSatisfy { NumberText.digit($0) != nil } ? part.count : 0 }
    if named == 1 {
      return (2...3).contains(parts.count)
        && zip(parts, lengths).allSatisfy { part, length in
          Month.named(part) != nil || length == 1 || length == 2 || length == 4
        }
    }
    // 31/03/2014, 2014-03-31, with or without a time of day; 2014-03
    if lengths == [4, 2] { return !text.contains(".") }
    guard lengths.count >= 3, lengths.allSatisfy({ $0 > 0 }), lengths[1] <= 2 else { return false }
    return lengths[0] == 4 ? lengths[2] <= 2 : lengths[0] <= 2 && (lengths[2] == 2 || lengths[2] == 4)
  }
}

/// English names of months, whole or cut to three letters (and `Sept`).
enum Month {
  static let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// 1 to 12.
  static func named(_ letters: some Collection<Unicode.Scalar>) -> Int? {
    guard (3...9).contains(letters.count) else { return nil }
    let word = String(String.UnicodeScalarView(letters)).lowercased()
    let index = names.firstIndex { name in
      let name = name.lowercased()
      return word == name || word == name.prefix(3) || (word == "sept" && name == "september")
    }
    return index.map { $0 + 1 }
  }
}
