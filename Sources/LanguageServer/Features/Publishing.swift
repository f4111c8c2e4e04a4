import Diagnostics
import RuleLanguage

/// What the editor underlines: findings by file, told again only where they have changed.
struct Publishing {
  /// As the editor has them, by URI.
  private var shown: [String: [PublishedDiagnostic]] = [:]

  /// What is to be told of a rule set that was checked anew.
  mutating func changes(of ruleSet: OpenRuleSet, in workspace: Workspace) -> [PublishDiagnosticsParams] {
    var found: [String: [PublishedDiagnostic]] = [:]
    let texts = ruleSet.texts
    for text in texts { found[workspace.uri(of: text.name)] = [] }
    for diagnostic in ruleSet.diagnostics {
      // What has no place of its own is told at the start of the first file.
      let span = diagnostic.primary?.span ?? Span(text: 0, start: 0, end: 0)
      guard let text = texts[checked: span.text] else { continue }
      found[workspace.uri(of: text.name), default: []].append(
        PublishedDiagnostic(diagnostic, at: span, in: texts, workspace))
    }
    return found.sorted { $0.key < $1.key }.compactMap { uri, diagnostics in
      let document = workspace.documents[uri]
      // An open buffer is told once that it is clean.
      guard shown[uri] != diagnostics, document != nil || !diagnostics.isEmpty || shown[uri] != nil else { return nil }
      shown[uri] = diagnostics
      return PublishDiagnosticsParams(uri: uri, version: document?.version, diagnostics: diagnostics)
    }
  }
}

extension PublishedDiagnostic {
  init(_ diagnostic: Diagnostic, at span: Span, in texts: [SourceText], _ workspace: Workspace) {
    func text(_ span: Span) -> SourceText { texts[Int(span.text)] }
    range = text(span).range(of: span, workspace.encoding)
    severity = diagnostic.severity == .error ? 1 : 2
    code = diagnostic.code
    source = "outturn"
    // What is never used is shown faded.
    tags = diagnostic.code == RuleCode.neverUsed.rawValue ? [1] : nil
    var lines = [diagnostic.message]
    if let label = diagnostic.primary?.text, !label.isEmpty { lines[0] += ": " + label }
    if let fix = diagnostic.fix { lines.append("fix: " + fix) }
    message = lines.joined(separator: "\n")
    let related = diagnostic.secondary.filter { texts[checked: $0.span.text] != nil }.map { label in
      Related(
        location: Location(
          uri: workspace.uri(of: text(label.span).name), range: text(label.span).range(of: label.span, workspace.encoding)),
        message: label.text)
    }
    relatedInformation = related.isEmpty ? nil : related
  }
}

extension [SourceText] {
  subscript(checked index: Int32) -> SourceText? { indices.contains(Int(index)) ? self[Int(index)] : nil }
}
