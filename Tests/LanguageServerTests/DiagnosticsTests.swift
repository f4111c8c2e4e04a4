import LanguageServer
import Testing

private let settings = "currency GBP\nyear starts in April\n"
private let measures = """
  measure plan money full year reference "Plan"
  measure forecast money full year adverse high "Forecast"

  """
private let rule = """
  rule overspend "Over plan"
    for each organisation
    watch (forecast - plan) / plan
    amber above 2%
    message "{organisation} {plan}"
    runbook "https://finance.example/r"
    owner "control"

  """

struct DiagnosticsTests {
  private func codes(_ diagnostics: [JSON]?) -> [String]? { diagnostics?.map { $0["code"].text ?? "" } }

  @Test func filesOfAFolderAreOneRuleSetAndBuffersStandForFiles() throws {
    let editor = try Editor(["settings.rules": settings, "measures.rules": measures, "rules.rules": rule])
    editor.open("rules.rules", rule.replacing("forecast", with: "forecsat"))
    let found = try #require(editor.diagnostics("rules.rules"))
    #expect(codes(found) == ["R301"])
    #expect(found[0]["range"].description == #"{"end":{"character":17,"line":2},"start":{"character":9,"line":2}}"#)
    #expect(found[0]["message"].text?.contains("forecast") == true)
    #expect(found[0]["severity"].number == 1)
    editor.change("rules.rules", Editor.range(2, 9, 17), "forecast")
    #expect(codes(editor.diagnostics("rules.rules")) == [])
  }

  @Test func aFindingInAnotherFileIsToldOfThatFile() throws {
    let editor = try Editor(["settings.rules": settings, "measures.rules": measures, "rules.rules": rule])
    editor.open("measures.rules", measures)
    #expect(editor.diagnostics("rules.rules")?.isEmpty == true)
    editor.change("measures.rules", Editor.range(1, 8, 16), "outlook")
    #expect(codes(editor.diagnostics("rules.rules")) == ["R301"])
    editor.close("measures.rules")
    #expect(codes(editor.diagnostics("rules.rules")) == [])
  }

  @Test func relatedPlacesNameTheOtherFile() throws {
    let editor = try Editor(["a.rules": settings + measures, "b.rules": rule])
    editor.open("c.rules", "measure plan money full year\n")
    let found = try #require(editor.diagnostics("c.rules")?.first)
    #expect(found["code"].text == "R302")
    #expect(found["relatedInformation"][0]["location"]["uri"].text == editor.uri("a.rules"))
    #expect(found["relatedInformation"][0]["location"]["range"]["start"]["line"].number == 2)
  }

  @Test(arguments: ["utf-8", "utf-16"])
  func placesAreCountedInTheAgreedEncoding(_ encoding: String) throws {
    let editor = try Editor(["a.rules": settings + measures], encodings: [encoding])
    let text = rule.replacing("Over plan", with: "Über 😀 plan").replacing(
      "{organisation} {plan}", with: "é😀 {organisation} {wathced}")
    editor.open("b.rules", text)
    let found = try #require(editor.diagnostics("b.rules")?.first)
    // `  message "é😀 {organisation} {` takes 31 characters, of which é is 1 and 😀 2 in UTF-16, 2 and 4 in UTF-8.
    #expect(found["range"]["start"]["character"].number == (encoding == "utf-8" ? 34 : 31))
    // Behind both, a change that is counted alike.
    let start = encoding == "utf-8" ? 34 : 31
    editor.change("b.rules", Editor.range(4, start, start + 7), "watched")
    #expect(editor.diagnostics("b.rules")?.isEmpty == true)
  }

  @Test func changesAreAppliedInOrderAndPastTheEnd() throws {
    let editor = try Editor(["a.rules": settings + measures])
    editor.open("b.rules", "")
    editor.change("b.rules", Editor.range(900, 5, 7), rule)
    #expect(editor.diagnostics("b.rules")?.isEmpty == true)
    editor.change("b.rules", nil, "rule")
    #expect(codes(editor.diagnostics("b.rules")) == ["R112"])
    editor.change("b.rules", ["start": Editor.position(-3, -1), "end": Editor.position(0, 99)], rule)
    #expect(editor.diagnostics("b.rules")?.isEmpty == true)
  }

  @Test func doubtsAreWarningsAndWhatIsNeverUsedIsFaded() throws {
    let editor = try Editor(["a.rules": settings + measures, "b.rules": rule])
    editor.open("c.rules", "let spare = forecast - plan\n")
    let found = try #require(editor.findings("c.rules")?.first)
    #expect(found["code"].text == "R504")
    #expect(found["severity"].number == 2)
    #expect(found["tags"].description == "[1]")
    #expect(codes(editor.findings("b.rules"))?.contains("R503") == true)
  }

  /// A rule set that is too large to be checked whole with every letter: what is typed is checked at once, what it means
  /// for the rest when the editor rests.
  @Test func aLargeRuleSetIsCheckedInTwoSteps() throws {
    let many = (0..<300).map { rule.replacing("rule overspend", with: "rule overspend_\($0)") }.joined()
    let editor = try Editor(["a.rules": settings + measures, "b.rules": many])
    editor.open("a.rules", settings + measures)
    editor.open("b.rules", many)
    #expect(editor.diagnostics("b.rules")?.isEmpty == true)
    let warnings = editor.findings("b.rules")?.count ?? 0
    // In the rule itself, at once; the doubts about others stay.
    editor.change("b.rules", Editor.range(2, 9, 17), "forecsat")
    #expect(codes(editor.diagnostics("b.rules")) == ["R301"])
    #expect((editor.findings("b.rules")?.count ?? 0) > warnings * 299 / 300)
    editor.change("b.rules", Editor.range(2, 9, 17), "forecast")
    #expect(codes(editor.diagnostics("b.rules")) == [])
    // In other files, once the editor rests.
    editor.change("a.rules", Editor.range(3, 8, 16), "outlook")
    #expect(editor.session.isSettled == false)
    editor.rest()
    #expect(editor.diagnostics("b.rules")?.isEmpty == false)
    editor.change("a.rules", Editor.range(3, 8, 15), "forecast")
    editor.rest()
    #expect(codes(editor.diagnostics("b.rules")) == [])
    #expect(editor.findings("b.rules")?.count == warnings)
    #expect(editor.session.isSettled)
  }

  @Test func whatOthersWriteToDiskIsRead() throws {
    let editor = try Editor(["a.rules": settings + measures, "b.rules": rule])
    editor.open("a.rules", settings + measures)
    try editor.write("c.rules", "measure plan money full year\n")
    editor.notify("workspace/didChangeWatchedFiles", ["changes": [["uri": editor.uri("c.rules"), "type": 1]]])
    #expect(codes(editor.diagnostics("c.rules")) == ["R302"])
  }

  @Test func aFolderThatHasItsOwnCurrencyIsARuleSetOfItsOwn() throws {
    let editor = try Editor([
      "one/settings.rules": settings, "one/more/rules.rules": measures + rule,
      "two/all.rules": settings + measures + rule,
    ])
    editor.open("one/more/rules.rules", measures + rule)
    editor.open("two/all.rules", settings + measures + rule)
    #expect(editor.diagnostics("one/more/rules.rules")?.isEmpty == true)
    #expect(editor.diagnostics("two/all.rules")?.isEmpty == true)
  }
}
