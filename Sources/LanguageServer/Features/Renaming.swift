import Diagnostics
import RuleLanguage

// A new name for a measure, dimension, table, column, let or rule, wherever it stands.

extension Workspace {
  mutating func prepareRename(_ params: CursorParams) throws(ResponseError) -> RenamePreparation? {
    guard let spot = spot(params), let occurrence = spot.occurrence, let range = spot.range(of: occurrence.span) else {
      return nil
    }
    try spot.requireRenamable(occurrence.symbol)
    return RenamePreparation(range: range, placeholder: occurrence.symbol.text)
  }

  mutating func rename(_ params: RenameParams) throws(ResponseError) -> WorkspaceEdit? {
    guard let spot = spot(params.cursor), let symbol = spot.occurrence?.symbol else { return nil }
    try spot.requireRenamable(symbol)
    let name = params.newName
    if let refusal = Words.refusal(of: name, library: spot.ruleSet.draft.library) {
      throw ResponseError(.requestFailed, refusal)
    }
    if name != symbol.text, let taken = spot.ruleSet.whoHas(name, beside: symbol) {
      throw ResponseError(.requestFailed, taken)
    }
    var changes: [String: [TextEdit]] = [:]
    for occurrence in spot.ruleSet.symbols.occurrences(of: symbol, in: spot.ruleSet.draft) {
      guard let location = location(of: occurrence.span, in: spot.ruleSet) else { continue }
      changes[location.uri, default: []].append(TextEdit(range: location.range, newText: name))
    }
    if case .rule(let old) = symbol, name != old { noteFormerName(old, name, in: spot.ruleSet, &changes) }
    return WorkspaceEdit(changes: changes)
  }
}

extension Workspace {
  /// `rule new formerly old`: what is open under the old name goes on under the new one.
  ///
  /// A rule that says a former name already keeps that where its present one was never saved, for then nothing was announced
  /// under it; renamed back to its former name, it needs none.
  private func noteFormerName(
    _ old: String, _ new: String, in ruleSet: OpenRuleSet, _ changes: inout [String: [TextEdit]]
  ) {
    guard let rule = ruleSet.draft.tree.rules.first(where: { $0.name.text == old }) else { return }
    let edit: (span: Span, text: String)
    if let former = rule.formerly {
      if former.text == new {
        edit = (Span(text: former.span.text, start: rule.name.span.end, end: former.span.end), "")
      } else if ruleSet.isSaved(rule: old) {
        edit = (former.span, old)
      } else {
        return
      }
    } else if ruleSet.isSaved(rule: old) {
      edit = (Span(text: rule.name.span.text, start: rule.name.span.end, end: rule.name.span.end), " formerly \(old)")
    } else {
      return
    }
    guard let location = location(of: edit.span, in: ruleSet) else { return }
    changes[location.uri, default: []].append(TextEdit(range: location.range, newText: edit.text))
  }
}

extension Spot {
  /// Refuses what is not declared in rule files, and what could not be renamed everywhere.
  fileprivate func requireRenamable(_ symbol: Symbol) throws(ResponseError) {
    func refuse(_ words: String) throws(ResponseError) { throw ResponseError(.requestFailed, words) }
    guard let declared = ruleSet.symbols.declaration(of: symbol, in: ruleSet.draft) else {
      return try refuse("`\(symbol.text)` is not declared in these rules")
    }
    if declared.kind == .column,
      ruleSet.draft.tree.tables.contains(where: { $0.name.text == symbol.table && $0.file != nil })
    {
      try refuse("the table's columns are named in its file")
    }
    for piece in ruleSet.draft.pieces.joined() where piece.findings.hasErrors {
      let line = ruleSet.draft.files.first { $0.name == piece.source.name }?.lineNumber(of: piece.start) ?? 1
      let file = piece.source.name.split(separator: "/").last ?? ""
      try refuse("\(file) cannot be read whole near line \(line): a use of `\(symbol.text)` there would be missed")
    }
  }
}

extension Symbol {
  fileprivate var table: String? { if case .column(let table, _) = self { table } else { nil } }
}

extension OpenRuleSet {
  /// Who has a name already, such that `symbol` cannot have it too; nil where it is free.
  fileprivate func whoHas(_ name: String, beside symbol: Symbol) -> String? {
    func place(_ declared: Declared) -> String {
      guard let placed = draft.placed(declared.name.span) else { return "" }
      let text = draft.files[Int(placed.text)]
      return " in \(text.name.split(separator: "/").last ?? ""), line \(text.lineNumber(of: Int(placed.start)))"
    }
    func taken(_ declared: Declared) -> String { "`\(name)` is already a \(declared.kind.rawValue)\(place(declared))" }
    let all = symbols.all(draft).flatMap(\.declared)
    switch symbol {
    case .rule:
      return all.first { $0.kind == .rule && $0.name.text == name }.map(taken)
    case .column(let table, _):
      let columns = all.first { $0.kind == .table && $0.name.text == table }?.parts ?? []
      return columns.first { $0.name.text == name }.map(taken)
    case .name, .ruleLet:
      if RuleSet.builtInNames.union(draft.attributes).contains(name) {
        return "`\(name)` is what the register says of an organisation, or a word with a meaning of its own"
      }
      if let other = all.first(where: { $0.kind != .rule && $0.kind != .test && $0.name.text == name }) {
        return taken(other)
      }
      // A let of a rule has a name that nothing shared has; lets of two rules may have one name.
      let rules = all.filter { $0.kind == .rule }
      let meant = if case .ruleLet(let rule, _) = symbol { rules.filter { $0.name.span == rule } } else { rules }
      return meant.lazy.flatMap(\.parts).first { $0.name.text == name }.map(taken)
    case .function:
      return nil
    }
  }
}
