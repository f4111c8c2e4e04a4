import Diagnostics

// What suits in an expression.

extension Surroundings {
  /// Inside an open parenthesis or bracket.
  private struct Level {
    enum Kind { case expression, aggregate(String), call(String), slice(String?), list }
    var kind = Kind.expression
    /// Of the tokens in it.
    var start: Int
    var commas = 0
  }

  mutating func readExpression(_ tokens: ArraySlice<Token>, wanting: Wanted, then followers: [String]) {
    var levels = [Level(start: tokens.startIndex)]
    for index in tokens.indices {
      switch tokens[index].kind {
      case .symbol(.open): levels.append(Level(kind: kind(of: tokens, at: index), start: index + 1))
      case .symbol(.openBracket):
        let measure = tokens[..<index].last.flatMap { if case .word(let name) = $0.kind { name } else { nil } }
        levels.append(Level(kind: .slice(measure), start: index + 1))
      case .symbol(.close), .symbol(.closeBracket):
        if levels.count > 1 { levels.removeLast() }
      case .symbol(.comma): levels[levels.count - 1].commas += 1
      default: break
      }
    }
    call = innermostCall(levels, tokens)
    let level = levels[levels.count - 1]
    let inside = tokens[level.start...]
    let last = inside.last
    switch level.kind {
    case .slice(let measure):
      if let name = comparedName(inside) { return expected = .text(of: name, isQuoted: false) }
      return expected = endsValue(last) ? .continuation([]) : .dimension(of: measure)
    case .call("breach"), .call("severity"):
      return expected = .rule
    default: break
    }
    if last?.isSymbol(.bar) == true { return expected = .format }
    if last?.isSymbol(.dot) == true {
      let owner = inside.dropLast().last.flatMap { if case .word(let name) = $0.kind { name } else { nil } }
      return expected = .member(of: owner)
    }
    if last?.isWord("over") == true { return expected = .population }
    if last?.isWord("same") == true { return expected = .attribute }
    let isPopulated = inside.contains { $0.isWord("over") } || isHeadOfCount(inside, level.kind)
    if endsValue(last) {
      var follow = levels.count == 1 ? followers : []
      if case .aggregate(let word) = level.kind {
        if !isPopulated { follow.append("over") }
        if isPopulated, !inside.contains(where: { $0.isWord("where") }) { follow += ["where", "in same", "anywhere"] }
        if isPopulated, word == "names" { follow += ["by", "first"] }
      }
      return expected = .continuation(follow)
    }
    if let name = comparedName(inside) { return expected = .text(of: name, isQuoted: false) }
    var wanted = levels.count == 1 ? wanting : .any
    if case .aggregate(let word) = level.kind, ["count", "share", "names"].contains(word) || isPopulated {
      wanted = .condition
    }
    if let left = comparedSpan(inside) { wanted = .like(left) }
    expected = .value(wanted)
  }

  private func innermostCall(_ levels: [Level], _ tokens: ArraySlice<Token>) -> Call? {
    for level in levels.reversed() {
      switch level.kind {
      case .call(let function): return Call(function: function, argument: level.commas)
      case .aggregate(let word): return Call(function: word, argument: 0, part: part(of: tokens[level.start...]))
      case .expression, .slice, .list: continue
      }
    }
    return nil
  }

  /// Which word of an aggregate came last, outside of what is in parentheses of its own.
  private func part(of inside: ArraySlice<Token>) -> String? {
    var depth = 0
    var part: String?
    for token in inside {
      switch token.kind {
      case .symbol(.open), .symbol(.openBracket): depth += 1
      case .symbol(.close), .symbol(.closeBracket): depth -= 1
      case .word(let word) where depth == 0 && Surroundings.parts.contains(word): part = word
      default: break
      }
    }
    return part
  }

  private static let parts: Set<String> = ["over", "where", "by", "first"]

  private func kind(of tokens: ArraySlice<Token>, at index: Int) -> Level.Kind {
    guard index > tokens.startIndex, case .word(let word) = tokens[index - 1].kind else { return .expression }
    if word == "in" { return .list }
    if Words.aggregates.contains(word) { return .aggregate(word) }
    return Words.joining.contains(word) || Words.severities.contains(word) ? .expression : .call(word)
  }

  /// `count(peers where …`: the members stand first.
  private func isHeadOfCount(_ inside: ArraySlice<Token>, _ kind: Level.Kind) -> Bool {
    guard case .aggregate("count") = kind else { return false }
    return inside.dropFirst().first?.isWord("where") == true
  }

  /// Whether a value ends with this token, so that an operator comes next.
  private func endsValue(_ token: Token?) -> Bool {
    switch token?.kind {
    case nil: false
    case .word(let word): !Words.joining.contains(word) && word != "first"
    case .symbol(let symbol): symbol == .close || symbol == .closeBracket
    default: true
    }
  }

  private static let boundaries: Set<String> = ["and", "or", "where", "over", "when", "by"]

  /// Where the comparison that the place is on the right of starts, and its sign.
  private func comparison(_ inside: ArraySlice<Token>) -> (left: ArraySlice<Token>, sign: Token)? {
    var depth = 0
    var sign: Int?
    for index in inside.indices.reversed() {
      switch inside[index].kind {
      case .symbol(.close), .symbol(.closeBracket): depth += 1
      case .symbol(.open), .symbol(.openBracket): depth -= 1
      case .symbol(let symbol) where depth == 0 && Comparison(rawValue: symbol.rawValue) != nil: sign = sign ?? index
      case .word("is") where depth == 0, .word("between") where depth == 0: sign = sign ?? index
      case .word(let word) where depth == 0 && Surroundings.boundaries.contains(word):
        return sign.map { (inside[(index + 1)..<$0], inside[$0]) }
      default: break
      }
    }
    return sign.map { (inside[inside.startIndex..<$0], inside[$0]) }
  }

  private func comparedSpan(_ inside: ArraySlice<Token>) -> Span? {
    guard let (left, _) = comparison(inside), let first = left.first, let last = left.last else { return nil }
    return Span(text: first.span.text, start: first.span.start, end: last.span.end)
  }

  /// The one name that the place is compared with: `kind is |`, `kind is not |`.
  func comparedName(_ inside: ArraySlice<Token>) -> String? {
    guard let (left, sign) = comparison(inside), left.count == 1, case .word(let name) = left.first?.kind else {
      return nil
    }
    let isEqual = sign.isWord("is") || sign.isSymbol(.equal) || sign.isSymbol(.notEqual)
    guard isEqual, inside.last?.span == sign.span || inside.last?.isWord("not") == true else { return nil }
    return name
  }
}
