import Diagnostics
import RuleLanguage

/// Names and declarations of a draft by piece; a piece that stays as it was is read once.
struct SymbolIndex {
  private var known: [Int32: PieceIndex] = [:]

  /// Of one piece.
  mutating func piece(_ piece: RuleDraft.Piece, _ library: FunctionLibrary) -> PieceIndex {
    if let index = known[piece.number] { return index }
    let index = PieceIndex(piece.tree, library: library)
    known[piece.number] = index
    return index
  }

  /// Of every piece, in the order of the files.
  mutating func all(_ draft: RuleDraft) -> [PieceIndex] {
    let pieces = Array(draft.pieces.joined())
    let indexes = pieces.map { piece($0, draft.library) }
    if known.count > 2 * pieces.count {
      known = Dictionary(zip(pieces.map(\.number), indexes)) { first, _ in first }
    }
    return indexes
  }

  mutating func occurrences(of symbol: Symbol, in draft: RuleDraft) -> [Occurrence] {
    all(draft).flatMap { $0.occurrences.filter { $0.symbol == symbol } }
  }

  /// The declaration behind a symbol; nil for what is built in.
  mutating func declaration(of symbol: Symbol, in draft: RuleDraft) -> Declared? {
    for declared in all(draft).lazy.flatMap(\.declared) {
      switch symbol {
      case .name(let name):
        if declared.name.text == name, declared.kind != .rule, declared.kind != .test { return declared }
      case .rule(let name):
        if declared.name.text == name, declared.kind == .rule { return declared }
      case .ruleLet(let rule, let name):
        if declared.name.span == rule { return declared.parts.first { $0.name.text == name } }
      case .column(let table, let name):
        if declared.name.text == table, declared.kind == .table {
          return declared.parts.first { $0.name.text == name }
        }
      case .function:
        return nil
      }
    }
    return nil
  }
}
