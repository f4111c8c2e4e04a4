/// A word of at most 64 letters, ready to be held against many others.
///
/// Optimal string alignment (insertions, deletions, substitutions and swaps of neighbours) with a column of the matrix
/// in one machine word: Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances" (2003).
struct MisspeltWord {
  private let letters: [Unicode.Scalar]
  /// Where each letter stands in the word, a bit a place.
  private var places: [Unicode.Scalar: UInt64] = [:]
  private var asciiPlaces = [UInt64](repeating: 0, count: 128)
  /// How many letters may be wrong.
  let tolerance: Int

  /// Nil for a word without letters, or with too many.
  init?(_ word: String) {
    letters = Self.letters(of: word)
    guard !letters.isEmpty, letters.count <= Self.longest else { return nil }
    tolerance = max(1, letters.count / 3)
    for (place, letter) in letters.enumerated() {
      if letter.isASCII {
        asciiPlaces[Int(letter.value)] |= 1 << UInt64(place)
      } else {
        places[letter, default: 0] |= 1 << UInt64(place)
      }
    }
  }

  /// How far a name is from it: one more than the tolerance where the word is the name's beginning; nil where it is no
  /// near miss.
  func distance(to name: [Unicode.Scalar]) -> Int? {
    if let distance = alignment(name) {
      // A word of one or two letters is near to everything; only its case or separators may differ.
      return distance > 0 && min(letters.count, name.count) < 3 ? nil : distance
    }
    return letters.count >= 3 && name.starts(with: letters) ? tolerance + 1 : nil
  }

  private func alignment(_ name: [Unicode.Scalar]) -> Int? {
    guard abs(name.count - letters.count) <= tolerance else { return nil }
    let last: UInt64 = 1 << UInt64(letters.count - 1)
    var distance = letters.count
    // Where the matrix goes up and down by one, downwards.
    var (rises, falls) = (UInt64.max, UInt64(0))
    var (diagonal, before) = (UInt64(0), UInt64(0))
    var left = name.count
    for letter in name {
      let here = letter.isASCII ? asciiPlaces[Int(letter.value)] : places[letter] ?? 0
      let swapped = ((~diagonal & here) << 1) & before
      diagonal = (((here & rises) &+ rises) ^ rises) | here | falls | swapped
      var (risesAcross, fallsAcross) = (falls | ~(diagonal | rises), diagonal & rises)
      if risesAcross & last != 0 { distance += 1 }
      if fallsAcross & last != 0 { distance -= 1 }
      left -= 1
      // It falls by one a letter at most.
      if distance - left > tolerance { return nil }
      (risesAcross, fallsAcross) = (risesAcross << 1 | 1, fallsAcross << 1)
      (rises, falls) = (fallsAcross | ~(diagonal | risesAcross), risesAcross & diagonal)
      before = here
    }
    return distance
  }

  /// Without what does not count. A prefix bounds the work on a hostile word; one letter more than may be is enough to
  /// refuse it.
  static func letters(of word: String) -> [Unicode.Scalar] {
    let start = word.unicodeScalars.prefix(longest + 1)
    guard start.allSatisfy(\.isASCII) else {
      return String(String.UnicodeScalarView(start)).lowercased().unicodeScalars.filter {
        !"-_ ".unicodeScalars.contains($0)
      }
    }
    var letters: [Unicode.Scalar] = []
    letters.reserveCapacity(start.count)
    for scalar in start where scalar != "-" && scalar != "_" && scalar != " " {
      letters.append(("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
    }
    return letters
  }

  private static let longest = 64
}
