import Diagnostics
import RuleLanguage

// What may be written here, the likeliest first.

extension Workspace {
  mutating func completion(_ params: CursorParams) -> CompletionList {
    guard let spot = spot(params) else { return CompletionList(items: []) }
    return CompletionList(items: Completing(spot, facts).items())
  }
}

/// One completion: a place, and what is known there.
struct Completing {
  private let spot: Spot
  private let surroundings: Surroundings
  private let standpoint: RuleDraft.Standpoint
  private let facts: Facts?
  private let range: TextRange

  init(_ spot: Spot, _ facts: Facts?) {
    self.spot = spot
    self.facts = facts
    surroundings = Surroundings(at: spot.local, of: spot.piece)
    standpoint = spot.ruleSet.draft.standpoint(at: spot.local, of: spot.piece)
    let here = spot.text.position(of: spot.offset, spot.encoding)
    range = spot.range(of: surroundings.begun) ?? TextRange(start: here, end: here)
  }

  private var draft: RuleDraft { spot.ruleSet.draft }
  private var tree: SyntaxTree { draft.tree }

  func items() -> [CompletionItem] {
    switch surroundings.expected {
    case .nothing: []
    case .declaration: Words.declarations.enumerated().map { word($1, rank: $0) }
    case .words(let words): words.enumerated().map { word($1, rank: $0) }
    case .value(let wanted): values(wanted)
    case .continuation(let words): words.map { word($0, rank: 0) } + Self.operators.map { word($0, rank: 1) }
    case .population: populations
    case .subject(let orYear): subjects + (orYear ? [word("year", rank: 0)] : [word("measure", rank: 2)])
    case .attribute: draft.attributes.sorted().map { name($0, .property, "attribute of organisations", rank: 0) }
    case .dimension(let measure): dimensions(of: measure)
    case .text(let name, let isQuoted): texts(known(name), isQuoted: isQuoted, "value of \(name)")
    case .organisationName(let isQuoted): texts(known("organisation"), isQuoted: isQuoted, "organisation")
    case .testSubject(let isQuoted):
      texts(testSubjects, isQuoted: isQuoted, "given in this test") + (isQuoted ? [] : [word("overall", rank: 1)])
    case .row(let key): rows(by: key)
    case .figure: figures
    case .format: Words.formats.map { item($0, .enumMember, "format", rank: 0) }
    case .rule: tree.rules.map { item($0.name.text, .event, $0.title.value, rank: 0) }
    case .measure: tree.measures.map { item($0.name.text, .field, $0.title?.value, rank: 0) }
    case .member(let owner): members(of: owner)
    case .column: columns
    }
  }

  // MARK: Items

  private func item(
    _ label: String, _ kind: CompletionItem.Kind, _ detail: String?, rank: Int, text: String? = nil,
    isSnippet: Bool = false,
    documentation: String? = nil, filter: String? = nil
  ) -> CompletionItem {
    CompletionItem(
      label: label, kind: kind, detail: detail, documentation: documentation.map(MarkupContent.init),
      sortText: "\(rank) \(label)", filterText: filter, insertTextFormat: isSnippet && spot.takesSnippets ? 2 : nil,
      textEdit: TextEdit(range: range, newText: text ?? label))
  }

  private func word(_ word: String, rank: Int) -> CompletionItem {
    // A word list has an order of its own: that of the grammar.
    var result = item(word, .keyword, nil, rank: 0)
    result.sortText = "0 " + String(repeating: "~", count: rank)
    return result
  }

  private func name(_ name: String, _ kind: CompletionItem.Kind, _ detail: String?, rank: Int) -> CompletionItem {
    item(name, kind, detail, rank: rank)
  }

  // MARK: Values

  private static let operators = ["and", "or", "is", "is not", "in", "between"]

  /// How well a value of this meaning suits what is wanted: 0 exactly, 1 as a part of it, 3 hardly.
  private func rank(_ meaning: Meaning?, _ wanted: Surroundings.Wanted) -> Int {
    guard let meaning else { return 3 }
    func like(_ other: Meaning?) -> Int {
      guard let other else { return 1 }
      if meaning.type != other.type { return 3 }
      return meaning.basis == other.basis || meaning.basis == nil || other.basis == nil ? 0 : 2
    }
    switch wanted {
    case .any: return 0
    case .condition: return meaning.type == .truth ? 0 : meaning.type == .text ? 1 : 1
    case .quantity: return meaning.type.isNumeric ? 0 : 2
    case .shown: return meaning.type == .truth ? 3 : 0
    case .likeWatch: return like(standpoint.watched)
    case .like(let span): return like(standpoint.meaning(in: span))
    }
  }

  private func values(_ wanted: Surroundings.Wanted) -> [CompletionItem] {
    var found = literals(wanted)
    for binding in standpoint.rule?.lets ?? [] where binding.name.span.end < surroundings.begun.start || !isOwn(binding)
    {
      found.append(variable(binding.name.text, wanted, "let of this rule"))
    }
    for binding in tree.lets where !isOwn(binding) { found.append(variable(binding.name.text, wanted, "let")) }
    for measure in tree.measures {
      let meaning = standpoint.meaning(of: measure.name.text)
      let text = [meaning?.spoken, measure.title?.value].compactMap { $0 }.joined(separator: ": ")
      found.append(item(measure.name.text, .field, text, rank: rank(meaning, wanted)))
    }
    for table in tree.tables { found.append(item(table.name.text, .structure, "table by \(table.key.text)", rank: 2)) }
    if wanted == .shown || wanted == .condition, standpoint.watched != nil {
      found.append(item("watched", .variable, standpoint.watched?.spoken, rank: 0))
    }
    let speaksOfSubject = wanted == .shown || wanted == .condition || wanted == .any
    for attribute in ["organisation", "code"] + draft.attributes.sorted() {
      found.append(item(attribute, .property, "as the register has it", rank: speaksOfSubject ? 1 : 3))
    }
    found += draft.library.functions.values.sorted { $0.name < $1.name }.map(function)
    found += Words.aggregates.map(aggregate)
    if wanted == .condition { found.append(word("not", rank: 9)) }
    return found
  }

  /// A let that is being written does not read itself.
  private func isOwn(_ binding: LetSyntax) -> Bool {
    binding.span.text == spot.piece.number && binding.span.start <= surroundings.begun.start
      && surroundings.begun.start <= binding.span.end
  }

  private func variable(_ name: String, _ wanted: Surroundings.Wanted, _ kind: String) -> CompletionItem {
    let meaning = standpoint.meaning(of: name)
    return item(
      name, .variable, [kind, meaning?.spoken].compactMap { $0 }.joined(separator: ", "), rank: rank(meaning, wanted))
  }

  private func function(_ function: RuleFunction) -> CompletionItem {
    let places = function.parameters.filter { !$0.isOptional }.enumerated().map { "${\($0 + 1):\($1.name)}" }
    let text = spot.takesSnippets ? "\(function.name)(\(places.joined(separator: ", ")))" : function.name + "("
    return item(
      function.name, .function, function.signature, rank: 2, text: text, isSnippet: true, documentation: function.page)
  }

  private func aggregate(_ word: String) -> CompletionItem {
    let text = spot.takesSnippets ? "\(word)(${1:value} over ${2:organisation})" : word + "("
    return item(word, .function, "\(word)(… over …)", rank: 2, text: text, isSnippet: true)
  }

  /// What is written out where a value of one kind is wanted: `2%`, `1.4pp`, `£1m`.
  private func literals(_ wanted: Surroundings.Wanted) -> [CompletionItem] {
    let meaning: Meaning? =
      switch wanted {
      case .likeWatch: standpoint.watched
      case .like(let span): standpoint.meaning(in: span)
      case .any, .condition, .quantity, .shown: nil
      }
    let prefix = draft.currencyPrefix
    let shapes: [(label: String, text: String, detail: String)] =
      switch meaning?.type {
      case .ratio: [("…%", "${1:1}%", "a percentage")]
      case .points: [("…pp", "${1:1}pp", "percentage points")]
      case .money:
        [("\(prefix)…m", "\(prefix)${1:1}m", "millions"), ("\(prefix)…k", "\(prefix)${1:100}k", "thousands")]
      case .unitPrice: [("\(prefix)…", "\(prefix)${1:100}", "for each")]
      case .severity: Words.severities.map { ($0, $0, "severity") }
      case .truth: [("true", "true", ""), ("false", "false", "")]
      default: []
      }
    return written(shapes)
  }

  /// What a cell of a table or of a test may be.
  private var figures: [CompletionItem] {
    let prefix = draft.currencyPrefix
    return written([
      ("\(prefix)…m", "\(prefix)${1:1}m", "millions"), ("\(prefix)…k", "\(prefix)${1:100}k", "thousands"),
      ("…%", "${1:1}%", "a percentage"), ("…", "${1:1}", "a number"),
    ])
  }

  private func written(_ shapes: [(label: String, text: String, detail: String)]) -> [CompletionItem] {
    shapes.map { shape in
      let plain = shape.text.replacing(/\$\{1:(\d+)\}/) { String($0.1) }
      return item(
        shape.label, .value, shape.detail, rank: 0, text: spot.takesSnippets ? shape.text : plain, isSnippet: true)
    }
  }

  // MARK: Members, values of the data

  private var populations: [CompletionItem] {
    let organisations = item("organisation", .keyword, "every organisation of the subject", rank: 0)
    return [organisations] + Words.relations.map { item($0, .keyword, "of this organisation", rank: 1) }
      + subjects.dropFirst()
  }

  private var subjects: [CompletionItem] {
    [item("organisation", .keyword, nil, rank: 0)]
      + draft.attributes.sorted().map { item($0, .property, "attribute of organisations", rank: 1) }
      + dimensions(of: nil)
  }

  private func dimensions(of measure: String?) -> [CompletionItem] {
    let own = tree.measures.first { $0.name.text == measure }?.dimensions.map(\.text)
    return tree.dimensions.filter { own?.contains($0.name.text) ?? true }.map {
      item($0.name.text, .enumMember, $0.title?.value ?? "dimension", rank: 1)
    }
  }

  private func known(_ name: String) -> [String] {
    var known = KnownValues(in: tree, but: surroundings.begun)
    if let facts { known.add(facts.values) }
    return known.values[name]?.sorted() ?? []
  }

  /// More than a person looks through.
  private static let mostTexts = 500

  private func texts(_ values: [String], isQuoted: Bool, _ detail: String) -> [CompletionItem] {
    values.prefix(Self.mostTexts).map { value in
      let quoted = "\"\(value)\""
      return item(isQuoted ? value : quoted, .value, detail, rank: 0, filter: isQuoted ? nil : quoted)
    }
  }

  private func members(of owner: String?) -> [CompletionItem] {
    if let table = tree.tables.first(where: { $0.name.text == owner }) {
      return columnNames(of: table).map { item($0, .field, "column of \(table.name.text)", rank: 0) }
    }
    return Tally.allCases.map { item($0.rawValue, .field, "of a share or a count", rank: 0) }
  }

  // MARK: Tables and tests

  private var table: TableSyntax? {
    tree.tables.last { $0.span.text == spot.piece.number && $0.span.start <= spot.local }
  }

  /// Those that the table has; a new one mostly has figures for severities.
  private var columns: [CompletionItem] {
    let names = table.map(columnNames) ?? []
    return (names.isEmpty ? Words.severities : names).map { item($0, .field, "column", rank: 0) }
  }

  /// Values of what the table goes by that have no row yet, and the words that a row may start with.
  private func rows(by key: String) -> [CompletionItem] {
    let there = Set(
      (table?.rows ?? []).compactMap { row in if case .text(let value) = row.key { value } else { nil } })
    let values = key == "year" ? [] : known(key).filter { !there.contains($0) }
    return texts(values, isQuoted: false, "value of \(key)")
      + ["otherwise", "organisation"].map { item($0, .keyword, nil, rank: 1) }
  }

  /// The texts in the first column of what the test is given.
  private var testSubjects: [String] {
    let test = tree.tests.last { $0.span.text == spot.piece.number && $0.span.start <= spot.local }
    var grids = [test?.given].compactMap { $0 }
    for case .drop(let drop) in test?.steps ?? [] { grids.append(drop.grid) }
    var seen: Set<String> = []
    return grids.flatMap(\.rows).compactMap { row in
      guard case .literal(.text(let name)) = row.first?.value, seen.insert(name).inserted else { return nil }
      return name
    }
  }

  private func columnNames(of table: TableSyntax) -> [String] {
    var seen: Set<String> = []
    return table.rows.flatMap(\.cells).map(\.column.text).filter { seen.insert($0).inserted }
  }
}
