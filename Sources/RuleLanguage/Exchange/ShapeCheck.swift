import Diagnostics

/// Holds a JSON text against the shape of the document, and collects all that does not fit. What fits can be written as
/// rules without anything in it being taken for something else.
struct ShapeCheck {
  let findings: ExchangeFindings
  /// Names of library functions: nothing else may have them.
  let functions: Set<String>
  /// What is wrong with expressions and messages: the language's own findings, by the place of what they are in.
  private(set) var found: [(node: JSONNode, offset: Int, diagnostic: Diagnostic)] = []

  init(_ findings: ExchangeFindings, functions: Set<String>) {
    self.findings = findings
    self.functions = functions
  }

  mutating func check(_ node: JSONNode, _ shape: Shape) {
    switch shape {
    case .name: name(node)
    case .currency: string(node, "a currency's code, as GBP") { $0.count == 3 && Self.isWord($0) }
    case .text: string(node, "a text on one line, without quotation marks") { Self.isLine($0) && !$0.contains("\"") }
    case .comment: string(node, "a comment on one line", where: Self.isLine)
    case .fileName: string(node, "a path inside the folder whose name ends in .rules", where: Self.isFileName)
    case .path: string(node, "a path inside the folder", where: Self.isPath)
    case .content: string(node, "all that a file holds") { _ in true }
    case .literal(let kind): literal(node, kind)
    case .expression: expression(node)
    case .template: template(node)
    case .words(let words): word(node, words)
    case .whole(let range):
      guard let number = node.whole, range.contains(number) else {
        return findings.add(
          .badValue, "a whole number from \(range.lowerBound) to \(range.upperBound) is expected here", at: node)
      }
    case .mark:
      guard !node.isTrue else { return }
      findings.add(
        .wrongKind, "true is expected here, found \(node.spoken)", at: node, fix: "leave the key out for false")
    case .list(let element, let least): list(node, element, least...10_000_000)
    case .pair(let element): list(node, element, 2...2)
    case .forms(let what, let forms): form(node, what, forms)
    case .columns: columns(node)
    case .row: row(node)
    case .either(let shapes): either(node, shapes)
    }
  }

  // MARK: Objects and lists

  mutating func check(_ node: JSONNode, _ form: Form) {
    for member in node.members where !form.fields.contains(where: { $0.name == member.key }) {
      let known = form.fields.map(\.name)
      findings.add(
        .unknownKey, "there is no key `\(member.key.printable)` here", at: member.keySpan,
        "at \(node.pointer.isEmpty ? "the top" : node.pointer.printable)",
        fix: Suggestion.question(member.key, among: known) ?? Wording.list(known, "or", most: 20))
    }
    for field in form.fields {
      if let value = node[field.name] {
        check(value, field.shape)
      } else if field.isRequired {
        findings.add(.missingKey, "the object lacks the key `\(field.name)`", at: node.opening)
      }
    }
  }

  private mutating func form(_ node: JSONNode, _ what: String, _ forms: [Form]) {
    guard case .object = node.value else {
      return findings.add(.wrongKind, "an object is expected here, found \(node.spoken)", at: node)
    }
    // An object that is none of them is told what there is; one with a key of two is told of the second.
    guard let form = forms.first(where: { node[$0.key] != nil }) else {
      let known = forms.map(\.key)
      let near = node.members.lazy.compactMap { Suggestion.question($0.key, among: known) }.first
      return findings.add(
        .missingKey, "the object does not say what \(what.replacing("_", with: " ")) it is", at: node.opening,
        fix: near ?? Wording.list(known, "or", most: 20))
    }
    check(node, form)
  }

  private mutating func list(_ node: JSONNode, _ element: Shape, _ count: ClosedRange<Int>) {
    guard case .array(let elements) = node.value else {
      return findings.add(.wrongKind, "a list is expected here, found \(node.spoken)", at: node)
    }
    guard count.contains(elements.count) else {
      let expected = count.count == 1 ? "exactly \(count.lowerBound)" : "at least \(count.lowerBound)"
      return findings.add(.badValue, "\(expected) are expected here, found \(elements.count)", at: node)
    }
    for value in elements { check(value, element) }
  }

  private mutating func either(_ node: JSONNode, _ shapes: [Shape]) {
    // The first that takes what stands there; where none does, what the nearest of its kind misses is said.
    let fitting = shapes.filter { $0.takes(node) }
    for shape in fitting {
      var attempt = ShapeCheck(ExchangeFindings(), functions: functions)
      attempt.check(node, shape)
      if attempt.findings.diagnostics.isEmpty, attempt.found.isEmpty { return }
    }
    guard let nearest = fitting.last else {
      return findings.add(.wrongKind, "\(node.spoken) cannot stand here", at: node)
    }
    check(node, nearest)
  }

  private mutating func columns(_ node: JSONNode) {
    guard case .object(let members) = node.value, !members.isEmpty else {
      return findings.add(.wrongKind, "an object of values by column is expected here", at: node)
    }
    for member in members {
      if !Self.isWord(member.key) { findings.add(.badValue, "a column's name is expected here", at: member.keySpan) }
      check(member.value, .either([.literal(.value), Forms.quotedText]))
    }
  }

  private mutating func row(_ node: JSONNode) {
    let form = Form.line(.init("cells", .list(.text, atLeast: 1), "Its cells."))
    var cells = node
    if case .object = node.value {
      guard let inner = node["cells"] else { return check(node, form) }
      var rest = node
      rest.value = .object(node.members.filter { $0.key != "cells" })
      check(rest, Form(Array(form.fields.dropFirst())))
      cells = inner
    }
    guard case .array(let elements) = cells.value else {
      return findings.add(.wrongKind, "a list of cells is expected here, found \(cells.spoken)", at: cells)
    }
    for cell in elements {
      switch cell.value {
      case .null, .number: break
      case .object: self.form(cell, "cell", Forms.cells)
      default:
        check(cell, .text)
      }
    }
  }

  // MARK: Texts

  private func string(_ node: JSONNode, _ what: String, where isFit: (String) -> Bool) {
    guard let text = node.string else {
      return findings.add(.wrongKind, "\(what) is expected here, found \(node.spoken)", at: node)
    }
    if !isFit(text) { findings.add(.badValue, "\(what) is expected here", at: node) }
  }

  private func name(_ node: JSONNode) {
    string(node, "a name of small letters, digits and `_`") { Self.isWord($0) }
  }

  private func word(_ node: JSONNode, _ words: [String]) {
    let what = words.count == 1 ? "\"\(words[0])\"" : "one of \(Wording.list(words, "and", most: 20))"
    guard let text = node.string else {
      return findings.add(.wrongKind, "\(what) is expected here, found \(node.spoken)", at: node)
    }
    if !words.contains(text) {
      findings.add(.badValue, "\(what) is expected here", at: node, fix: Suggestion.question(text, among: words))
    }
  }

  private func literal(_ node: JSONNode, _ kind: Shape.Literal) {
    if kind == .value, case .number = node.value { return }
    guard let text = node.string else {
      return findings.add(.wrongKind, "a text is expected here, found \(node.spoken)", at: node)
    }
    if !LiteralForm.fits(text, kind) {
      findings.add(.badValue, "this is not what should stand here. \(kind.summary)", at: node)
    }
  }

  // MARK: What the language reads

  private mutating func expression(_ node: JSONNode) {
    read(node, prefix: "") { parser throws(Reported) in _ = try parser.expression() }
  }

  private mutating func template(_ node: JSONNode) {
    read(node, prefix: "\"", suffix: "\"") { parser throws(Reported) in _ = try parser.template("the message") }
  }

  /// Reads a text by itself, so that it can't end what it is put into.
  private mutating func read(
    _ node: JSONNode, prefix: String, suffix: String = "",
    _ body: (inout Parser) throws(Reported) -> Void
  ) {
    guard let text = node.string else {
      return findings.add(.wrongKind, "a text is expected here, found \(node.spoken)", at: node)
    }
    let source = SourceText(name: node.pointer, prefix + text + suffix)
    let findings = Findings()
    let tokens = Lexer.tokens(of: source, text: 0, findings: findings)
    var parser = Parser(tokens[...], of: source, text: 0, findings: findings, functions: functions)
    do throws(Reported) {
      try body(&parser)
      try parser.finish()
    } catch {}
    for diagnostic in findings.inOrder where diagnostic.severity == .error {
      found.append((node, prefix.utf8.count, diagnostic))
    }
  }

  // MARK: What texts may be

  static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 200
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: false
        }
      }
  }

  static func isLine(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }

  private static func isFileName(_ path: String) -> Bool { path.hasSuffix(".rules") && isPath(path) }

  private static func isPath(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return isLine(path) && path.utf8.count <= 200 && !path.contains("\\")
      && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
  }
}

extension JSONNode {
  /// The same with the place of its first character: of an object, the brace.
  fileprivate var opening: JSONNode {
    var node = self
    node.span.end = node.span.start + 1
    return node
  }
}

extension Shape {
  /// Whether it is of the kind that stands there, whatever it says.
  fileprivate func takes(_ node: JSONNode) -> Bool {
    switch (self, node.value) {
    case (.forms, .object), (.list, .array), (.pair, .array), (.row, .array), (.row, .object), (.columns, .object): true
    case (.mark, .truth), (.whole, .number), (.literal(.value), .number): true
    case (.name, .string), (.currency, .string), (.text, .string), (.literal, .string), (.words, .string): true
    case (.expression, .string), (.template, .string), (.comment, .string), (.fileName, .string): true
    case (.path, .string), (.content, .string): true
    case (.either(let shapes), _): shapes.contains { $0.takes(node) }
    default: false
    }
  }
}

extension ExchangeFindings {
  fileprivate func add(_ code: ExchangeCode, _ message: String, at span: Span) { add(code, message, at: span, "") }
}

/// Amounts, periods and days as rules write them, standing by themselves.
enum LiteralForm {
  static func fits(_ text: String, _ kind: Shape.Literal) -> Bool {
    guard ShapeCheck.isLine(text), text.utf8.count <= 100 else { return false }
    let findings = Findings()
    let source = SourceText(name: "", text)
    var tokens = Lexer.tokens(of: source, text: 0, findings: findings)[...]
    guard !findings.hasErrors, tokens.last.map({ Int($0.span.end) }) == text.utf8.count else { return false }
    if kind == .value, tokens.first?.isSymbol(.minus) == true { tokens = tokens.dropFirst() }
    switch (kind, tokens.first?.kind, tokens.dropFirst().first?.kind, tokens.count) {
    case (.day, .date, nil, 1), (.percentage, .percent, nil, 1): return true
    case (.year, .year, nil, 1), (.year, .number, nil, 1), (.period, .year, nil, 1), (.period, .number, nil, 1):
      return true
    case (.period, .year, .month, 2), (.period, .number, .month, 2): return true
    case (.value, .year, .month, 2), (.value, .number, .month, 2): return true
    case (.value, .money, nil, 1), (.value, .percent, nil, 1), (.value, .points, nil, 1), (.value, .number, nil, 1),
      (.value, .date, nil, 1), (.value, .word("true"), nil, 1), (.value, .word("false"), nil, 1):
      return true
    default: return false
    }
  }
}
