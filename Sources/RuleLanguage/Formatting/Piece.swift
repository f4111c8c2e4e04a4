import Diagnostics

/// A token as it is laid out: its text, whether a space stands before it, and whether its line may be broken there.
struct Piece {
  /// Where a line that is too long is broken first: the outermost of what it says.
  enum Break: Int, Comparable {
    /// `until`, `because`, a title.
    case part
    /// `over`, `where`, `by`
    case population
    /// Behind a comma.
    case list
    case or, and, comparison, sum, product

    static func < (left: Break, right: Break) -> Bool { left.rawValue < right.rawValue }
  }

  var text: String
  var width: Int
  var hasSpaceBefore: Bool
  var breakBefore: Break?
  var opens = false
  var closes = false
  /// Comments on lines of their own that stand before it.
  var commentsBefore: [String] = []
  /// The comment behind it, which ends its line.
  var ending: String?
}

/// Turns tokens into pieces. It knows as much of the grammar as that takes: whether a value or an operator is expected
/// where a token stands, as the parser does.
struct PieceReader {
  private let source: SourceText
  private var pieces: [Piece] = []
  /// A value is expected: a minus is a sign, a parenthesis groups, a word is a name.
  private var expectsValue = false
  /// The last piece is a minus that stands before one value rather than between two.
  private var isBehindSign = false
  /// For each open bracket, whether a comma inside it separates values.
  private var lists: [Bool] = []
  /// How many `between` wait for their `and`, by the number of open brackets.
  private var betweens: [Int: Int] = [:]

  private init(_ source: SourceText, expectsValue: Bool = false) {
    self.source = source
    self.expectsValue = expectsValue
  }

  /// - gaps: the gap before each of the tokens.
  static func pieces(
    of tokens: ArraySlice<Token>, _ gaps: ArraySlice<Gap>, in source: SourceText, expectsValue: Bool = false
  ) -> [Piece] {
    var reader = PieceReader(source, expectsValue: expectsValue)
    for index in tokens.indices {
      reader.take(tokens[index], behind: index > tokens.startIndex ? tokens[index - 1] : nil)
      guard index > tokens.startIndex else { continue }
      reader.pieces[reader.pieces.count - 2].ending = gaps[index].ending
      reader.pieces[reader.pieces.count - 1].commentsBefore = gaps[index].comments
    }
    return reader.pieces
  }

  /// A value, or several tokens of which the first is one, on one line.
  static func line(of tokens: ArraySlice<Token>, in source: SourceText) -> String {
    var reader = PieceReader(source, expectsValue: true)
    for index in tokens.indices {
      reader.take(tokens[index], behind: index > tokens.startIndex ? tokens[index - 1] : nil)
    }
    return reader.pieces.map { ($0.hasSpaceBefore ? " " : "") + $0.text }.joined()
  }

  private mutating func take(_ token: Token, behind previous: Token?) {
    var piece = Piece(text: text(of: token), width: 0, hasSpaceBefore: hasSpace(before: token, behind: previous))
    piece.width = piece.text.terminalWidth
    if let previous { piece.breakBefore = breakBefore(token, behind: previous) }
    isBehindSign = token.isSymbol(.minus) && expectsValue
    switch token.kind {
    case .symbol(.open), .symbol(.openBracket):
      piece.opens = true
      lists.append(isList(token, behind: previous))
      expectsValue = true
    case .symbol(.close), .symbol(.closeBracket):
      piece.closes = true
      betweens[lists.count] = nil
      _ = lists.popLast()
      expectsValue = false
    case .symbol(.dot):
      expectsValue = true
    case .symbol:
      expectsValue = true
    case .word(let word):
      expectsValue = expectsValue ? word == "not" : word != "not" && Words.joining.contains(word)
    default:
      expectsValue = false
    }
    pieces.append(piece)
  }

  // MARK: Spaces

  private func hasSpace(before token: Token, behind previous: Token?) -> Bool {
    guard let previous else { return false }
    switch token.kind {
    case .symbol(.close), .symbol(.closeBracket), .symbol(.comma), .symbol(.dot), .symbol(.openBracket): return false
    // Where no value is expected, it opens the arguments of the function before it.
    case .symbol(.open) where !expectsValue: return false
    default: break
    }
    switch previous.kind {
    case .symbol(.open), .symbol(.openBracket), .symbol(.dot): return false
    case .symbol(.minus): return !isBehindSign
    default: return true
    }
  }

  /// Whether a comma separates values inside a parenthesis, as the lexer has it once there is no space before it.
  private func isList(_ token: Token, behind previous: Token?) -> Bool {
    guard token.isSymbol(.open) else { return lists.last ?? false }
    switch previous?.kind {
    case .word("in"): return true
    case .word(let word) where Words.aggregates.contains(word): return false
    case .word where !expectsValue: return true
    default: return lists.last ?? false
    }
  }

  // MARK: Breaks

  private mutating func breakBefore(_ token: Token, behind previous: Token) -> Piece.Break? {
    if previous.isSymbol(.comma) { return .list }
    guard !expectsValue else { return nil }
    switch token.kind {
    case .symbol(.plus), .symbol(.minus): return .sum
    case .symbol(.times), .symbol(.over): return .product
    case .symbol(.less), .symbol(.lessOrEqual), .symbol(.greater), .symbol(.greaterOrEqual), .symbol(.notEqual):
      return .comparison
    case .symbol(.equal): return lists.isEmpty && pieces.first?.text == "let" ? nil : .comparison
    case .word("or"): return .or
    case .word("and"):
      if let open = betweens[lists.count], open > 0 {
        betweens[lists.count] = open - 1
        return nil
      }
      return .and
    case .word("between"):
      betweens[lists.count, default: 0] += 1
      return .comparison
    case .word("is"): return .comparison
    case .word("over"), .word("where"), .word("by"): return .population
    case .word("until"), .word("because"), .word("for"): return .part
    case .word("to") where pieces.first?.text != "measure": return .part
    case .text where pieces.first?.text == "measure": return .part
    default: return nil
    }
  }

  // MARK: Texts

  private func text(of token: Token) -> String {
    let written = source.bytes[Int(token.span.start)..<Int(token.span.end)]
    switch token.kind {
    case .text(let parts) where parts.contains { if case .hole = $0 { true } else { false } }:
      return text(parts, from: Int(token.span.start), to: Int(token.span.end))
    case .money, .number, .percent, .points:
      let text = String(decoding: written, as: UTF8.self).split(separator: " ").joined(separator: " ")
      return lists.last == true ? text.replacing(",", with: "") : text
    default:
      return String(decoding: written, as: UTF8.self)
    }
  }

  /// A message, with each of its holes laid out.
  private func text(_ parts: [TextPart], from start: Int, to end: Int) -> String {
    var result = ""
    var copied = start
    for case .hole(let hole) in parts {
      result += String(decoding: source.bytes[copied..<hole.lowerBound], as: UTF8.self)
      result += holeText(hole)
      copied = hole.upperBound
    }
    return result + String(decoding: source.bytes[copied..<end], as: UTF8.self)
  }

  private func holeText(_ hole: Range<Int>) -> String {
    let tokens = Lexer.tokens(of: source, text: 0, hole: hole, findings: Findings())
    let end = tokens.last.map { Int($0.span.end) } ?? hole.lowerBound
    if Gap(source.bytes, end..<hole.upperBound, isBehindToken: true).ending != nil {
      return String(decoding: source.bytes[hole], as: UTF8.self)
    }
    return PieceReader.line(of: tokens[...], in: source)
  }
}
