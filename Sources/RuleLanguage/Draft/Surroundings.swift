package import Diagnostics

/// What may stand at a place of a rule file, whether or not what stands around it can be read: what an editor completes.
package struct Surroundings: Sendable {
  package enum Expected: Hashable, Sendable {
    case nothing
    /// The first word of a declaration.
    case declaration
    /// One of these, each a word or several.
    case words([String])
    /// A value in an expression.
    case value(Wanted)
    /// What may follow a value: these beside the operators.
    case continuation([String])
    /// Whom an aggregate is taken over.
    case population
    /// What a subject or the key of a table may be; with `year` for a table.
    case subject(orYear: Bool)
    case attribute
    /// A dimension, of a measure where one is sliced.
    case dimension(of: String?)
    /// The values of an attribute or a dimension; inside the quotation marks, or with them still to be written.
    case text(of: String, isQuoted: Bool)
    /// Inside the quotation marks, or with them still to be written.
    case organisationName(isQuoted: Bool)
    /// Whom a test speaks of, in the same way.
    case testSubject(isQuoted: Bool)
    case format
    case rule
    case measure
    /// What stands behind a point.
    case member(of: String?)
    /// What a row of a table by this key starts with.
    case row(of: String)
    /// A column of the table that is being written.
    case column
    /// A figure of any unit: a cell of a table or of a test.
    case figure
  }

  /// What kind of value suits.
  package enum Wanted: Hashable, Sendable {
    case any
    case condition
    case quantity
    /// As the rule's watched value.
    case likeWatch
    /// As the expression in this stretch of the piece.
    case like(Span)
    /// For a message, where `watched` may be spoken of.
    case shown
  }

  /// A call that the place lies in the parentheses of.
  package struct Call: Hashable, Sendable {
    package var function: String
    /// From 0. Of an aggregate the words part them: `over`, `where`, `by`, `first`.
    package var argument: Int
    /// For an aggregate the last of those words.
    package var part: String?
  }

  package internal(set) var expected = Expected.nothing
  /// The word that has been begun, which what is chosen replaces.
  package private(set) var begun: Span
  /// The innermost one.
  package internal(set) var call: Call?

  package init(at offset: Int32, of piece: RuleDraft.Piece) {
    let bytes = piece.source.bytes
    let offset = min(Int(offset), bytes.count)
    let state = LineState(at: offset, of: bytes)
    func span(_ start: Int) -> Span { Span(text: piece.number, start: Int32(start), end: Int32(offset)) }
    var start = offset
    while start > 0, Surroundings.isWordByte(bytes[start - 1]) { start -= 1 }
    begun = span(start)
    func tokens(_ range: Range<Int>) -> [Token] {
      Lexer.tokens(of: piece.source, text: piece.number, hole: range, findings: Findings())
    }
    switch state {
    case .comment:
      return
    case .code:
      let all = Lexer.tokens(of: piece.source, text: piece.number, upTo: start, findings: Findings())
      read(all[...], at: start, of: bytes)
    case .text(let from):
      begun = span(from)
      let all = Lexer.tokens(of: piece.source, text: piece.number, upTo: from - 1, findings: Findings())
      readText(all[...], of: bytes, at: from - 1)
    case .hole(let from):
      readExpression(tokens(from..<max(from, start))[...], wanting: .shown, then: ["|"])
    case .textInHole(let from, let hole):
      begun = span(from)
      readComparedText(tokens(hole..<from - 1)[...])
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
