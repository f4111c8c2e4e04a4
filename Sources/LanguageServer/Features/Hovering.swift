import Diagnostics
import RuleLanguage

// What stands under the cursor: declared where, of which type, unit and basis.

extension Workspace {
  mutating func hover(_ params: CursorParams) -> Hover? {
    guard let spot = spot(params) else { return nil }
    if let occurrence = spot.occurrence, let text = description(of: occurrence, at: spot) {
      return Hover(contents: MarkupContent(text), range: spot.range(of: occurrence.span))
    }
    if let (page, span) = page(at: spot) {
      // Of an aggregate what it comes to, too.
      let meaning = spot.ruleSet.meanings(of: spot.piece).filter {
        $0.key.start == span.start && $0.key.length > span.length
      }
      .max { $0.key.length < $1.key.length }
      let words = [meaning?.value.inWords, page.markdown].compactMap { $0 }.joined(separator: "\n\n")
      return Hover(contents: MarkupContent(words), range: spot.range(of: span))
    }
    // The innermost expression: a literal, or what an operator or a parenthesis puts together.
    let around = spot.ruleSet.meanings(of: spot.piece).filter { span, _ in
      span.start <= spot.local && spot.local <= span.end
    }
    guard let (span, meaning) = around.min(by: { $0.key.length < $1.key.length }) else { return nil }
    return Hover(contents: MarkupContent(meaning.inWords), range: spot.range(of: span))
  }

  /// What the manual says of the words of the language that the cursor is in, of as many together as it has a page for:
  /// `only when`, `at least`.
  private func page(at spot: Spot) -> (ManualPage, Span)? {
    let shades = spot.piece.shades
    guard
      let here = shades.firstIndex(where: { $0.span.start <= spot.local && spot.local <= $0.span.end && $0.isKeyword })
    else { return nil }
    for length in [3, 2, 1] {
      for start in max(0, here - length + 1)...here where start + length <= shades.count {
        let words = shades[start..<start + length]
        let isOnOneLine = zip(words, words.dropFirst()).allSatisfy { $0.span.end + 1 == $1.span.start }
        guard isOnOneLine, words.allSatisfy(\.isKeyword), let first = words.first, let last = words.last else {
          continue
        }
        let text = words.compactMap(\.word).joined(separator: " ")
        guard let page = Manual.page(for: text) else { continue }
        return (page, Span(text: first.span.text, start: first.span.start, end: last.span.end))
      }
    }
    return nil
  }

  private func description(of occurrence: Occurrence, at spot: Spot) -> String? {
    let (ruleSet, draft) = (spot.ruleSet, spot.ruleSet.draft)
    let declared = ruleSet.symbols.declaration(of: occurrence.symbol, in: draft)
    var lines: [String] = []
    switch occurrence.symbol {
    case .function(let name):
      return draft.library.functions[name]?.page
    case .name(let name):
      guard let declared else {
        return draft.attributes.contains(name)
          ? "`\(name)`: an attribute of organisations, as the register has it" : nil
      }
      lines.append(code(ruleSet.heading(of: declared)))
      if let title = declared.title { lines.append(title) }
    case .ruleLet, .rule, .column:
      guard let declared else { return nil }
      lines.append(code(ruleSet.heading(of: declared)))
      if let title = declared.title { lines.append(title) }
    }
    if declared?.kind == .let, let declared {
      // As it is here: a let means what it means where it is read.
      let here = ruleSet.meanings(of: spot.piece)[occurrence.span]
      if let meaning = here ?? ruleSet.meaning(ofLet: declared) { lines.append(meaning.inWords) }
    }
    if let values = lastValues(of: occurrence.symbol, declared, in: ruleSet) { lines.append(values) }
    if let declared, let place = ruleSet.place(of: declared), !occurrence.isDeclaration {
      lines.append("declared in \(place)")
    }
    return lines.joined(separator: "\n\n")
  }
}

extension Workspace {
  /// Of a measure or a let, or of what a rule watches.
  private func lastValues(of symbol: Symbol, _ declared: Declared?, in ruleSet: OpenRuleSet) -> String? {
    guard let facts, let declared else { return nil }
    let rules = ruleSet.draft.tree.rules
    switch symbol {
    case .name(let name) where declared.kind == .measure || declared.kind == .let:
      return ruleSet.lastValues(of: name, in: nil, facts)
    case .ruleLet(let place, let name):
      return ruleSet.lastValues(of: name, in: rules.first { $0.name.span == place }, facts)
    case .rule(let name):
      guard let rule = rules.first(where: { $0.name.text == name }) else { return nil }
      for case .watch(let value) in rule.clauses.map(\.kind) {
        return ruleSet.lastValues(of: ruleSet.written(value.span), in: rule, facts)
      }
      return nil
    default:
      return nil
    }
  }
}

extension Shade {
  fileprivate var word: String? { if case .word(let word) = kind { word } else { nil } }

  fileprivate var isKeyword: Bool {
    guard let word else { return false }
    return Words.keywords.contains(word) || Words.aggregates.contains(word)
  }
}

/// As a block of the rule language.
private func code(_ text: String) -> String { "```outturn-rules\n\(text)\n```" }

extension OpenRuleSet {
  /// How a declaration starts: its first line, and of a rule the bands too.
  fileprivate func heading(of declared: Declared) -> String {
    guard let placed = draft.placed(declared.span) else { return "" }
    let bytes = draft.files[Int(placed.text)].bytes[Int(placed.start)..<Int(placed.end)]
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    switch declared.kind {
    case .rule:
      let told = ["for each ", "overall", "only when ", "watch ", "info ", "amber ", "red ", "persists ", "clears "]
      return lines.enumerated().filter { index, line in
        let clause = line.drop { $0 == " " }
        return index == 0 || told.contains { clause.hasPrefix($0.trimmed) }
      }.map { String($0.element) }.joined(separator: "\n")
    case .test: return String(lines.first ?? "")
    case .column: return draft.column(declared)
    case .measure, .dimension, .table, .let: return lines.joined(separator: "\n")
    }
  }

  /// `measures.rules, line 4`
  fileprivate func place(of declared: Declared) -> String? {
    guard let placed = draft.placed(declared.name.span) else { return nil }
    let text = draft.files[Int(placed.text)]
    return "\(text.name.split(separator: "/").last ?? ""), line \(text.lineNumber(of: Int(placed.start)))"
  }

  fileprivate func meaning(ofLet declared: Declared) -> Meaning? {
    guard let placed = draft.placed(declared.span),
      let piece = draft.piece(at: Int(placed.start), inFile: Int(placed.text))
    else { return nil }
    let inside = meanings(of: piece).filter { $0.key.start > declared.name.span.end && $0.key.end <= declared.span.end }
    return inside.max { $0.key.length < $1.key.length }?.value
  }
}

extension RuleDraft {
  /// The rows of one column: `"PCT" amber 0.5%`.
  fileprivate func column(_ declared: Declared) -> String {
    guard let table = tree.tables.first(where: { $0.span.text == declared.span.text }) else {
      return declared.name.text
    }
    let source = table.rows.compactMap { row -> String? in
      guard let cell = row.cells.first(where: { $0.column.text == declared.name.text }) else { return nil }
      return "\(written(row.keySpan)) \(written(cell.column.span)) \(written(cell.value.span))"
    }
    return source.joined(separator: "\n")
  }

  private func written(_ span: Span) -> String {
    guard let placed = placed(span) else { return "" }
    return String(decoding: files[Int(placed.text)].bytes[Int(placed.start)..<Int(placed.end)], as: UTF8.self)
  }
}

extension Meaning {
  fileprivate var inWords: String {
    let adverse = adverse.map { ", adverse when \($0.rawValue)" } ?? ""
    return "\(spoken)\(adverse); for \(subject)"
  }
}

extension RuleFunction {
  /// As `outturn help` has it.
  var page: String {
    var lines = [code(signature), summary, formula]
    if let example = examples.first { lines.append("`\(example.expression)` gives \(example.gives) at \(example.at)") }
    lines.append("Source: \(source)")
    return lines.joined(separator: "\n\n")
  }
}

extension Span {
  var length: Int32 { end - start }
}

extension String {
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
