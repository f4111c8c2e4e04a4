import Diagnostics
import RuleLanguage

// What mends a finding, at the press of a key.

extension Workspace {
  mutating func codeActions(_ params: CodeActionParams) -> [CodeAction] {
    let uri = params.textDocument.uri
    guard let ruleSet = ruleSet(of: uri), let file = fileIndex(of: uri, in: ruleSet) else { return [] }
    let wanted = params.context?.only
    func isWanted(_ kind: String) -> Bool { wanted?.contains { kind == $0 || kind.hasPrefix($0 + ".") } ?? true }
    let here = ruleSet.diagnostics.filter { $0.primary?.span.text == Int32(file) }
    var actions: [CodeAction] = []
    if isWanted("quickfix") {
      for diagnostic in here {
        guard let span = diagnostic.primary?.span else { continue }
        let published = PublishedDiagnostic(diagnostic, at: span, in: ruleSet.texts, self)
        guard published.range.start <= params.range.end, params.range.start <= published.range.end else { continue }
        for repair in diagnostic.repairs where !repair.edits.isEmpty {
          actions.append(
            CodeAction(
              title: "Write " + repair.title, kind: "quickfix", diagnostics: [published],
              isPreferred: diagnostic.certainEdits != nil, edit: edit(repair.edits, in: ruleSet)))
        }
      }
    }
    let certain = Mending(here, in: ruleSet.texts)
    if isWanted("source.fixAll"), !certain.mended.isEmpty {
      let edits = certain.mended.flatMap { $0.certainEdits ?? [] }
      var seen: Set<Edit> = []
      actions.append(
        CodeAction(
          title: "Mend all that can be mended without a choice", kind: "source.fixAll",
          edit: edit(edits.filter { seen.insert($0).inserted }, in: ruleSet)))
    }
    return actions
  }

  private func edit(_ edits: [Edit], in ruleSet: OpenRuleSet) -> WorkspaceEdit {
    var changes: [String: [TextEdit]] = [:]
    for edit in edits {
      let text = ruleSet.texts[Int(edit.span.text)]
      changes[uri(of: text.name), default: []].append(
        TextEdit(range: text.range(of: edit.span, encoding), newText: edit.replacement))
    }
    return WorkspaceEdit(changes: changes)
  }
}
