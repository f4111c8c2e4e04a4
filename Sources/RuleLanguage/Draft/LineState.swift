/// What kind of text a place on a line lies in: code, a text between quotation marks, a hole of one, or a comment.
enum LineState: Equatable {
  case code
  case comment
  /// With the first byte behind the quotation mark.
  case text(from: Int)
  /// With the first byte behind the brace.
  case hole(from: Int)
  /// A text inside a hole; the bytes behind its quotation mark and behind the hole's brace.
  case textInHole(from: Int, hole: Int)

  /// At `offset` of `bytes`. Texts end with their line, so what stands before the line does not matter.
  init(at offset: Int, of bytes: [UInt8]) {
    var index = (bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    self = .code
    while index < offset {
      let byte = bytes[index]
      let isDoubled = index + 1 < offset && bytes[index + 1] == byte
      switch (self, byte) {
      case (.code, UInt8(ascii: "#")): self = .comment
      case (.code, UInt8(ascii: "\"")): self = .text(from: index + 1)
      case (.text, UInt8(ascii: "\"")): self = .code
      case (.text, UInt8(ascii: "{")) where isDoubled: index += 1
      case (.text, UInt8(ascii: "{")): self = .hole(from: index + 1)
      case (.hole(let hole), UInt8(ascii: "\"")): self = .textInHole(from: index + 1, hole: hole)
      case (.hole, UInt8(ascii: "}")):
        // The text that the hole stands in goes on; where it began does not matter any more.
        self = .text(from: index + 1)
      case (.textInHole(_, let hole), UInt8(ascii: "\"")): self = .hole(from: hole)
      default: break
      }
      index += 1
    }
  }
}
