/// One stretch of a text to be written anew; an empty stretch is a place to insert at.
package struct Edit: Hashable, Sendable {
  package var span: Span
  package var replacement: String
  package init(_ span: Span, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// One way to mend what a diagnostic is about, such that a program can do it.
///
/// A diagnostic with one certain repair is mended by `--fix`. Several are alternatives, and one that is not certain is a
/// start: both are offered to a person, in an editor, and never made unasked.
package struct Repair: Hashable, Sendable {
  /// What an editor calls it: mostly the text that is then there.
  package var title: String
  /// They do not overlap.
  package var edits: [Edit]
  /// It can hardly be other than what was meant.
  package var isCertain: Bool

  package init(_ title: String, _ edits: [Edit], isCertain: Bool = true) {
    self.title = title
    self.edits = edits
    self.isCertain = isCertain
  }

  package static func replacing(_ span: Span, with text: String, isCertain: Bool = true) -> Repair {
    Repair(text, [Edit(span, text)], isCertain: isCertain)
  }
}

extension Diagnostic {
  /// The edits that mend it without a person's choice; nil where there are none, or where it takes a choice.
  package var certainEdits: [Edit]? {
    guard repairs.count == 1, repairs[0].isCertain, !repairs[0].edits.isEmpty else { return nil }
    return repairs[0].edits
  }
}
