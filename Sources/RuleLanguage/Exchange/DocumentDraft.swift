import Diagnostics

/// Rules being written from a JSON text that has the shape of the document. It remembers what came from where.
struct DocumentDraft {
  private(set) var bytes: [UInt8] = []
  /// Stretches of the text and what they were written from, in order.
  private var pieces: [(range: Range<Int>, node: JSONNode, isVerbatim: Bool)] = []
  private var declarations: [(start: Int, node: JSONNode)] = []
  /// The line ends in a comment of an expression: whatever follows stands on another.
  private var isLineEnded = false

  var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Writing

  private mutating func add(_ words: String) {
    if isLineEnded, !words.isEmpty, !words.hasPrefix("\n") { bytes += Array(("\n" + Self.deep).utf8) }
    if !words.isEmpty { isLineEnded = false }
    bytes += Array(words.utf8)
  }

  private mutating func add(_ words: String, from node: JSONNode, isVerbatim: Bool = false) {
    let start = bytes.count
    add(words)
    pieces.append((start..<bytes.count, node, isVerbatim && node.isPlain))
  }

  private mutating func add(_ node: JSONNode) {
    switch node.value {
    case .string(let text): add(text, from: node, isVerbatim: true)
    case .number(let digits): add(digits, from: node, isVerbatim: true)
    default: break
    }
  }

  private mutating func add(name node: JSONNode?) { if let node { add(node) } }

  /// `words` and the value, where there is one.
  private mutating func add(_ words: String, _ node: JSONNode?) {
    guard let node else { return }
    add(words)
    add(node)
  }

  private mutating func add(_ words: String, quoted node: JSONNode?) {
    guard let node, let text = node.string else { return }
    add(words + "\"")
    let escaped = text.replacing("{", with: "{{").replacing("}", with: "}}")
    add(escaped, from: node, isVerbatim: escaped == text)
    add("\"")
  }

  /// Its further lines stand deeper than whatever it is in.
  private mutating func add(_ words: String, expression node: JSONNode?) {
    guard let node, let text = node.string else { return }
    add(words)
    let broken = text.replacing("\r\n", with: "\n").replacing("\n", with: "\n" + Self.deep)
    add(broken, from: node, isVerbatim: broken == text)
    isLineEnded = Self.endsInComment(text)
  }

  private static func endsInComment(_ text: String) -> Bool {
    guard text.contains("#") else { return false }
    let source = SourceText(name: "", text)
    let end = Lexer.tokens(of: source, text: 0, findings: Findings()).last.map { Int($0.span.end) } ?? 0
    let gap = Gap(source.bytes, end..<source.bytes.count, isBehindToken: true)
    return gap.ending != nil || !gap.comments.isEmpty
  }

  private static let deep = "        "

  // MARK: Files

  mutating func add(file node: JSONNode) {
    for declaration in node["declarations"]?.elements ?? [] { add(declaration: declaration) }
    add(comments: node["closing_comments"], "")
  }

  private mutating func add(comments node: JSONNode?, _ margin: String) {
    for comment in node?.elements ?? [] { add(comment: comment, margin) }
  }

  private mutating func add(comment node: JSONNode?, _ margin: String, isEnding: Bool = false) {
    guard let node, let text = node.string else { return }
    guard !text.isEmpty || isEnding else { return add("\n") }
    add(margin + (text.hasPrefix("#") ? "" : "# "))
    add(text, from: node, isVerbatim: true)
    if !isEnding { add("\n") }
  }

  /// A line with its comments.
  private mutating func line(_ node: JSONNode, _ margin: String, _ body: (inout DocumentDraft) -> Void) {
    add(comments: node["comments"], margin)
    add(margin)
    let start = bytes.count
    body(&self)
    if let inside = node["inside"] { insert(inside, from: start) }
    add(comment: node["comment"], "  ", isEnding: true)
    add("\n")
  }

  /// Comments between the words of what was written from a place on; what follows one stands on a line of its own.
  private mutating func insert(_ node: JSONNode, from start: Int) {
    let source = SourceText(name: "", bytes: Array(bytes[start...]))
    let ends = Lexer.tokens(of: source, text: 0, findings: Findings()).map { Int($0.span.end) }
    let remarks = node.elements.map { (after: $0["after"]?.whole ?? 1, node: $0) }.sorted { $0.after > $1.after }
    for remark in remarks where !ends.isEmpty {
      var inserted = DocumentDraft()
      inserted.add(comment: remark.node["comment"], "  ", isEnding: true)
      inserted.add("\n")
      inserted.add(comments: remark.node["comments"], Self.deep)
      inserted.add(Self.deep)
      splice(inserted.bytes, at: start + ends[min(max(remark.after, 1), ends.count) - 1])
    }
  }

  /// What stood behind the place moves on, and is found there.
  private mutating func splice(_ more: [UInt8], at place: Int) {
    bytes.insert(contentsOf: more, at: place)
    for index in pieces.indices where pieces[index].range.upperBound > place {
      let range = pieces[index].range
      let isBehind = range.lowerBound >= place
      pieces[index].range =
        (isBehind ? range.lowerBound + more.count : range.lowerBound)..<range.upperBound + more.count
      pieces[index].isVerbatim = pieces[index].isVerbatim && isBehind
    }
  }

  private mutating func add(declaration node: JSONNode) {
    declarations.append((bytes.count, node))
    line(node, "") { $0.addHeading(of: node) }
    let margin = "  "
    for clause in node["clauses"]?.elements ?? [] { line(clause, margin) { $0.add(clause: clause) } }
    if node["table"] != nil {
      for row in node["rows"]?.elements ?? [] { line(row, margin) { $0.add(row: row) } }
    }
    if let grid = node["given"] {
      line(grid, margin) {
        $0.add("given "); $0.add(grid: grid)
      }
    }
    for step in node["steps"]?.elements ?? [] { line(step, margin) { $0.add(step: step) } }
    add(comments: node["closing_comments"], margin)
  }

  private mutating func addHeading(of node: JSONNode) {
    add("currency ", node["currency"])
    add("year starts in ", node["year_starts_in"])
    add("dimension ", node["dimension"])
    if node["measure"] != nil { addMeasure(node) }
    if node["let"] != nil { addBinding(node) }
    if node["table"] != nil {
      add("table ", node["table"])
      add(" by ", node["by"])
      add(" from ", quoted: node["from"])
    }
    add("rule ", node["rule"])
    add(" formerly ", node["formerly"])
    add("test ", node["test"])
    add(" ", quoted: node["title"])
  }

  private mutating func addMeasure(_ node: JSONNode) {
    add("measure ", node["measure"])
    add(" ", node["type"])
    add(" ", node["basis"])
    if node["reference"] != nil { add(" reference") }
    add(" adverse ", node["adverse"])
    add(" every ", node["every"])
    for (number, dimension) in (node["by"]?.elements ?? []).enumerated() { add(number == 0 ? " by " : ", ", dimension) }
  }

  private mutating func addBinding(_ node: JSONNode) {
    add("let ", node["let"])
    add(" = ", expression: node["value"])
  }

  private mutating func add(row node: JSONNode) {
    add("", quoted: node["value"])
    add("", node["year"])
    add("organisation ", quoted: node["organisation"])
    if node["otherwise"] != nil { add("otherwise") }
    for cell in node["cells"]?.members ?? [] {
      add(" " + cell.key + " ")
      if let text = cell.value["text"] { add("", quoted: text) } else { add(cell.value) }
    }
  }

  // MARK: Clauses

  private mutating func add(clause node: JSONNode) {
    guard let first = node.members.first(where: { member in Forms.clauses.contains { $0.key == member.key } }) else {
      return
    }
    let value = first.value
    switch first.key {
    case "for_each":
      add("for each ")
      for (number, name) in value.elements.enumerated() { add(number == 0 ? "" : " and ", name) }
      add(" where ", expression: node["where"])
    case "overall": add("overall")
    case "effective":
      add("effective")
      add(" in ", value["in"])
      add(" from ", value["from"])
      add(" to ", value["to"])
    case "let": addBinding(node)
    case "only_when": add("only when ", expression: value)
    case "watch": add("watch ", expression: value)
    case "info", "amber", "red":
      add(first.key)
      add(band: value)
    case "coverage": add("coverage at least ", value)
    case "persists_for": add("persists for ", periods: value)
    case "clears":
      add("clears")
      add(band: value)
      add(" for ", periods: value["for"])
    case "if_unknown":
      add("if unknown ")
      if value.string != nil { add(value) }
      add("hold for ", periods: value["hold"])
      add("raise ", value["raise"])
    case "suppress_when":
      add("suppress when ", expression: value)
      add(" until ", node["until"])
      add(" because ", quoted: node["because"])
    case "message", "detail":
      add(first.key + " \"")
      add(value)
      add("\"")
    case "runbook", "owner": add(first.key + " ", quoted: value)
    case "label":
      add("label ", value)
      add(" = ", quoted: node["text"])
    default: break
    }
  }

  private mutating func add(_ words: String, periods node: JSONNode?) {
    guard let node else { return }
    add(words, node)
    add(node.whole == 1 ? " period" : " periods")
  }

  private mutating func add(band node: JSONNode) {
    for word in ["above", "below", "at_least", "at_most", "when"] {
      add(" " + word.replacing("_", with: " ") + " ", expression: node[word])
    }
    guard let bounds = node["outside"]?.elements, bounds.count == 2 else { return }
    add(" outside ", expression: bounds[0])
    add(" to ", expression: bounds[1])
  }

  // MARK: Tests

  private mutating func add(grid node: JSONNode) {
    let columns = node["columns"]?.elements ?? []
    for (number, column) in columns.enumerated() { add(number == 0 ? "" : " | ", column) }
    add(comment: node["columns_comment"], "  ", isEnding: true)
    for row in node["rows"]?.elements ?? [] {
      add("\n")
      add(comments: row["comments"], Self.deep)
      add(Self.deep)
      let cells = row["cells"]?.elements ?? row.elements
      for (number, cell) in cells.enumerated() {
        if number > 0 { add(" | ") }
        add(cell: cell, column: number < columns.count ? columns[number].string : nil)
      }
      add(comment: row["comment"], "  ", isEnding: true)
    }
  }

  private mutating func add(cell node: JSONNode, column: String?) {
    if let text = node["text"] { return add("", quoted: text) }
    if let value = node["name"] ?? node["literal"] { return add(value) }
    guard let text = node.string else { return add(node) }
    // Of measures, the name; of periods, the figure; of anything else, a text. What is neither name nor figure stands
    // in quotation marks, where it can be told what is wrong with it.
    let isKey = column.map { $0 != "measure" && ShapeCheck.isWord($0) && Int($0) == nil } ?? false
    let isBare = !isKey && (ShapeCheck.isWord(text) || LiteralForm.fits(text, .value))
    if isBare { add(node) } else { add("", quoted: node) }
  }

  private mutating func add(step node: JSONNode) {
    if let day = node["drop"] {
      add("drop ", day)
      add(" ")
      return add(grid: node)
    }
    if let absence = node["absent"] { return add("absent ", absence) }
    add("expect ")
    if node["expect_overall"] != nil { add("overall") }
    if let subject = node["expect"] {
      let keys = subject.string == nil ? subject.elements : [subject]
      for (number, key) in keys.enumerated() { add(number == 0 ? "" : " and ", quoted: key) }
    }
    add(" at ", node["at"])
    add(" as of ", node["as_of"])
    add(" ", node["state"])
    add(" ", quoted: node["value"])
  }

  // MARK: Where from

  /// The place in the JSON text of a stretch of the rules, and what stands there.
  func origin(of span: Span) -> (span: Span, node: JSONNode)? {
    let start = Int(span.start)
    let place = pieces.partitioningIndex { $0.range.lowerBound > start } - 1
    if place >= 0, pieces[place].range.contains(start) || pieces[place].range.upperBound == start {
      let piece = pieces[place]
      guard piece.isVerbatim else { return (piece.node.span, piece.node) }
      // Behind the quotation mark of a text.
      let first = piece.node.span.start + (piece.node.string == nil ? 0 : 1)
      let from = first + Int32(start - piece.range.lowerBound)
      let to = first + Int32(min(Int(span.end), piece.range.upperBound) - piece.range.lowerBound)
      return (Span(text: 0, start: from, end: max(from, to)), piece.node)
    }
    guard let declaration = declarations.last(where: { $0.start <= start }) else { return nil }
    return (declaration.node.span, declaration.node)
  }
}

extension Array {
  /// The first place at which a condition holds that holds from there on.
  fileprivate func partitioningIndex(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
