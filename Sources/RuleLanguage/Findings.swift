import Diagnostics

/// Collects what is wrong with the texts under examination; bounded, so that hostile input cannot fill the memory.
final class Findings {
  /// More than a person would read in one go.
  static let limit = 200

  private var collected: [Diagnostic] = []
  /// A let that is used twice is wrong once.
  private var seen: Set<Diagnostic> = []
  private var isQuiet = false
  private var omitted = 0
  private(set) var hasErrors = false

  func add(
    _ code: RuleCode, _ message: String, at span: Span, _ label: String = "", also secondary: [Diagnostic.Label] = [],
    fix: String? = nil, repairs: [Repair] = [], severity: Diagnostic.Severity = .error
  ) {
    add(
      Diagnostic(
        code.rawValue, severity, message, at: Diagnostic.Label(span, label), also: secondary, fix: fix,
        repairs: repairs))
  }

  /// For what has no place in a text.
  func add(_ code: RuleCode, _ message: String, fix: String? = nil) {
    add(Diagnostic(code.rawValue, .error, message, at: nil, fix: fix))
  }

  private func add(_ diagnostic: Diagnostic) {
    guard !isQuiet, seen.insert(diagnostic).inserted else { return }
    if diagnostic.severity == .error { hasErrors = true }
    guard collected.count < Findings.limit else {
      omitted += 1
      return
    }
    collected.append(diagnostic)
  }

  /// Tries something without reporting what is wrong with it.
  func quietly<Result>(_ attempt: () -> Result) -> Result {
    isQuiet = true
    defer { isQuiet = false }
    return attempt()
  }

  /// All of them, in the order of the texts.
  var inOrder: [Diagnostic] {
    var result = collected.enumerated().sorted { left, right in
      let a = left.element.primary?.span
      let b = right.element.primary?.span
      return (a?.text ?? -1, a?.start ?? -1, left.offset) < (b?.text ?? -1, b?.start ?? -1, right.offset)
    }.map(\.element)
    if omitted > 0 {
      result.append(
        Diagnostic(
          RuleCode.tooManyFindings.rawValue, .error, "\(omitted) more findings are not shown", at: nil,
          fix: "mend those above first"))
    }
    return result
  }
}
