// What a clause of a rule has had, and what may follow.

extension Surroundings {
  mutating func readClause(_ clause: ArraySlice<Token>) {
    guard case .word(let first) = clause.first?.kind else { return }
    let rest = clause.dropFirst()
    let bands = ["above", "below", "at least", "at most", "outside"]
    func at(_ word: String) -> Bool { clause.last?.isWord(word) == true }
    switch first {
    case "for": readSubjects(rest)
    case "let": readLet(clause)
    case "only":
      if rest.isEmpty { return expected = .words(["when"]) }
      readExpression(rest.dropFirst(), wanting: .condition, then: [])
    case "watch": readExpression(rest, wanting: .quantity, then: [])
    case "info", "amber", "red", "clears":
      guard let word = rest.first, case .word(let how) = word.kind else { return expected = .words(bands + ["when"]) }
      if at("for") { return expected = .words(["2 periods"]) }
      let then = first == "clears" ? ["for"] : []
      switch how {
      case "when": readExpression(rest.dropFirst(), wanting: .condition, then: then)
      case "at" where rest.count == 1: expected = .words(["least", "most"])
      case "at": readExpression(rest.dropFirst(2), wanting: .likeWatch, then: then)
      case "outside":
        let bound = rest.lastIndex { $0.isWord("to") } ?? rest.startIndex
        readExpression(rest[(bound + 1)...], wanting: .likeWatch, then: (bound == rest.startIndex ? ["to"] : []) + then)
      default: readExpression(rest.dropFirst(), wanting: .likeWatch, then: then)
      }
    case "effective":
      expected =
        rest.isEmpty
        ? .words(["in", "from"]) : rest.first?.isWord("from") == true && rest.count > 1 ? .words(["to"]) : .nothing
    case "coverage": expected = .words([["at least"], ["least"]][min(rest.count, 1)])
    case "persists": expected = rest.isEmpty ? .words(["for"]) : .words(rest.count == 1 ? ["2 periods"] : ["periods"])
    case "if":
      switch rest.last?.kind {
      case nil: expected = .words(["unknown"])
      case .word("unknown"): expected = .words(["hold", "raise", "clear"])
      case .word("raise"): expected = .words(Words.severities)
      case .word("hold"): expected = .words(["for"])
      case .word("for"): expected = .words(["2 periods"])
      default: expected = .words(["periods"])
      }
    case "suppress":
      if rest.isEmpty { return expected = .words(["when"]) }
      if at("until") || at("because") { return expected = .nothing }
      readExpression(rest.dropFirst(), wanting: .condition, then: ["until", "because"])
    default: expected = .nothing
    }
  }

  private mutating func readSubjects(_ tokens: ArraySlice<Token>) {
    guard let each = tokens.first else { return expected = .words(["each"]) }
    guard each.isWord("each") else { return }
    if let condition = tokens.firstIndex(where: { $0.isWord("where") }) {
      return readExpression(tokens[(condition + 1)...], wanting: .condition, then: [])
    }
    let isName = tokens.count == 1 || tokens.last?.isWord("and") == true
    expected = isName ? .subject(orYear: false) : .words(["and", "where"])
  }
}
