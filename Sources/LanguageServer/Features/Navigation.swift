import Diagnostics
import RuleLanguage

// Where a name is declared, where it is used, and what a document declares.

extension Workspace {
  mutating func definition(_ params: CursorParams) -> Location? {
    guard let spot = spot(params), let occurrence = spot.occurrence,
      let declared = spot.ruleSet.symbols.declaration(of: occurrence.symbol, in: spot.ruleSet.draft)
    else { return nil }
    return location(of: declared.name.span, in: spot.ruleSet)
  }

  mutating func references(_ params: ReferenceParams) -> [Location] {
    guard let spot = spot(params.cursor), let occurrence = spot.occurrence else { return [] }
    let includesDeclaration = params.context?.includeDeclaration ?? true
    return spot.ruleSet.symbols.occurrences(of: occurrence.symbol, in: spot.ruleSet.draft)
      .filter { includesDeclaration || !$0.isDeclaration }
      .compactMap { location(of: $0.span, in: spot.ruleSet) }
  }

  /// The same name in the same document.
  mutating func highlights(_ params: CursorParams) -> [DocumentHighlight] {
    guard let spot = spot(params), let occurrence = spot.occurrence else { return [] }
    return spot.ruleSet.symbols.occurrences(of: occurrence.symbol, in: spot.ruleSet.draft)
      .filter { spot.ruleSet.draft.placed($0.span)?.text == Int32(spot.file) }
      .compactMap { spot.range(of: $0.span).map(DocumentHighlight.init) }
  }

  mutating func symbols(of uri: String) -> [DocumentSymbol] {
    guard let ruleSet = ruleSet(of: uri), let file = fileIndex(of: uri, in: ruleSet) else { return [] }
    return ruleSet.draft.pieces[file].flatMap { piece in
      ruleSet.symbols.piece(piece, ruleSet.draft.library).declared.compactMap { symbol($0, in: ruleSet) }
    }
  }

  private func symbol(_ declared: Declared, in ruleSet: OpenRuleSet) -> DocumentSymbol? {
    guard let range = ruleSet.range(of: declared.span, encoding),
      let selection = ruleSet.range(of: declared.name.span, encoding)
    else { return nil }
    let kind: DocumentSymbol.Kind =
      switch declared.kind {
      case .measure, .column: .field
      case .dimension: .enumeration
      case .table: .structure
      case .let: .variable
      case .rule: .function
      case .test: .method
      }
    let isTest = declared.kind == .test
    return DocumentSymbol(
      name: isTest ? "test " + declared.name.text : declared.name.text, detail: declared.title, kind: kind,
      range: range,
      selectionRange: selection, children: declared.parts.compactMap { symbol($0, in: ruleSet) })
  }
}
