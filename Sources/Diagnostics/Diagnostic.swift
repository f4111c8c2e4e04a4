/// One thing wrong with (or doubtful about) what a person wrote: what, where, why, and what to do.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable { case error, warning }

  /// A place in the text, with the few words that stand beside its underline.
  package struct Label: Hashable, Sendable {
    package var span: Span
    package var text: String
    /// What stands at this place (a secret written in the open) must not be repeated by any message.
    package var isConfidential: Bool
    package init(_ span: Span, _ text: String = "", isConfidential: Bool = false) {
      self.span = span
      self.text = text
      self.isConfidential = isConfidential
    }
  }

  /// `R204` (rules), `C101` (configuration): never changes meaning once released.
  package var code: String
  package var severity: Severity
  package var message: String
  /// The place of the fault; it is underlined with `^`.
  package var primary: Label?
  /// Places that explain it; underlined with `─`.
  package var secondary: [Label]
  /// What to write instead, in words.
  package var fix: String?
  /// The same as edits, where it can be said so.
  package var repairs: [Repair]

  package init(
    _ code: String, _ severity: Severity, _ message: String, at primary: Label?, also secondary: [Label] = [],
    fix: String? = nil, repairs: [Repair] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.fix = fix ?? (repairs.isEmpty ? nil : repairs.map(\.title).joined(separator: ", or "))
    self.repairs = repairs
  }

  /// An error.
  package init(
    _ code: String, _ message: String, at primary: Label?, also secondary: [Label] = [], fix: String? = nil,
    repairs: [Repair] = []
  ) {
    self.init(code, .error, message, at: primary, also: secondary, fix: fix, repairs: repairs)
  }
}

extension Sequence<Diagnostic> {
  /// In the order in which a person meets them in the text; what has no place comes first.
  package func sortedByPlace() -> [Diagnostic] {
    sorted { $0.order < $1.order }
  }

  /// Warnings alone let the work go on.
  package var hasErrors: Bool {
    contains { $0.severity == .error }
  }
}

extension Diagnostic {
  var labels: [Label] { (primary.map { [$0] } ?? []) + secondary }

  fileprivate var order: (Int32, Int32, Int32, String, String) {
    let span = primary?.span ?? Span(text: -1, start: 0, end: 0)
    return (span.text, span.start, span.end, code, message)
  }
}

extension Diagnostic {
  /// The same where its texts stand so many places further down the list.
  package func moved(by places: Int32) -> Diagnostic {
    func move(_ label: Label) -> Label {
      var label = label
      label.span.text += places
      return label
    }
    var moved = self
    moved.primary = primary.map(move)
    moved.secondary = secondary.map(move)
    for repair in moved.repairs.indices {
      for edit in moved.repairs[repair].edits.indices { moved.repairs[repair].edits[edit].span.text += places }
    }
    return moved
  }
}
