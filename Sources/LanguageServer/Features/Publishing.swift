import Diagnostics
import RuleLanguage

/// What the editor underlines: findings by file, told again only where they have changed.
struct Publishing {
  /// Of one file: more than a person looks through, errors before warnings.
  private static let most = 250

  /// As the editor has them, by URI.
  private var shown: [String: [PublishedDiagnostic]] = [:]

  /// What is to be told of a rule set that was checked anew.
  mutating func changes(of ruleSet: OpenRuleSet, in workspace: Workspace) -> [PublishDiagnosticsParams] {
    let texts = ruleSet.texts
    var byText: [Int32: [Diagnostic]] = [:]
    for diagnostic in ruleSet.diagnostics {
      // What has no place of its own is told at the start of the first file.
      byText[diagnostic.primary?.span.text ?? 0, default: []].append(diagnostic)
    }
    var found: [String: [PublishedDiagnostic]] = [:]
    for (index, text) in texts.enumerated() {
      let here = byText[Int32(index)] ?? []
      let errors = here.filter { $0.severity == .error }
      let told = (errors + here.filter { $0.severity == .warning }).prefix(Self.most)
      found[workspace.uri(of: text.name)] = told.map { diagnostic in
        let start = Span(text: Int32(index), start: 0, end: 0)
        return PublishedDiagnostic(diagnostic, at: diagnostic.primary?.span ?? start, in: texts, workspace)
      }
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
          uri: workspace.uri(of: text(label.span).name),
          range: text(label.span).range(of: label.span, workspace.encoding)),
        message: label.text)
    }
    relatedInformation = related.isEmpty ? nil : related
  }
}

extension [SourceText] {
  subscript(checked index: Int32) -> SourceText? { indices.contains(Int(index)) ? self[Int(index)] : nil }
}
