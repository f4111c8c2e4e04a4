import Diagnostics
import RuleLanguage

/// A place in a rule file that the editor asks about.
struct Spot {
  let ruleSet: OpenRuleSet
  /// An index into the draft's files.
  let file: Int
  /// A byte of that file.
  let offset: Int
  let piece: RuleDraft.Piece
  let encoding: PositionEncoding
  /// Whether the editor fills in the places of a snippet.
  let takesSnippets: Bool

  var text: SourceText { ruleSet.draft.files[file] }
  /// In the piece.
  var local: Int32 { Int32(offset - piece.start) }
  var index: PieceIndex { ruleSet.symbols.piece(piece, ruleSet.draft.library) }
  var occurrence: Occurrence? { index.occurrence(at: local) }

  /// The editor's range of a stretch of a piece.
  func range(of span: Span) -> TextRange? { ruleSet.range(of: span, encoding) }
}

extension OpenRuleSet {
  func range(of span: Span, _ encoding: PositionEncoding) -> TextRange? {
    guard let placed = draft.placed(span) else { return nil }
    return draft.files[Int(placed.text)].range(of: placed, encoding)
  }
}

extension Workspace {
  /// Nil for a document that is not open or not part of a rule set.
  mutating func spot(_ params: CursorParams) -> Spot? {
    guard let ruleSet = ruleSet(of: params.textDocument.uri),
      let file = fileIndex(of: params.textDocument.uri, in: ruleSet)
    else { return nil }
    let offset = ruleSet.draft.files[file].offset(of: params.position, encoding)
    guard let piece = ruleSet.draft.piece(at: offset, inFile: file) else { return nil }
    return Spot(
      ruleSet: ruleSet, file: file, offset: offset, piece: piece, encoding: encoding, takesSnippets: takesSnippets)
  }

  func fileIndex(of uri: String, in ruleSet: OpenRuleSet) -> Int? {
    guard let path = documents[uri]?.text.name else { return nil }
    return ruleSet.draft.files.firstIndex { $0.name == path }
  }

  /// The editor's location of a stretch of a piece.
  func location(of span: Span, in ruleSet: OpenRuleSet) -> Location? {
    guard let placed = ruleSet.draft.placed(span), let range = ruleSet.range(of: span, encoding) else { return nil }
    return Location(uri: uri(of: ruleSet.draft.files[Int(placed.text)].name), range: range)
  }
}
