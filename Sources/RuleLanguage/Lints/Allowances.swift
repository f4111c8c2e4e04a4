import Diagnostics

/// The comments that allow a lint for one declaration: `# allow R503: tried out by hand each April`.
///
/// One stands directly above the declaration, or on a line of its own inside it.
struct Allowances {
  private struct Allowance {
    var matter: Matter
    /// Of the comment.
    var span: Span
    var isUsed = false
  }

  /// What a code says of one declaration.
  private struct Matter: Hashable {
    var code: String
    var declaration: Span
  }

  private var allowances: [Allowance] = []
  /// Where each matter's allowances are in that list.
  private var places: [Matter: [Int]] = [:]
  /// Of each text, in its order.
  private let declarations: [Int32: [Span]]
  /// Comments that were meant as one, and allow nothing.
  private(set) var unclear: [Diagnostic] = []

  init(_ tree: SyntaxTree, _ texts: [SourceText]) {
    declarations = Dictionary(grouping: tree.declarationSpans, by: \.text).mapValues { spans in
      spans.sorted { $0.start < $1.start }
    }
    for (index, text) in texts.enumerated() {
      guard let spans = declarations[Int32(index)] else { continue }
      let ends = Self.commentEnds(of: text)
      for line in 1...text.lineCount where ends[line - 1] > line {
        read(line, endingAt: ends[line - 1], of: text, Int32(index), spans)
      }
    }
  }

  /// Whether a warning is allowed where it stands; the comment that says so is then in use.
  mutating func cover(_ diagnostic: Diagnostic) -> Bool {
    guard let place = diagnostic.primary?.span, let spans = declarations[place.text],
      let declaration = spans.prefix(spans.count(startingBy: place.start)).last, place.end <= declaration.end,
      let covering = places[Matter(code: diagnostic.code, declaration: declaration)]
    else { return false }
    for index in covering { allowances[index].isUsed = true }
    return true
  }

  /// Comments that allow what does not occur, of these codes.
  func unused(of codes: Set<RuleCode>) -> [Diagnostic] {
    let names = Set(codes.map(\.rawValue))
    return allowances.filter { !$0.isUsed && names.contains($0.matter.code) }.map { allowance in
      .warning(
        .allowUnused, "\(allowance.matter.code) is allowed here, and does not occur", at: allowance.span,
        repairs: [Repair("delete the comment", [Edit(allowance.span, "")], isCertain: false)])
    }
  }

  // MARK: Reading

  /// For each line the next that holds no comment alone: for one that does not, itself.
  private static func commentEnds(of text: SourceText) -> [Int] {
    var ends = Array(1...text.lineCount)
    for line in stride(from: text.lineCount, through: 1, by: -1) {
      let isComment = text.bytes[text.lineRange(line)].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "#")
      if isComment { ends[line - 1] = line < text.lineCount ? ends[line] : line + 1 }
    }
    return ends
  }

  /// `  # allow R501, R502: reason`
  private mutating func read(
    _ line: Int, endingAt end: Int, of text: SourceText, _ index: Int32, _ declarations: [Span]
  ) {
    let range = text.lineRange(line)
    guard let start = text.bytes[range].firstIndex(of: UInt8(ascii: "#")) else { return }
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
      guard let declaration = declaration(of: line, at: span, endingAt: end, text, declarations) else {
        refuse("no declaration stands below this allowance", fix: "directly above the declaration, or inside it")
        continue
      }
      let matter = Matter(code: code, declaration: declaration)
      places[matter, default: []].append(allowances.count)
      allowances.append(Allowance(matter: matter, span: span))
    }
  }

  /// The declaration that a comment stands in, behind, or directly above.
  private func declaration(
    of line: Int, at comment: Span, endingAt end: Int, _ text: SourceText, _ declarations: [Span]
  ) -> Span? {
    let isIndented = Int(comment.start) > text.lineRange(line).lowerBound
    let count = declarations.count(startingBy: comment.start)
    if count > 0, comment.start < declarations[count - 1].end || isIndented { return declarations[count - 1] }
    guard count < declarations.count else { return nil }
    let next = declarations[count]
    return text.lineNumber(of: Int(next.start)) == end ? next : nil
  }
}

extension [Span] {
  /// How many of them, which stand in their order, start there or before it.
  fileprivate func count(startingBy place: Int32) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].start <= place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension SyntaxTree {
  /// Of everything at the left margin that a lint may be about.
  fileprivate var declarationSpans: [Span] {
    measures.map(\.span) + dimensions.map(\.span) + tables.map(\.span) + lets.map(\.span) + rules.map(\.span)
  }
}
