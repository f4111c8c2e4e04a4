import Diagnostics
import Finance

/// One rule file as JSON. Expressions stay texts, laid out on one line, or on several where a comment stands in them.
struct RuleExporter {
  private let source: SourceText
  private let tokens: [Token]
  private let gaps: [Gap]
  private let printer = SyntaxPrinter()
  /// Gaps inside expressions, whose comments stand in the expressions' text.
  private var written: Set<Int> = []

  /// - Parameter source: a file that is read without errors.
  init(_ source: SourceText) {
    self.source = source
    tokens = Lexer.tokens(of: source, text: 0, findings: Findings())
    gaps = Gap.between(tokens, in: source.bytes)
  }

  mutating func file(_ tree: SyntaxTree) -> JSONValue {
    let (placed, atEnd) = Placement.place(FileItem.items(of: tokens), gaps)
    let starts = placed.indices.filter { !placed[$0].item.isLineOfBlock }
    var declarations = Dictionary(uniqueKeysWithValues: Declaration.all(of: tree).map { ($0.span.start, $0) })
    var values: [JSONValue] = []
    for (start, end) in zip(starts, starts.dropFirst() + [placed.count]) {
      let place = tokens[placed[start].item.tokens.lowerBound].span.start
      guard let declaration = declarations.removeValue(forKey: place) else {
        preconditionFailure("a file without errors declares something at each of its left margins")
      }
      values.append(value(of: declaration, placed[start..<end]))
    }
    return .object([
      "name": .string(source.name), "declarations": .array(values),
      "closing_comments": atEnd.isEmpty ? nil : .strings(atEnd),
    ])
  }

  // MARK: Comments

  /// The comments of a line, with those inside it that stand in none of its expressions.
  private func comments(_ place: PlacedItem) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if !place.above.isEmpty { members.append(.init(key: "comments", value: .strings(place.above))) }
    if let ending = place.ending { members.append(.init(key: "comment", value: .string(ending))) }
    let inside = place.item.tokens.dropFirst().compactMap { index -> JSONValue? in
      let gap = gaps[index]
      guard !written.contains(index), gap.ending != nil || !gap.comments.isEmpty else { return nil }
      return .object([
        "after": .whole(index - place.item.tokens.lowerBound), "comment": gap.ending.map { .string($0) },
        "comments": gap.comments.isEmpty ? nil : .strings(gap.comments),
      ])
    }
    if !inside.isEmpty { members.append(.init(key: "inside", value: .array(inside))) }
    return members
  }

  private func closing(_ places: ArraySlice<PlacedItem>) -> [JSONValue.Member] {
    guard let closing = places.last?.closing, !closing.isEmpty else { return [] }
    return [.init(key: "closing_comments", value: .strings(closing))]
  }

  // MARK: Texts

  /// The tokens of a stretch of the file.
  private func tokens(in span: Span) -> Range<Int> {
    func first(from place: Int32) -> Int {
      var (low, high) = (0, tokens.count)
      while low < high {
        let middle = (low + high) / 2
        if tokens[middle].span.start >= place { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return first(from: span.start)..<first(from: span.end)
  }

  private mutating func text(_ expression: Expression) -> JSONValue { text(in: expression.span) }

  private mutating func text(in span: Span) -> JSONValue {
    let range = tokens(in: span)
    let isCommented = range.dropFirst().contains { gaps[$0].ending != nil || !gaps[$0].comments.isEmpty }
    guard isCommented else { return .string(PieceReader.line(of: tokens[range], in: source)) }
    written.formUnion(range.dropFirst())
    let pieces = PieceReader.pieces(of: tokens[range], gaps[range], in: source, expectsValue: true)
    return .string(LineBreaking.lines(of: pieces, indent: 0).joined(separator: "\n"))
  }

  /// What stands between the quotation marks of a message.
  private func text(_ template: TemplateSyntax) -> JSONValue {
    .string(String(PieceReader.line(of: tokens[tokens(in: template.span)], in: source).dropFirst().dropLast()))
  }

  private func text(_ written: Written<String>?) -> JSONValue? { written.map { .string($0.value) } }

  // MARK: Declarations

  private mutating func value(of declaration: Declaration, _ places: ArraySlice<PlacedItem>) -> JSONValue {
    guard let heading = places.first else { preconditionFailure("a declaration has a line") }
    let value: JSONValue
    switch declaration {
    case .currency(let currency): value = .object(["currency": .string(currency.code.text)])
    case .yearStart(let start): value = .object(["year_starts_in": .string(Words.months[start.month - 1])])
    case .dimension(let dimension):
      value = .object(["dimension": .string(dimension.name.text), "title": text(dimension.title)])
    case .measure(let measure): value = self.value(of: measure)
    case .binding(let binding): value = self.value(of: binding)
    case .table(let table):
      let rows = zip(table.rows, places.dropFirst()).map { self.value(of: $0).remarked(comments($1)) }
      value = .object([
        "table": .string(table.name.text), "by": .string(table.key.text), "rows": rows.isEmpty ? nil : .array(rows),
        "from": text(table.file),
      ])
    case .rule(let rule):
      var clauses: [JSONValue] = []
      for (clause, place) in zip(rule.clauses, places.dropFirst()) {
        clauses.append(self.value(of: clause.kind).remarked(comments(place)))
      }
      value = .object([
        "rule": .string(rule.name.text), "formerly": rule.formerly.map { .string($0.text) },
        "title": text(rule.title), "clauses": .array(clauses),
      ])
    case .test(let test): value = self.value(of: test, places.dropFirst())
    }
    return value.remarked(comments(heading)).with(closing(places))
  }

  private func value(of measure: MeasureSyntax) -> JSONValue {
    .object([
      "measure": .string(measure.name.text), "type": .string(measure.type.value.rawValue),
      "basis": measure.basis.map { .string($0.value.rawValue) }, "reference": measure.isReference ? .truth(true) : nil,
      "adverse": measure.adverse.map { .string($0.rawValue) },
      "every": measure.step == .month ? nil : .string(measure.step.rawValue),
      "by": measure.dimensions.isEmpty ? nil : .strings(measure.dimensions.map(\.text)),
      "title": text(measure.title),
    ])
  }

  private mutating func value(of binding: LetSyntax) -> JSONValue {
    .object(["let": .string(binding.name.text), "value": text(binding.value)])
  }

  private func value(of row: TableSyntax.Row) -> JSONValue {
    let cells = JSONValue.object(
      row.cells.map { cell in
        let value: JSONValue =
          if case .text(let text) = cell.value.value {
            .object(["text": .string(text)])
          } else {
            .string(PieceReader.line(of: tokens[tokens(in: cell.value.span)], in: source))
          }
        return JSONValue.Member(key: cell.column.text, value: value)
      })
    return switch row.key {
    case .text(let value): .object(["value": .string(value), "cells": cells])
    case .year(let year): .object(["year": .string(printer.text(year)), "cells": cells])
    case .organisation(let name): .object(["organisation": .string(name), "cells": cells])
    case .otherwise: .object(["otherwise": .truth(true), "cells": cells])
    }
  }

  // MARK: Clauses

  private mutating func value(of clause: Clause.Kind) -> JSONValue {
    switch clause {
    case .forEach([], _): return .object(["overall": .truth(true)])
    case .forEach(let names, let condition):
      return .object(["for_each": .strings(names.map(\.text)), "where": condition.map { text($0) }])
    case .effective(let from?, let to?) where from.month == nil && to.month == nil && from.year.year == to.year.year:
      return .object(["effective": .object(["in": .string(printer.text(from))])])
    case .effective(let from, let to):
      return .object([
        "effective": .object([
          "from": from.map { .string(printer.text($0)) }, "to": to.map { .string(printer.text($0)) },
        ])
      ])
    case .binding(let binding): return value(of: binding)
    case .onlyWhen(let condition): return .object(["only_when": text(condition)])
    case .watch(let value): return .object(["watch": text(value)])
    case .band(let severity, let band): return .object([.init(key: severity.word, value: .object([member(band)]))])
    case .breach(let severity, let condition):
      return .object([.init(key: severity.word, value: .object(["when": text(condition)]))])
    case .coverage(let share): return .object(["coverage": .string(printer.percent(share.value))])
    case .persists(let count): return .object(["persists_for": .whole(count.value)])
    case .clears(let clearing, let count):
      let how: JSONValue.Member =
        switch clearing {
        case .band(let band): member(band)
        case .when(let condition): .init(key: "when", value: text(condition))
        }
      let periods = count.map { [JSONValue.Member(key: "for", value: .whole($0.value))] } ?? []
      return .object(["clears": .object([how] + periods)])
    case .ifUnknown(.hold(let count?)): return .object(["if_unknown": .object(["hold": .whole(count.value)])])
    case .ifUnknown(.hold(nil)): return .object(["if_unknown": .string("hold")])
    case .ifUnknown(.raise(let severity)): return .object(["if_unknown": .object(["raise": .string(severity.word)])])
    case .ifUnknown(.clear): return .object(["if_unknown": .string("clear")])
    case .suppress(let condition, let until, let reason):
      let end: String? =
        switch until {
        case .date(let day): day.value.description
        case .year(let year): printer.text(year)
        case nil: nil
        }
      return .object([
        "suppress_when": text(condition), "until": end.map { .string($0) }, "because": text(reason),
      ])
    case .message(let template): return .object(["message": text(template)])
    case .detail(let template): return .object(["detail": text(template)])
    case .runbook(let text): return .object(["runbook": self.text(text)])
    case .owner(let text): return .object(["owner": self.text(text)])
    case .label(let name, let text): return .object(["label": .string(name.text), "text": self.text(text)])
    }
  }

  private mutating func member(_ band: Clause.Band) -> JSONValue.Member {
    switch band {
    case .beyond(let comparison, let bound):
      .init(key: comparison.bandWords.replacing(" ", with: "_"), value: text(bound))
    case .outside(let low, let high): .init(key: "outside", value: .array([text(low), text(high)]))
    }
  }

  // MARK: Tests

  private mutating func value(of test: TestSyntax, _ places: ArraySlice<PlacedItem>) -> JSONValue {
    var given: JSONValue?
    var steps = test.steps[...]
    var values: [JSONValue] = []
    for place in places {
      if tokens[place.item.tokens.lowerBound].isWord("given"), let grid = test.given {
        given = .object(members(of: grid, place)).remarked(comments(place))
      } else if let step = steps.popFirst() {
        values.append(value(of: step, place).remarked(comments(place)))
      }
    }
    return .object([
      "test": .string(test.rule.text), "title": text(test.title), "given": given, "steps": .array(values),
    ])
  }

  private mutating func value(of step: TestSyntax.Step, _ place: PlacedItem) -> JSONValue {
    switch step {
    case .absent(let absence): return .object(["absent": .string(absence.value.rawValue)])
    case .drop(let drop):
      return .object([.init(key: "drop", value: .string(drop.day.value.description))] + members(of: drop.grid, place))
    case .expect(let expectation):
      let subject: JSONValue.Member =
        switch expectation.subject {
        case .overall: .init(key: "expect_overall", value: .truth(true))
        case .keys(let keys):
          .init(key: "expect", value: keys.count == 1 ? .string(keys[0].value) : .strings(keys.map(\.value)))
        }
      return JSONValue.object([subject]).with(
        [
          .init(key: "at", value: .string(printer.text(expectation.at)))
        ] + (expectation.asOf.map { [.init(key: "as_of", value: .string($0.value.description))] } ?? []) + [
          .init(key: "state", value: .string(printer.text(expectation.state.value)))
        ] + (expectation.value.map { [.init(key: "value", value: .string($0.value))] } ?? []))
    }
  }

  private mutating func members(of grid: GridSyntax, _ place: PlacedItem) -> [JSONValue.Member] {
    guard case .grid(let starts) = place.item.kind else { preconditionFailure("a grid stands in lines of its own") }
    let columns = grid.columns.map { column in
      switch column {
      case .name(let name): name.text
      case .period(let period): printer.text(period)
      }
    }
    var rows: [JSONValue] = []
    for (number, row) in grid.rows.enumerated() {
      written.insert(starts[number])
      let cells = JSONValue.array(zip(row, grid.columns).map { value(of: $0, in: $1) })
      // Of what stands before a row, a comment at the end of a line belongs to that line.
      let above = gaps[starts[number]].lines.map { if case .comment(let text, _) = $0 { text } else { "" } }
      let ending = number + 1 < starts.count ? gaps[starts[number + 1]].ending : nil
      guard !above.isEmpty || ending != nil else {
        rows.append(cells)
        continue
      }
      rows.append(
        .object([
          "cells": cells, "comments": above.isEmpty ? nil : .strings(above), "comment": ending.map { .string($0) },
        ]))
    }
    let heading = starts.first.flatMap { gaps[$0].ending }.map { ending in
      [JSONValue.Member(key: "columns_comment", value: .string(ending))]
    }
    return [.init(key: "columns", value: .strings(columns))] + (heading ?? [])
      + [.init(key: "rows", value: .array(rows))]
  }

  private func value(of cell: Written<GridSyntax.Cell>, in column: GridSyntax.Column) -> JSONValue {
    let isFigure = if case .period = column { true } else { false }
    let isMeasure = if case .name(let name) = column { name.text == "measure" } else { false }
    switch cell.value {
    case .blank: return .null
    case .name(let name): return isMeasure ? .string(name) : .object(["name": .string(name)])
    case .literal(.text(let text)):
      return isFigure || isMeasure ? .object(["text": .string(text)]) : .string(text)
    case .literal:
      let text = PieceReader.line(of: tokens[tokens(in: cell.span)], in: source)
      return isFigure ? .string(text) : .object(["literal": .string(text)])
    }
  }
}

/// Any declaration of a file.
private enum Declaration {
  case currency(CurrencySyntax), yearStart(YearStartSyntax), measure(MeasureSyntax), dimension(DimensionSyntax)
  case table(TableSyntax), binding(LetSyntax), rule(RuleSyntax), test(TestSyntax)

  static func all(of tree: SyntaxTree) -> [Declaration] {
    tree.currencies.map(Declaration.currency) + tree.yearStarts.map(Declaration.yearStart)
      + tree.measures.map(Declaration.measure) + tree.dimensions.map(Declaration.dimension)
      + tree.tables.map(Declaration.table) + tree.lets.map(Declaration.binding) + tree.rules.map(Declaration.rule)
      + tree.tests.map(Declaration.test)
  }

  var span: Span {
    switch self {
    case .currency(let declaration): declaration.span
    case .yearStart(let declaration): declaration.span
    case .measure(let declaration): declaration.span
    case .dimension(let declaration): declaration.span
    case .table(let declaration): declaration.span
    case .binding(let declaration): declaration.span
    case .rule(let declaration): declaration.span
    case .test(let declaration): declaration.span
    }
  }
}
