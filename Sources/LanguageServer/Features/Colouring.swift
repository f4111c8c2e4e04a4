import Diagnostics
import RuleLanguage

// What is a keyword, a name of which sort, a figure, a text: as the rules mean it, not as it is spelled.

extension Workspace {
  mutating func semanticTokens(_ uri: String) -> SemanticTokens {
    var tokens = SemanticTokens()
    guard let ruleSet = ruleSet(of: uri), let file = fileIndex(of: uri, in: ruleSet) else { return tokens }
    let colouring = Colouring(ruleSet.draft)
    for piece in ruleSet.draft.pieces[file] {
      let index = ruleSet.symbols.piece(piece, ruleSet.draft.library)
      let occurrences = Dictionary(index.occurrences.map { ($0.span.start, $0) }) { first, _ in first }
      for shade in piece.shades {
        guard let (kind, modifiers) = colouring.colour(shade, occurrences[shade.span.start]),
          let range = ruleSet.range(of: shade.span, encoding)
        else { continue }
        tokens.add(kind, modifiers, range)
      }
    }
    return tokens
  }
}

private struct Colouring {
  private typealias Kind = SemanticTokens.Kind
  private let library: FunctionLibrary
  /// Of everything that is declared, and of what the register says.
  private let names: [String: SemanticTokens.Kind]

  init(_ draft: RuleDraft) {
    library = draft.library
    var names: [String: SemanticTokens.Kind] = [:]
    for attribute in draft.attributes.union(RuleSet.builtInNames) { names[attribute] = .property }
    names["watched"] = .variable
    for measure in draft.tree.measures { names[measure.name.text] = .variable }
    for binding in draft.tree.lets { names[binding.name.text] = .variable }
    for dimension in draft.tree.dimensions { names[dimension.name.text] = .enum }
    for table in draft.tree.tables { names[table.name.text] = .struct }
    self.names = names
  }

  /// - Parameter occurrence: what the word stands for, where that is known.
  func colour(
    _ shade: Shade, _ occurrence: Occurrence?
  ) -> (kind: SemanticTokens.Kind, modifiers: [SemanticTokens.Modifier])? {
    switch shade.kind {
    case .comment: return (.comment, [])
    case .text: return (.string, [])
    case .figure: return (.number, [])
    case .sign: return (.operator, [])
    case .word(let word):
      if let occurrence { return colour(occurrence, word) }
      if Words.aggregates.contains(word) { return (.function, [.defaultLibrary]) }
      if Words.severities.contains(word) { return (.enumMember, [.defaultLibrary]) }
      if Words.keywords.contains(word) { return (.keyword, []) }
      if library.functions[word] != nil { return (.function, [.defaultLibrary]) }
      // A piece that cannot be read whole: what else has this name.
      return names[word].map { ($0, []) }
    }
  }

  private func colour(
    _ occurrence: Occurrence, _ word: String
  ) -> (kind: SemanticTokens.Kind, modifiers: [SemanticTokens.Modifier]) {
    let modifiers: [SemanticTokens.Modifier] = occurrence.isDeclaration ? [.declaration] : []
    switch occurrence.symbol {
    case .function: return (.function, [.defaultLibrary])
    case .rule: return (.class, modifiers)
    case .ruleLet: return (.variable, modifiers)
    case .column: return (.property, modifiers)
    case .name(let name): return (names[name] ?? (Words.keywords.contains(word) ? .keyword : .variable), modifiers)
    }
  }
}
