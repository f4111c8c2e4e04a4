/// Which file names are meant: `*` is anything but a folder, `?` one character; case counts.
package struct NamePattern: Hashable, Sendable {
  package let text: String
  package init(_ text: String) { self.text = text }

  /// How many folders down it looks: 0 or more.
  package var depth: Int { text.utf8.count { $0 == UInt8(ascii: "/") } }

  package func matches(_ path: String) -> Bool {
    Self.matches(Array(path.unicodeScalars)[...], Array(text.unicodeScalars)[...])
  }

  private static func matches(_ name: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
    var name = name
    var pattern = pattern
    /// Where to go on after the last star: what it has taken grows by one.
    var retry: (name: ArraySlice<Unicode.Scalar>, pattern: ArraySlice<Unicode.Scalar>)?
    while true {
      if pattern.first == "*" {
        pattern = pattern.dropFirst()
        retry = (name, pattern)
      } else if let wanted = pattern.first, let found = name.first, wanted == found || wanted == "?" && found != "/" {
        name = name.dropFirst()
        pattern = pattern.dropFirst()
      } else if name.isEmpty && pattern.isEmpty {
        return true
      } else if let last = retry, let taken = last.name.first, taken != "/" {
        name = last.name.dropFirst()
        pattern = last.pattern
        retry = (name, pattern)
      } else {
        return false
      }
    }
  }
}

/// A file name of which one part, in braces, says something: in `SEL {MM} - *` the two figures after `SEL `.
package struct NameTemplate: Hashable, Sendable {
  package let text: String
  let before: NamePattern
  package let part: String
  let after: NamePattern

  /// nil unless there is exactly one part in braces.
  package init?(_ text: String) {
    let pieces = text.split(separator: "{", omittingEmptySubsequences: false)
    guard pieces.count == 2 else { return nil }
    let rest = pieces[1].split(separator: "}", omittingEmptySubsequences: false)
    guard rest.count == 2 else { return nil }
    self.text = text
    before = NamePattern(String(pieces[0]))
    part = String(rest[0])
    after = NamePattern(String(rest[1]))
  }

  /// The texts that the part could stand for, shortest first: whoever reads them takes the first that it understands.
  package func candidates(in name: String) -> [String] {
    let letters = Array(name)
    guard letters.count <= 255 else { return [] }
    var found: [String] = []
    for length in 1...max(1, letters.count) {
      for start in 0...max(0, letters.count - length) where start + length <= letters.count {
        if before.matches(String(letters[..<start])) && after.matches(String(letters[(start + length)...])) {
          found.append(String(letters[start..<start + length]))
        }
      }
    }
    return found
  }
}
