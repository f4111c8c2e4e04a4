package import Diagnostics

/// Rule files in their one layout. Spaces, line breaks and empty lines are all that it changes: every word and every
/// comment stays, in its order, so that no version changes.
package enum RuleFormatter {
  /// A file laid out; laying out what comes out changes nothing more.
  ///
  /// - Returns: no text where the file can't be read; what is wrong with it is in the diagnostics. They point into the
  ///   file as text 0. What its rules mean is not looked at.
  package static func format(
    _ file: SourceText, library: FunctionLibrary
  ) -> (text: String?, diagnostics: [Diagnostic]) {
    let findings = Findings()
    _ = FileParser.parse([file], functions: Set(library.functions.keys), findings: findings)
    guard !findings.hasErrors else { return (nil, findings.inOrder) }
    let text = FileLayout(file).text
    // What was broken over lines may be one word too long for any of them; such a file stays as it is.
    let isReadable = text.utf8.count <= Screening.largestFile
      && text.utf8.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= Screening.longestLine }
    return (isReadable ? text : String(decoding: file.bytes, as: UTF8.self), findings.inOrder)
  }
}

/// The lines of one file: declarations at the left margin, clauses under them, an empty line round each rule.
private struct FileLayout {
  private let source: SourceText
  private let tokens: [Token]
  private let gaps: [Gap]
  private var lines: [String] = []

  init(_ source: SourceText) {
    self.source = source
    tokens = Lexer.tokens(of: source, text: 0, findings: Findings())
    gaps = Gap.between(tokens, in: source.bytes)
    layOut()
  }

  var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

  private mutating func layOut() {
    var last: FileItem?
    for item in FileItem.items(of: tokens) {
      comments(before: item.tokens.lowerBound, of: item, behind: last)
      let pieces = PieceReader.pieces(
        of: tokens[item.tokens], gaps[item.tokens], in: source)
      lines += LineBreaking.lines(of: pieces, indent: item.indent, isWhole: item.isHeading)
      if let ending = gaps[item.tokens.upperBound].ending { lines[lines.count - 1] += "  " + ending }
      last = item
    }
    comments(before: tokens.count, of: nil, behind: last)
    while lines.last?.isEmpty == true { lines.removeLast() }
  }

  /// The comments and empty lines before an item, or at the end of the file.
  private mutating func comments(before index: Int, of item: FileItem?, behind last: FileItem?) {
    var gap = gaps[index].lines[...]
    let isInBlock = item?.isClause == true
    if let last, last.isInBlock, !isInBlock {
      // What is indented belongs to the rule that ends here.
      let margin = gap.firstIndex { if case .comment(_, 0) = $0 { true } else { false } } ?? gap.endIndex
      let inner = gap[..<margin]
      if let end = inner.lastIndex(where: { !$0.isBlank }) {
        for line in inner[...end] { append(line, indent: LineBreaking.step) }
        gap = gap[(end + 1)...]
      }
    }
    if !isInBlock, last?.isInBlock == true || item?.isHeading == true { append(.blank, indent: 0) }
    if isInBlock, last?.isHeading == true { gap = gap.drop(while: \.isBlank) }
    for line in gap { append(line, indent: item?.indent ?? 0) }
  }

  private mutating func append(_ line: Gap.Line, indent: Int) {
    switch line {
    case .blank: if let last = lines.last, !last.isEmpty { lines.append("") }
    case .comment(let text, _): lines.append(String(repeating: " ", count: indent) + text)
    }
  }
}

/// A declaration of one line, the heading of one that has clauses, or a clause.
struct FileItem {
  enum Kind { case declaration, heading, clause }

  var tokens: Range<Int>
  var kind: Kind

  var isHeading: Bool { kind == .heading }
  var isClause: Bool { kind == .clause }
  var isInBlock: Bool { kind != .declaration }
  var indent: Int { isClause ? LineBreaking.step : 0 }

  /// Words of declarations with lines of their own under them.
  private static let blocks = ["rule"]

  static func items(of tokens: [Token]) -> [FileItem] {
    var items: [FileItem] = []
    let starts = tokens.indices.filter { tokens[$0].indent == 0 }
    for (number, start) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1] : tokens.count
      guard blocks.contains(where: { tokens[start].isWord($0) }) else {
        items.append(FileItem(tokens: start..<end, kind: .declaration))
        continue
      }
      let lines = (start + 1..<end).filter { tokens[$0].indent != nil }
      let indent = lines.first.flatMap { tokens[$0].indent } ?? 0
      let clauses = lines.filter { (tokens[$0].indent ?? 0) <= indent }
      items.append(FileItem(tokens: start..<(clauses.first ?? end), kind: .heading))
      for (number, clause) in clauses.enumerated() {
        let next = number + 1 < clauses.count ? clauses[number + 1] : end
        items.append(FileItem(tokens: clause..<next, kind: .clause))
      }
    }
    return items
  }
}
