package import Diagnostics
import Finance

/// A rule set while it is being written: read again after every change, at the cost of what has changed.
///
/// The files are cut into pieces of about one declaration. A piece that stays as it was keeps its syntax, and its place
/// in the spans, wherever it moves to: every span of a draft points into a piece.
package struct RuleDraft: Sendable {
  package struct Piece: Sendable {
    /// What its spans give as their text.
    package let number: Int32
    package let source: SourceText
    package let tree: SyntaxTree
    /// What is wrong with the text as it is written.
    package let findings: [Diagnostic]
    /// Where it starts in its file now.
    package fileprivate(set) var start: Int
  }

  package let library: FunctionLibrary
  package let attributes: Set<String>
  /// The files as they were read last.
  package private(set) var files: [SourceText] = []
  /// Of each file, in its order.
  package private(set) var pieces: [[Piece]] = []
  /// Every piece's text by its number; those of pieces that are gone are empty.
  private(set) var sources: [SourceText] = []
  private var homes: [Int32: (file: Int, start: Int)] = [:]
  private(set) var whole: DraftDeclarations
  /// Of the tables that stand in files of their own, by name.
  private var rowsInFiles: [String: TableSyntax] = [:]

  package init(library: FunctionLibrary, attributes: Set<String> = RuleSet.usualAttributes) {
    self.library = library
    self.attributes = attributes
    whole = DraftDeclarations(SyntaxTree(), attributes: attributes)
  }

  /// Reads the files as they are now. Gives the numbers of the pieces that are new.
  @discardableResult
  package mutating func read(_ now: [SourceText]) -> Set<Int32> {
    let before = Dictionary(zip(files.map(\.name), zip(files, pieces))) { first, _ in first }
    var fresh: Set<Int32> = []
    var kept: Set<Int32> = []
    files = now
    pieces = now.map { file in
      let known = before[file.name]
      if let known, known.0.bytes == file.bytes {
        kept.formUnion(known.1.map(\.number))
        return known.1
      }
      return read(file, known?.1 ?? [], &kept, &fresh)
    }
    for gone in homes.keys where !kept.contains(gone) { sources[Int(gone)] = SourceText(name: "", bytes: []) }
    homes = [:]
    var tree = SyntaxTree()
    for (file, pieces) in pieces.enumerated() {
      for piece in pieces {
        homes[piece.number] = (file, piece.start)
        tree.append(piece.tree)
      }
    }
    for index in tree.tables.indices { tree.tables[index].takeRows(of: rowsInFiles[tree.tables[index].name.text]) }
    whole = DraftDeclarations(tree, attributes: attributes)
    return fresh
  }

  /// Takes the rows of tables that stand in files of their own: the draft reads none. They are there from the next
  /// reading on.
  package mutating func knowRows(of tables: [TableSyntax]) {
    rowsInFiles = Dictionary(tables.filter { $0.file != nil }.map { ($0.name.text, $0) }) { first, _ in first }
  }

  /// Most changes are in one place: what stands before and behind it is as it was.
  private mutating func read(
    _ file: SourceText, _ old: [Piece], _ kept: inout Set<Int32>, _ fresh: inout Set<Int32>
  ) -> [Piece] {
    let ranges = Cutting.pieces(of: file.bytes)
    func isSame(_ piece: Piece, _ range: Range<Int>) -> Bool {
      piece.source.bytes.count == range.count && piece.source.bytes.elementsEqual(file.bytes[range])
    }
    let most = min(old.count, ranges.count)
    var head = 0
    while head < most, isSame(old[head], ranges[head]) { head += 1 }
    var tail = 0
    while tail < most - head, isSame(old[old.count - 1 - tail], ranges[ranges.count - 1 - tail]) { tail += 1 }
    return ranges.indices.map { index in
      let same = index < head ? index : index >= ranges.count - tail ? index - ranges.count + old.count : nil
      var piece: Piece
      if let same {
        piece = old[same]
        piece.start = ranges[index].lowerBound
      } else {
        piece = parsed(
          SourceText(name: file.name, bytes: Array(file.bytes[ranges[index]])), at: ranges[index].lowerBound)
        fresh.insert(piece.number)
      }
      kept.insert(piece.number)
      return piece
    }
  }

  private mutating func parsed(_ source: SourceText, at start: Int) -> Piece {
    let number = Int32(sources.count)
    sources.append(source)
    let findings = Findings()
    var tree = SyntaxTree()
    FileParser.parse(source, text: number, functions: Set(library.functions.keys), findings: findings, into: &tree)
    return Piece(number: number, source: source, tree: tree, findings: findings.inOrder, start: start)
  }
}

// MARK: - Places

extension RuleDraft {
  /// Everything that is declared, in the order of the files.
  package var tree: SyntaxTree { whole.tree }

  /// What stands before an amount: `£`, `PLN `.
  package var currencyPrefix: String { whole.settings.currency.prefix }

  /// Where a stretch of a piece stands in its file: a span whose text is an index into `files`. Nil where the piece is gone.
  package func placed(_ span: Span) -> Span? {
    guard let home = homes[span.text] else { return nil }
    return Span(text: Int32(home.file), start: span.start + Int32(home.start), end: span.end + Int32(home.start))
  }

  /// The piece that a byte of a file lies in; at the border of two, the latter.
  package func piece(at offset: Int, inFile file: Int) -> Piece? {
    guard pieces.indices.contains(file) else { return nil }
    let list = pieces[file]
    var (low, high) = (0, list.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if list[middle].start <= offset { low = middle } else { high = middle }
    }
    return list.isEmpty ? nil : list[low]
  }

  /// A stretch of a file, as one of the piece in which it starts.
  package func unplaced(_ span: Span) -> Span? {
    guard let piece = piece(at: Int(span.start), inFile: Int(span.text)) else { return nil }
    let start = Int32(piece.start)
    let end = min(span.end - start, Int32(piece.source.bytes.count))
    return Span(text: piece.number, start: span.start - start, end: max(span.start - start, end))
  }
}

extension TableSyntax {
  /// The rows that its file has; in the draft they stand where the file is named.
  fileprivate mutating func takeRows(of known: TableSyntax?) {
    guard let file else { return }
    guard let known, known.file?.value == file.value else {
      isIncomplete = true
      return
    }
    isIncomplete = known.isIncomplete
    rows = known.rows
    for row in rows.indices {
      rows[row].span = file.span
      rows[row].keySpan = file.span
      for cell in rows[row].cells.indices {
        rows[row].cells[cell].column.span = file.span
        rows[row].cells[cell].value.span = file.span
      }
    }
  }
}

extension SyntaxTree {
  fileprivate mutating func append(_ other: SyntaxTree) {
    currencies += other.currencies
    yearStarts += other.yearStarts
    measures += other.measures
    dimensions += other.dimensions
    tables += other.tables
    lets += other.lets
    rules += other.rules
    tests += other.tests
    broken.formUnion(other.broken)
  }
}
