package import Diagnostics

/// Rules as JSON, for those who generate them: what is exported and imported again is the same rules, with their
/// comments.
package enum RuleExchange {
  /// More bytes than this are not read.
  package static let largest = JSONReader.largest

  /// The files of one folder as one document, with the files that their tables have their rows from; their names are
  /// paths inside the folder.
  ///
  /// - Returns: nothing where a file can't be read; what is wrong is in the diagnostics, which point into the files.
  package static func export(
    _ files: [SourceText], library: FunctionLibrary, tableFiles: TableFiles = RuleSet.noTableFiles
  ) -> (json: String?, diagnostics: [Diagnostic]) {
    let functions = Set(library.functions.keys)
    let findings = Findings()
    _ = FileParser.parse(files, functions: functions, findings: findings)
    guard !findings.hasErrors else { return (nil, findings.inOrder) }
    var tables: [String: String] = [:]
    let values = files.enumerated().map { number, file in
      var exporter = RuleExporter(file)
      let tree = FileParser.parse([file], functions: functions, findings: Findings())
      for name in tree.tables.compactMap(\.file) {
        // What is not there is told by a check of the rules, and looked for where the rules are imported.
        guard case .success(let table) = tableFiles(name.value, file.name) else { continue }
        guard let text = String(validating: table.bytes, as: UTF8.self) else {
          var span = name.span
          span.text = Int32(number)
          findings.add(
            .notUTF8, "the file of this table is not UTF-8", at: span, "JSON can't hold its bytes",
            fix: "save \(name.value.printable) as UTF-8")
          continue
        }
        tables[path(ofTable: name.value, beside: file.name)] = text
      }
      return exporter.file(tree)
    }
    guard !findings.hasErrors else { return (nil, findings.inOrder) }
    let tableValues = tables.sorted { $0.key < $1.key }.map { name, text in
      JSONValue.object(["name": .string(name), "text": .string(text)])
    }
    let document = JSONValue.object([
      "schema": .string(Forms.schema), "files": .array(values),
      "table_files": tableValues.isEmpty ? nil : .array(tableValues),
    ])
    return (document.text, findings.inOrder)
  }

  /// Inside the folder of rules.
  private static func path(ofTable name: String, beside ruleFile: String) -> String {
    let folder = ruleFile.split(separator: "/").dropLast().joined(separator: "/")
    return folder.isEmpty ? name : folder + "/" + name
  }

  /// The rule files of a document, laid out, and behind them the files of tables that it brings along. A table's file
  /// that it does not bring is looked for where it will stand.
  ///
  /// The rules are checked as `rules check` does it; a finding points into the JSON text and names its place there, or
  /// into the file of a table.
  /// - Returns: no files where anything is wrong; the texts are those that the diagnostics point into, the JSON first.
  package static func read(
    _ json: SourceText, library: FunctionLibrary, attributes: Set<String> = RuleSet.usualAttributes,
    tableFiles: @escaping TableFiles = RuleSet.noTableFiles
  ) -> (files: [SourceText]?, diagnostics: [Diagnostic], texts: [SourceText]) {
    let (drafts, brought, wrong) = drafts(json, library: library)
    guard let drafts else { return (nil, wrong, [json]) }
    let tables = Dictionary(brought.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    func tableFile(_ name: String, _ ruleFile: String) -> Result<SourceText, TableFileMissing> {
      tables[path(ofTable: name, beside: ruleFile)].map { .success($0) } ?? tableFiles(name, ruleFile)
    }
    let written = drafts.map { SourceText(name: $0.name, bytes: $0.draft.bytes) }
    let loaded = RuleSet.load(files: written, library: library, attributes: attributes, tableFiles: tableFile)
    let diagnostics = loaded.diagnostics.map { moved($0, from: drafts.map(\.draft)) }
    let texts = [json] + loaded.texts.dropFirst(written.count)
    return (diagnostics.hasErrors ? nil : laidOut(written, library) + brought, diagnostics, texts)
  }

  /// The rule files of a document that says what can be written, whatever it means.
  package static func text(of json: SourceText, library: FunctionLibrary) -> [SourceText]? {
    drafts(json, library: library).drafts.map { drafts in
      laidOut(drafts.map { SourceText(name: $0.name, bytes: $0.draft.bytes) }, library)
    }
  }

  private static func laidOut(_ files: [SourceText], _ library: FunctionLibrary) -> [SourceText] {
    files.map { SourceText(name: $0.name, RuleFormatter.format($0, library: library).text ?? "") }
  }

  /// What is to become of each file; nil where the document has not the shape that it should have.
  private static func drafts(
    _ json: SourceText, library: FunctionLibrary
  ) -> (drafts: [(name: String, draft: DocumentDraft)]?, tables: [SourceText], diagnostics: [Diagnostic]) {
    let findings = ExchangeFindings()
    guard let document = JSONReader.read(json, into: findings) else { return (nil, [], findings.diagnostics) }
    var check = ShapeCheck(findings, functions: Set(library.functions.keys))
    guard case .object = document.value else {
      findings.add(.wrongKind, "an object is expected here, found \(document.spoken)", at: document)
      return (nil, [], findings.diagnostics)
    }
    check.check(document, Forms.document)
    refuseSharedNames(document, findings)
    let wrong = findings.diagnostics + check.found.map { moved($0.diagnostic, into: $0.node, offset: $0.offset) }
    guard wrong.isEmpty else { return (nil, [], wrong.sortedByPlace()) }
    let drafts = (document["files"]?.elements ?? []).map { file in
      var draft = DocumentDraft()
      draft.add(file: file)
      return (name: file["name"]?.string ?? "", draft: draft)
    }
    let tables = (document["table_files"]?.elements ?? []).map { file in
      SourceText(name: file["name"]?.string ?? "", file["text"]?.string ?? "")
    }
    return (drafts, tables, [])
  }

  /// Two files of one name would be one.
  private static func refuseSharedNames(_ document: JSONNode, _ findings: ExchangeFindings) {
    var seen: Set<String> = []
    for file in (document["files"]?.elements ?? []) + (document["table_files"]?.elements ?? []) {
      guard let name = file["name"], let text = name.string, !seen.insert(text).inserted else { continue }
      findings.add(.badValue, "two files have this name", at: name)
    }
  }

  // MARK: Where findings are

  /// A finding about a text by itself, in the JSON text.
  private static func moved(_ diagnostic: Diagnostic, into node: JSONNode, offset: Int) -> Diagnostic {
    func place(_ label: Diagnostic.Label) -> Diagnostic.Label {
      guard node.isPlain else { return Diagnostic.Label(node.span, label.text) }
      let shift = node.span.start + 1 - Int32(offset)
      let start = max(node.span.start, label.span.start + shift)
      return Diagnostic.Label(
        Span(text: 0, start: start, end: min(node.span.end, max(start, label.span.end + shift))), label.text)
    }
    return placed(diagnostic, node, place)
  }

  /// A finding about rules that were written from the JSON text, or about the file of a table.
  private static func moved(_ diagnostic: Diagnostic, from drafts: [DocumentDraft]) -> Diagnostic {
    func origin(_ label: Diagnostic.Label) -> (span: Span, node: JSONNode)? {
      let text = Int(label.span.text)
      return text < drafts.count ? drafts[text].origin(of: label.span) : nil
    }
    return placed(diagnostic, diagnostic.primary.flatMap(origin)?.node) { label in
      var place = label.span
      let text = Int(place.text)
      if text >= drafts.count {
        place.text = Int32(text - drafts.count + 1)
      } else {
        place = origin(label)?.span ?? Span(text: 0, start: 0, end: 0)
      }
      return Diagnostic.Label(place, label.text)
    }
  }

  /// With its places in the JSON text, and its node named. Repairs are edits of rules, and left out.
  private static func placed(
    _ diagnostic: Diagnostic, _ node: JSONNode?, _ place: (Diagnostic.Label) -> Diagnostic.Label
  ) -> Diagnostic {
    var moved = diagnostic
    moved.primary = diagnostic.primary.map(place)
    if let node, let label = moved.primary {
      moved.primary?.text = (label.text.isEmpty ? "" : label.text + "; ") + "at \(node.pointer.printable)"
    }
    moved.secondary = diagnostic.secondary.map(place)
    moved.repairs = []
    return moved
  }
}
