import Diagnostics

/// Collects what is wrong with the texts under examination; bounded, so that hostile input cannot fill the memory.
final class Findings {
  /// More than a person would read in one go.
  static let limit = 200

  private var collected: [Diagnostic] = []
  /// A let that is used twice is wrong once.
  private var seen: Set<Diagnostic> = []
  /// While something is tried.
  private(set) var isQuiet = false
  private var omitted = 0
  private(set) var hasErrors = false

  /// Whether one more would be shown: what would mend it is only then worth looking for.
  var isOpen: Bool { !isQuiet && collected.count < Findings.limit }

  /// How it is mended is worked out for what is shown alone.
  func add(
    _ code: RuleCode, _ message: String, at span: Span, _ label: String = "", also secondary: [Diagnostic.Label] = [],
    fix: @autoclosure () -> String? = nil, repairs: @autoclosure () -> [Repair] = [],
    severity: Diagnostic.Severity = .error
  ) {
    let bare = Diagnostic(
      code.rawValue, severity, message, at: Diagnostic.Label(span, label), also: secondary)
    add(bare, fix: fix(), repairs: repairs())
  }

  /// For what has no place in a text.
  func add(_ code: RuleCode, _ message: String, fix: @autoclosure () -> String? = nil) {
    add(Diagnostic(code.rawValue, .error, message, at: nil), fix: fix(), repairs: [])
  }

  private func add(
    _ bare: Diagnostic, fix: @autoclosure () -> String?, repairs: @autoclosure () -> [Repair]
  ) {
    guard !isQuiet, seen.insert(bare).inserted else { return }
    if bare.severity == .error { hasErrors = true }
    guard collected.count < Findings.limit else {
      omitted += 1
      return
    }
    collected.append(
      Diagnostic(
        bare.code, bare.severity, bare.message, at: bare.primary, also: bare.secondary, fix: fix(), repairs: repairs()))
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
