import Diagnostics

/// The comments that allow a lint for one declaration: `# allow R503: tried out by hand each April`.
///
/// One stands directly above the declaration, or on a line of its own inside it.
struct Allowances {
  private struct Allowance {
    var code: String
    /// Of the comment.
    var span: Span
    /// The declaration that it is about.
    var scope: Span
    var isUsed = false
  }

  private var allowances: [Allowance] = []
  /// Comments that were meant as one, and allow nothing.
  private(set) var unclear: [Diagnostic] = []

  init(_ tree: SyntaxTree, _ texts: [SourceText]) {
    let declarations = Dictionary(grouping: tree.declarationSpans, by: \.text)
    for (index, text) in texts.enumerated() {
      let spans = (declarations[Int32(index)] ?? []).sorted { $0.start < $1.start }
      guard !spans.isEmpty else { continue }
      for line in 1...text.lineCount { read(line, of: text, Int32(index), spans) }
    }
  }

  /// Whether a warning is allowed where it stands; the comment that says so is then in use.
  mutating func cover(_ diagnostic: Diagnostic) -> Bool {
    guard let place = diagnostic.primary?.span else { return false }
    var isCovered = false
    for index in allowances.indices where allowances[index].code == diagnostic.code {
      let scope = allowances[index].scope
      guard scope.text == place.text, scope.start <= place.start, place.end <= scope.end else { continue }
      allowances[index].isUsed = true
      isCovered = true
    }
    return isCovered
  }

  /// Comments that allow what does not occur, of these codes.
  func unused(of codes: Set<RuleCode>) -> [Diagnostic] {
    let names = Set(codes.map(\.rawValue))
    return allowances.filter { !$0.isUsed && names.contains($0.code) }.map { allowance in
      .warning(
        .allowUnused, "\(allowance.code) is allowed here, and does not occur", at: allowance.span,
        repairs: [Repair("delete the comment", [Edit(allowance.span, "")], isCertain: false)])
    }
  }

  // MARK: Reading

  /// `  # allow R501, R502: reason`
  private mutating func read(_ line: Int, of text: SourceText, _ index: Int32, _ declarations: [Span]) {
    let range = text.lineRange(line)
    guard let start = text.bytes[range].firstIndex(where: { $0 != UInt8(ascii: " ") }),
      text.bytes[start] == UInt8(ascii: "#")
    else { return }
    let words = String(decoding: text.bytes[(start + 1)..<range.upperBound], as: UTF8.self)
      .drop { $0 == " " }
    guard words.hasPrefix("allow ") else { return }
    let span = Span(text: index, start: Int32(start), end: Int32(range.upperBound))
    let parts = words.dropFirst("allow ".count).split(separator: ":", maxSplits: 1)
    let codes = (parts.first ?? "").split { $0 == "," || $0 == " " }.map(String.init)
    // Other sentences may start with the word.
    guard let first = codes.first, first.first == "R", first.dropFirst().allSatisfy(\.isNumber) else { return }
    let reason = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
    func refuse(_ message: String, fix: String) {
      unclear.append(.warning(.allowUnclear, message, at: span, fix: fix))
    }
    if reason.isEmpty {
      return refuse("an allowance says why", fix: "# allow \(codes.joined(separator: ", ")): the reason")
    }
    for code in codes {
      guard RuleCode(rawValue: code)?.isLint == true else {
        refuse("\(code) cannot be allowed: only a warning can", fix: "mend what it is about")
        continue
      }
      guard let scope = scope(of: line, at: span, text, declarations) else {
        refuse("no declaration stands below this allowance", fix: "directly above the declaration, or inside it")
        continue
      }
      allowances.append(Allowance(code: code, span: span, scope: scope))
    }
  }

  /// The declaration that a comment stands in, behind, or directly above.
  private func scope(of line: Int, at comment: Span, _ text: SourceText, _ declarations: [Span]) -> Span? {
    let isIndented = Int(comment.start) > text.lineRange(line).lowerBound
    let before = declarations.last { $0.start <= comment.start }
    if let before, comment.start < before.end || isIndented { return before }
    guard let next = declarations.first(where: { $0.start > comment.start }) else { return nil }
    let last = text.lineNumber(of: Int(next.start))
    let between = (line + 1)..<max(line + 1, last)
    let isAbove = between.allSatisfy { number in
      text.bytes[text.lineRange(number)].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "#")
    }
    return isAbove ? next : nil
  }
}

extension SyntaxTree {
  /// Of everything at the left margin that a lint may be about.
  fileprivate var declarationSpans: [Span] {
    measures.map(\.span) + dimensions.map(\.span) + tables.map(\.span) + lets.map(\.span) + rules.map(\.span)
  }
}
