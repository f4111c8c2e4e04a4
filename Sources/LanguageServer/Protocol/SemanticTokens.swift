/// What a document's parts are, five numbers a part: lines and characters behind the part before, length, type, modifiers.
struct SemanticTokens: Encodable {
  /// In the order of the legend.
  enum Kind: String, CaseIterable {
    case keyword, function, variable, property, `enum`, `struct`, `class`, enumMember, string, number, comment,
      `operator`

    var number: Int { Kind.allCases.firstIndex(of: self) ?? 0 }
  }

  /// In the order of the legend, each a bit.
  enum Modifier: String, CaseIterable {
    case declaration, defaultLibrary

    var bit: Int { 1 << (Modifier.allCases.firstIndex(of: self) ?? 0) }
  }

  struct Options: Encodable {
    struct Legend: Encodable {
      var tokenTypes = Kind.allCases.map(\.rawValue)
      var tokenModifiers = Modifier.allCases.map(\.rawValue)
    }
    var legend = Legend()
    var full = true
  }

  private(set) var data: [Int] = []
  private var last = Position(line: 0, character: 0)

  private enum CodingKeys: CodingKey { case data }

  /// Takes a part behind the last one, on one line.
  mutating func add(_ kind: Kind, _ modifiers: [Modifier], _ range: TextRange) {
    guard range.start.line == range.end.line, range.start.character < range.end.character, range.start >= last else {
      return
    }
    let isSameLine = range.start.line == last.line
    data += [
      range.start.line - last.line, range.start.character - (isSameLine ? last.character : 0),
      range.end.character - range.start.character, kind.number, modifiers.reduce(0) { $0 | $1.bit },
    ]
    last = range.start
  }
}
