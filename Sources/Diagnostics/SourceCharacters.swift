/// The characters of a stretch of source, each with the bytes it came from, as they can be shown on a terminal.
///
/// Good UTF-8 goes by what a person calls a character; broken UTF-8 is tolerated, each bad byte shown as `\xNN`.
struct SourceCharacters {
  struct Piece {
    /// Of the source.
    var bytes: Range<Int>
    /// Safe to print: tabs are spaces, control and direction characters are escaped.
    var shown: String
    /// In terminal cells.
    var width: Int
  }

  private(set) var pieces: [Piece] = []
  var count: Int { pieces.count }

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var rest = range
    while !rest.isEmpty {
      let (good, bad) = Self.goodUTF8(bytes[rest])
      append(good)
      for index in good.endIndex..<good.endIndex + bad {
        let shown = "\\x" + hexadecimal(bytes[index], digits: 2)
        pieces.append(Piece(bytes: index..<index + 1, shown: shown, width: shown.count))
      }
      rest = good.endIndex + bad..<range.upperBound
    }
  }

  private mutating func append(_ good: ArraySlice<UInt8>) {
    var offset = good.startIndex
    for character in String(decoding: good, as: UTF8.self) {
      let shown = character == "\t" ? tabShown : String(character).printable
      let length = character.utf8.count
      pieces.append(Piece(bytes: offset..<offset + length, shown: shown, width: shown.terminalWidth))
      offset += length
    }
  }

  /// The good UTF-8 that the stretch begins with, and how many bad bytes follow it.
  private static func goodUTF8(_ stretch: ArraySlice<UInt8>) -> (good: ArraySlice<UInt8>, bad: Int) {
    if String(validating: stretch, as: UTF8.self) != nil { return (stretch, 0) }
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = stretch.makeIterator()
    var end = stretch.startIndex
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded): end += encoded.count
      case .error(let length): return (stretch[..<end], length)
      case .emptyInput: return (stretch[..<end], 0)
      }
    }
  }
}

/// As wide wherever it stands, so that an underline fits without knowing the terminal's tab stops.
private let tabShown = "    "
