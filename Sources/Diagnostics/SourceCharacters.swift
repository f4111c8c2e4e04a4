/// The characters of a stretch of source, each with the bytes it came from, as they can be shown on a terminal.
///
/// A stretch of good UTF-8 goes by what a person calls a character; broken UTF-8 is tolerated scalar by scalar, each
/// bad byte shown as `\xNN`.
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
    let stretch = bytes[range]
    if let text = String(validating: stretch, as: UTF8.self) {
      var offset = range.lowerBound
      for character in text {
        append(character, offset..<offset + character.utf8.count)
        offset += character.utf8.count
      }
    } else {
      appendBroken(stretch)
    }
  }

  private mutating func append(_ character: Character, _ bytes: Range<Int>) {
    let shown = character == "\t" ? tabShown : String(character).printable
    pieces.append(Piece(bytes: bytes, shown: shown, width: shown.terminalWidth))
  }

  private mutating func appendBroken(_ stretch: ArraySlice<UInt8>) {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = stretch.makeIterator()
    var offset = stretch.startIndex
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        append(Character(Unicode.UTF8.decode(encoded)), offset..<offset + encoded.count)
        offset += encoded.count
      case .error(let length):
        let shown = stretch[offset..<offset + length].map { "\\x" + hexadecimal($0, digits: 2) }.joined()
        pieces.append(Piece(bytes: offset..<offset + length, shown: shown, width: shown.count))
        offset += length
      case .emptyInput:
        return
      }
    }
  }
}

/// As wide wherever it stands, so that an underline fits without knowing the terminal's tab stops.
private let tabShown = "    "
