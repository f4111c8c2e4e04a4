import Foundation
import Testing

/// One policy in two files.
private let measures = Marked(
  """
  currency GBP
  year starts in April
  dimension 8️⃣category
  # é😀
  measure 1️⃣plan money full year reference by 9️⃣category "Planned spend"
  measure forecast money full year adverse high by category "Forecast outturn"
  let 2️⃣overspent = forecast - 3️⃣plan
  table 7️⃣limits by kind
    "PCT"     amber 0.5%  red 1%
    otherwise amber 1%    red 2%

  """)
private let rules = Marked(
  """
  rule 1️⃣overspend "Forecast overspend"
    for each organisation where 7️⃣kind is "PCT"
    let 2️⃣share_of_plan = overspent / 3️⃣plan[9️⃣category is "acute"]
    watch 4️⃣share_of_plan
    amber above 2%
    red above 5%
    message "😀 {organisation}: {5️⃣overspent | m} of {plan}, {share_of_plan}"
    runbook "https://finance.example/r"
    owner "control"

  rule follow_on "Overspent, and growing"
    for each organisation
    red when 8️⃣breach(6️⃣overspend) and overspent > £1m
    message "{organisation}"
    runbook "https://finance.example/r"
    owner "control"

  test 0️⃣overspend "over the line"
    given organisation | kind  | measure  | 2013-14 M6
          "Wessex"     | "PCT" | plan     | £100m
          "Wessex"     | "PCT" | forecast | £109m
    expect "Wessex" at 2013-14 M6 red

  """)

struct NavigationTests {
  private func editor() throws -> Editor {
    let editor = try Editor(["measures.rules": measures.text, "rules.rules": rules.text])
    editor.open("measures.rules", measures.text)
    editor.open("rules.rules", rules.text)
    return editor
  }

  @Test(arguments: [
    (3, "measures.rules", 1), (4, "rules.rules", 2), (5, "measures.rules", 2), (6, "rules.rules", 1),
    (9, "measures.rules", 8), (0, "rules.rules", 1),
  ])
  func aUseLeadsToItsDeclaration(_ use: Int, _ file: String, _ declaration: Int) throws {
    let editor = try editor()
    let answer = editor.ask("definition", "rules.rules", rules, use)["result"]
    #expect(answer["uri"].text == editor.uri(file))
    let marked = file == "rules.rules" ? rules : measures
    #expect(answer["range"]["start"].description == marked.json(declaration))
  }

  @Test func whatIsBuiltInLeadsNowhere() throws {
    let editor = try editor()
    #expect(editor.ask("definition", "rules.rules", rules, 7)["result"].isNull)
    #expect(editor.ask("definition", "rules.rules", rules, 8)["result"].isNull)
    #expect(
      editor.request(
        "textDocument/definition",
        ["textDocument": ["uri": "file:///nowhere.rules"], "position": Editor.position(0, 0)])[
          "result"
        ].isNull)
  }

  @Test func referencesAreFoundInExpressionsHolesAndTests() throws {
    let editor = try editor()
    let found = editor.ask("references", "measures.rules", measures, 1, ["context": ["includeDeclaration": true]])
    let places = found["result"].items.map {
      "\($0["uri"].text?.split(separator: "/").last ?? "") \($0["range"]["start"]["line"])"
    }
    #expect(places == ["measures.rules 4", "measures.rules 6", "rules.rules 2", "rules.rules 6", "rules.rules 19"])
    let without = editor.ask("references", "measures.rules", measures, 1, ["context": ["includeDeclaration": false]])
    #expect(without["result"].items.count == 4)
  }

  @Test func aDocumentListsItsDeclarations() throws {
    let editor = try editor()
    let symbols = editor.request("textDocument/documentSymbol", ["textDocument": ["uri": editor.uri("rules.rules")]])[
      "result"]
    #expect(symbols.items.map { $0["name"].text } == ["overspend", "follow_on", "test overspend"])
    #expect(symbols[0]["children"][0]["name"].text == "share_of_plan")
    #expect(symbols[0]["selectionRange"]["start"].description == rules.json(1))
    let more = editor.request("textDocument/documentSymbol", ["textDocument": ["uri": editor.uri("measures.rules")]])
    #expect(more["result"].items.map { $0["name"].text } == ["category", "plan", "forecast", "overspent", "limits"])
  }

  // MARK: Hover

  private static let hovers: [(Int, [String])] = [
    (3, ["measure plan money full year reference by category", "Planned spend", "declared in measures.rules, line 5"]),
    (5, ["let overspent = forecast - plan", "money, full year, adverse when high", "measures.rules, line 7"]),
    (4, ["let share_of_plan = overspent / plan", "percentage", "declared in rules.rules, line 3"]),
    (6, ["rule overspend", "amber above 2%", "red above 5%", "watch share_of_plan"]),
    (7, ["an attribute of organisations"]),
    (8, ["breach(rule)", "Whether another rule is breached"]),
  ]

  @Test(arguments: hovers.indices)
  func hoverTells(_ index: Int) throws {
    let (mark, words) = Self.hovers[index]
    let text = try editor().ask("hover", "rules.rules", rules, mark)["result"]["contents"]["value"].text ?? ""
    for word in words { #expect(text.contains(word)) }
  }

  @Test(arguments: [
    ("  for eac1️⃣h organisation", "for each"), ("  only wh1️⃣en plan > £0", "only when"),
    ("  watc1️⃣h plan", "watch EXPRESSION"), ("  amber above1️⃣ £1", "amber"), ("  pers1️⃣ists for 2 periods", "periods"),
    ("  if unk1️⃣nown hold", "if unknown"), ("  red when shar1️⃣e(plan > £0 over peers) > 5%", "POPULATION"),
  ])
  func wordsOfTheLanguageHavePages(_ clause: String, _ word: String) throws {
    let marked = Marked("rule r \"R\"\n\(clause)\n")
    let editor = try editor()
    editor.open("c.rules", marked.text)
    let text = editor.ask("hover", "c.rules", marked, 1)["result"]["contents"]["value"].text ?? ""
    #expect(text.contains("```outturn-rules") && text.contains(word), "\(text)")
  }

  // MARK: Rename

  /// The two files after an answer's edits.
  private func renamed(_ answer: JSON, _ editor: Editor) -> [String] {
    [renamed(answer, editor, "measures.rules", of: measures.text), renamed(answer, editor, of: rules.text)]
  }

  private func renamed(_ answer: JSON, _ editor: Editor, _ name: String = "rules.rules", of text: String) -> String {
    var lines = text.components(separatedBy: "\n")
    let edits = answer["result"]["changes"][editor.uri(name)].items
    for edit in edits.reversed() {
      let line = edit["range"]["start"]["line"].number ?? 0
      var units = Array(lines[line].utf16)
      units.replaceSubrange(
        (edit["range"]["start"]["character"].number ?? 0)..<(edit["range"]["end"]["character"].number ?? 0),
        with: (edit["newText"].text ?? "").utf16)
      lines[line] = String(decoding: units, as: UTF16.self)
    }
    return lines.joined(separator: "\n")
  }

  private func codes(_ diagnostics: [JSON]?) -> [String?] { diagnostics?.map { $0["code"].text } ?? [] }

  private static let renames: [(file: String, mark: Int, to: String)] = [
    ("measures.rules", 1, "budget"), ("rules.rules", 5, "excess"), ("rules.rules", 2, "part"),
    ("rules.rules", 6, "over_plan"), ("measures.rules", 8, "service"),
  ]

  @Test(arguments: renames.indices)
  func aRenamedRuleSetMeansTheSame(_ index: Int) throws {
    let (file, mark, name) = Self.renames[index]
    let editor = try editor()
    let marked = file == "rules.rules" ? rules : measures
    let before = ["measures.rules", "rules.rules"].map { codes(editor.diagnostics($0)) }
    let prepared = editor.ask("prepareRename", file, marked, mark)["result"]
    let old = try #require(prepared["placeholder"].text)
    let texts = renamed(editor.ask("rename", file, marked, mark, ["newName": name]), editor)
    for text in texts { #expect(!text.contains(try Regex("\\b\(old)\\b")) || old == "overspend") }
    #expect(texts.joined().contains(name))
    // Every use went along: nothing is unknown that was known before.
    editor.change("measures.rules", nil, texts[0])
    editor.change("rules.rules", nil, texts[1])
    #expect(["measures.rules", "rules.rules"].map { codes(editor.diagnostics($0)) } == before)
  }

  /// A rule's alerts go on under its new name.
  @Test func aRenamedRuleSaysItsFormerName() throws {
    let editor = try editor()
    let once = renamed(editor.ask("rename", "rules.rules", rules, 1, ["newName": "over_plan"]), editor)[1]
    #expect(once.contains("rule over_plan formerly overspend \"Forecast overspend\""))
    #expect(once.contains("breach(over_plan)") && once.contains("test over_plan "))
    // A name that was never saved is not in force: what goes on is what is open under the saved one.
    editor.change("rules.rules", nil, once)
    let twice = renamed(editor.ask("rename", "rules.rules", rules, 1, ["newName": "beyond_plan"]), editor, of: once)
    #expect(twice.contains("rule beyond_plan formerly overspend \"Forecast overspend\""))
    let back = renamed(editor.ask("rename", "rules.rules", rules, 1, ["newName": "overspend"]), editor, of: once)
    #expect(back.contains("rule overspend \"Forecast overspend\"") && !back.contains("formerly"))
    // Once it is saved, it is.
    try editor.write("rules.rules", once)
    editor.notify("textDocument/didSave", ["textDocument": ["uri": editor.uri("rules.rules")]])
    let saved = renamed(editor.ask("rename", "rules.rules", rules, 1, ["newName": "beyond_plan"]), editor, of: once)
    #expect(saved.contains("rule beyond_plan formerly over_plan \"Forecast overspend\""))
  }

  @Test func aLetOfOneRuleIsRenamedThereAlone() throws {
    let editor = try editor()
    let answer = editor.ask("rename", "rules.rules", rules, 2, ["newName": "part"])["result"]["changes"]
    #expect(answer.keys == [editor.uri("rules.rules")])
    #expect(answer[editor.uri("rules.rules")].items.map { $0["range"]["start"]["line"].number } == [2, 3, 6])
  }

  private static let refusals: [(file: String, mark: Int, to: String, why: String)] = [
    ("measures.rules", 1, "rule", "a word of the language"), ("measures.rules", 1, "growth", "a word of the language"),
    ("measures.rules", 1, "Plan B", "small letters"), ("measures.rules", 1, "", "small letters"),
    ("measures.rules", 1, "forecast", "already a measure in measures.rules, line 6"),
    ("measures.rules", 1, "share_of_plan", "already a let in rules.rules, line 3"),
    ("measures.rules", 1, "kind", "register says"), ("rules.rules", 2, "plan", "already a measure"),
    ("rules.rules", 1, "follow_on", "already a rule"), ("rules.rules", 7, "sort", "not declared in these rules"),
    ("rules.rules", 8, "fires", "not declared in these rules"),
  ]

  @Test(arguments: refusals.indices)
  func aNameThatCannotBeGivenIsRefused(_ index: Int) throws {
    let (file, mark, name, why) = Self.refusals[index]
    let answer = try editor().ask("rename", file, file == "rules.rules" ? rules : measures, mark, ["newName": name])
    #expect(answer["error"]["code"].number == -32803)
    #expect(answer["error"]["message"].text?.contains(why) == true, "\(answer)")
  }

  @Test func nothingIsRenamedWhileAFileCannotBeReadWhole() throws {
    let editor = try editor()
    editor.change("rules.rules", Editor.range(3, 8, 8), "( ")
    let answer = editor.ask("rename", "measures.rules", measures, 1, ["newName": "budget"])
    #expect(
      answer["error"]["message"].text?.contains("rules.rules cannot be read whole near line 1") == true, "\(answer)")
  }
}

struct CodeActionTests {
  private let text = Marked(
    """
    currency GBP
    year starts in April
    measure growth_in_a money full year
    measure b money full year
    rule r "Two mistakes"
      for each organisation
      watch growth_in_a / 1️⃣bb
      amber over 2%
      message "{organisation}"
      runbook "https://finance.example/r"
      owner "control"

    """)

  @Test func aFindingOffersWhatMendsIt() throws {
    let editor = try Editor()
    editor.open("a.rules", text.text)
    let range = Editor.range(7, 8, 8)
    let params: [String: Any] = [
      "textDocument": ["uri": editor.uri("a.rules")], "range": range, "context": ["diagnostics": []],
    ]
    let actions = editor.request("textDocument/codeAction", params)["result"].items
    let fix = try #require(actions.first { $0["kind"].text == "quickfix" })
    #expect(fix["isPreferred"].description == "true")
    let edit = fix["edit"]["changes"][editor.uri("a.rules")][0]
    editor.change(
      "a.rules",
      Editor.range(7, edit["range"]["start"]["character"].number ?? 0, edit["range"]["end"]["character"].number ?? 0),
      edit["newText"].text ?? "")
    #expect(editor.diagnostics("a.rules")?.allSatisfy { $0["range"]["start"]["line"].number != 7 } == true)
  }

  @Test func onlyWhatIsAskedForIsOffered() throws {
    let editor = try Editor()
    editor.open("a.rules", text.text)
    let params: [String: Any] = [
      "textDocument": ["uri": editor.uri("a.rules")], "range": Editor.range(0, 0, 0),
      "context": ["diagnostics": [], "only": ["source.fixAll"]],
    ]
    #expect(
      editor.request("textDocument/codeAction", params)["result"].items.map { $0["kind"].text } == ["source.fixAll"])
  }
}
