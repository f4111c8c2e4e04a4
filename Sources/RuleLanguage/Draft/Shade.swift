package import Diagnostics

/// A stretch of a rule file and what sort of thing stands there, before anything is known of names: what an editor colours.
package struct Shade: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A keyword or a name.
    case word(String)
    /// A number with its unit, a period, a date.
    case figure
    /// A text, or the part of one before, between or behind its holes.
    case text
    case sign
    case comment
  }

  package var kind: Kind
  package var span: Span
}

extension RuleDraft.Piece {
  /// In the order of the text; what cannot be read is left out.
  package var shades: [Shade] {
    var shades = Shading(source, number)
    shades.read(
      Lexer.tokens(of: source, text: number, upTo: source.bytes.count, findings: Findings()),
      in: 0..<source.bytes.count)
    return shades.found
  }
}

private struct Shading {
  private(set) var found: [Shade] = []
  private let source: SourceText
  private let text: Int32

  init(_ source: SourceText, _ text: Int32) {
    self.source = source
    self.text = text
  }

  mutating func read(_ tokens: [Token], in range: Range<Int>) {
    var index = range.lowerBound
    for token in tokens {
      readGap(index..<max(index, Int(token.span.start)))
      index = max(index, Int(token.span.end))
      switch token.kind {
      case .word(let word): add(.word(word), Int(token.span.start)..<Int(token.span.end))
      case .number, .percent, .points, .money, .month, .year, .date, .decimalPlaces:
        add(.figure, Int(token.span.start)..<Int(token.span.end))
      case .text(let parts): read(parts, Int(token.span.start)..<Int(token.span.end))
      case .symbol: add(.sign, Int(token.span.start)..<Int(token.span.end))
      case .broken: break
      }
    }
    readGap(index..<max(index, range.upperBound))
  }

  /// Between two tokens stand blanks and comments, and what was not read.
  private mutating func readGap(_ gap: Range<Int>) {
    var index = gap.lowerBound
    while let start = source.bytes[index..<gap.upperBound].firstIndex(of: UInt8(ascii: "#")) {
      let end = source.bytes[start..<gap.upperBound].firstIndex(of: UInt8(ascii: "\n")) ?? gap.upperBound
      add(.comment, start..<end)
      index = end
    }
  }

  private mutating func read(_ parts: [TextPart], _ whole: Range<Int>) {
    var start = whole.lowerBound
    for case .hole(let hole) in parts {
      add(.text, start..<hole.lowerBound - 1)
      add(.sign, hole.lowerBound - 1..<hole.lowerBound)
      read(Lexer.tokens(of: source, text: text, hole: hole, findings: Findings()), in: hole)
      start = min(hole.upperBound + 1, whole.upperBound)
      add(.sign, hole.upperBound..<start)
    }
    add(.text, start..<whole.upperBound)
  }

  private mutating func add(_ kind: Shade.Kind, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    found.append(
      Shade(kind: kind, span: Span(text: text, start: Int32(range.lowerBound), end: Int32(range.upperBound))))
  }
}
