import Diagnostics
import Foundation
import RuleLanguage
import RuleLibrary
import Testing

/// Rules as JSON: what is wrong with a document, and the published schema.
@Suite struct ExchangeTests {
  private static let schema = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Deploy/schemas/outturn.rules.v1.json")

  private func found(_ json: String) -> String {
    let source = SourceText(name: "rules.json", json)
    let (files, diagnostics, texts) = RuleExchange.read(source, library: .all)
    #expect(files == nil)
    return TerminalRenderer().render(diagnostics, in: texts)
  }

  private func document(_ declarations: String) -> String {
    """
    {"schema": "outturn.rules/1", "files": [{"name": "a.rules", "declarations": [
    {"currency": "GBP"}, {"year_starts_in": "April"},
    {"measure": "plan", "type": "money", "basis": "full year"},
    \(declarations)
    ]}]}
    """
  }

  private func rule(_ clauses: String) -> String {
    document(
      """
      {"rule": "one", "title": "One", "clauses": [{"for_each": ["organisation"]},
      \(clauses)
      ]}
      """)
  }

  /// The fault, and what is said of it: its code, where it stands, and part of the sentence.
  private static let faults: [(String, [String])] = [
    (
      #"{"watch": "pln"}, {"red": {"above": "£5m"}}, {"message": "x"}"#,
      ["error[R301]", "rules.json:5:12", "at /files/0/declarations/3/clauses/1/watch"]
    ),
    (
      #"{"watch": "plan"}, {"red": {"above": "5%"}}, {"message": "{plan} {of}"}"#,
      ["error[R202]", "rules.json:5:39", "clauses/2/red/above", "error[R301]", "rules.json:5:67"]
    ),
    (
      #"{"watch": "plan)\n  red above £5m\nrule two"}"#,
      ["error[R112]", "nothing more is expected here", "clauses/1/watch"]
    ),
    (#"{"watch": "(plan"}"#, ["error[R112]", "rules.json:5:17", "`)` to close"]),
    (#"{"watsh": "plan"}"#, ["error[J103]", "rules.json:5:1", "did you mean “watch”?"]),
    (#"{"watch": "plan", "unit": "£"}"#, ["error[J102]", "rules.json:5:19", "there is no key `unit` here"]),
    (#"{"red": {"over": "5%"}}"#, ["error[J103]", "rules.json:5:9", "what band it is"]),
    (#"{"persists_for": "two"}"#, ["error[J105]", "a whole number from 1 to 120"]),
    (#"{"owner": "a \"friend\""}"#, ["error[J105]", "without quotation marks", "clauses/1/owner"]),
    (#"{"message": "x\" \n  owner \"me"}"#, ["error[", "clauses/1/message"]),
    (#"{"for_each": "region"}"#, ["error[J104]", "a list is expected here, found a text"]),
    (#"{"label": "a b", "text": "x"}"#, ["error[J105]", "a name of small letters"]),
    (#"{"coverage": "most"}"#, ["error[J105]", "A percentage: 90%."]),
    (#"{"watch": "plan"} {"red"}"#, ["error[J101]", "a comma or ]", "rules.json:5:19"]),
    (#"{"watch": "plan", "watch": "plan"}"#, ["error[J101]", "stands twice"]),
    (#"{"watch": "pl\qan"}"#, ["error[J101]", "no such escape"]),
    (
      #"{"watch": "plan"}, {"red": {"above": "£5m"}}"#,
      ["error[R403]", "has no message", "at /files/0/declarations/3/rule"]
    ),
  ]

  @Test(arguments: faults.indices)
  func saysWhatIsWrongAndWhere(_ index: Int) {
    let (clauses, expected) = Self.faults[index]
    let rendering = found(rule(clauses))
    for part in expected { #expect(rendering.contains(part), "\(part) is not in\n\(rendering)") }
  }

  @Test func namesOfFilesStayInTheFolder() {
    for name in ["../a.rules", "/etc/a.rules", "a.txt", "a/../b.rules", ".a.rules"] {
      let json = #"{"schema": "outturn.rules/1", "files": [{"name": "\#(name)", "declarations": []}]}"#
      #expect(found(json).contains("error[J105]"), "\(name)")
    }
  }

  @Test(arguments: [
    "", "[", "nul", "{\"a\": 01}", "[1,]", String(repeating: "[", count: 100_000), "{} {}", "\"\u{1}\"",
  ])
  func whatIsNotJSON(_ text: String) { #expect(found(text).contains("error[J101]")) }

  /// The rows would be gone after an import.
  @Test func aTableWhoseFileIsNoTextIsNotExported() {
    let rules = ["a.rules", "b/b.rules"].map { name in
      SourceText(name: name, "currency GBP\nyear starts in April\ntable limits by kind from \"limits.csv\"\n")
    }
    let latin = Array("kind,amber\nCaf".utf8) + [0xE9] + Array(",1%\n".utf8)
    let (json, diagnostics) = RuleExchange.export(rules, library: .all) { name, ruleFile in
      .success(SourceText(name: name, bytes: ruleFile == "a.rules" ? Array("kind,amber\nCafé,1%\n".utf8) : latin))
    }
    #expect(json == nil)
    let rendering = TerminalRenderer().render(diagnostics, in: rules)
    #expect(diagnostics.count == 1, "\(rendering)")
    for part in ["error[R102]: the file of this table is not UTF-8", "b/b.rules:3:", "save limits.csv as UTF-8"] {
      #expect(rendering.contains(part), "\(rendering)")
    }
  }

  @Test func everyCodeIsMet() {
    let all = Self.faults.flatMap(\.1).joined()
    for code in ExchangeCode.allCases { #expect(all.contains(code.rawValue)) }
  }

  /// `outturn rules schema > Deploy/schemas/outturn.rules.v1.json`
  @Test func thePublishedSchemaIsTheOneThatIsUsed() throws {
    #expect(String(decoding: try Data(contentsOf: Self.schema), as: UTF8.self) == RuleExchange.schema)
  }

  /// Skipped where there is no Python with its jsonschema package.
  @Test(.enabled(if: python("import jsonschema") == 0))
  func exportsKeepToThePublishedSchema() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "outturn-exchange-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    func keep(_ json: String) throws {
      let file = folder.appending(path: "\(paths.count).json")
      try Data(json.utf8).write(to: file)
      paths.append(file.path)
    }
    for seed in 0..<100 {
      var random = RandomRules(seed: UInt64(seed))
      let (json, _) = RuleExchange.export([SourceText(name: "a/b.rules", random.file())], library: .all)
      if let json { try keep(json) }
    }
    #expect(paths.count > 75)
    #expect(python(Self.validation, [Self.schema.path] + paths) == 0)
    // The control: what import refuses for its shape, the schema refuses.
    for (clauses, expected) in Self.faults {
      guard
        expected.contains(where: {
          $0.contains("error[J102]") || $0.contains("error[J103]") || $0.contains("error[J104]")
        })
      else { continue }
      paths = []
      try keep(rule(clauses))
      #expect(python(Self.validation, [Self.schema.path] + paths) == 1, "\(clauses)")
    }
  }

  private static let validation = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1]))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in sys.argv[2:]:
        validator.validate(json.load(open(path)))
    """
}

/// Runs a Python script; its exit code, or -1 where there is no Python.
private func python(_ script: String, _ arguments: [String] = []) -> Int32 {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script] + arguments
  process.standardError = FileHandle.nullDevice
  let ended = DispatchSemaphore(value: 0)
  process.terminationHandler = { _ in ended.signal() }
  guard (try? process.run()) != nil, ended.wait(timeout: .now() + 60) == .success else { return -1 }
  return process.terminationStatus
}
