import Foundation
import Testing

private let declarations = """
  currency GBP
  year starts in April
  dimension category
  dimension recurrence
  measure plan money full year reference by category "Planned spend"
  measure forecast money full year adverse high by category "Forecast outturn"
  measure activity count in period adverse high
  measure position money full year adverse low
  let overspent = forecast - plan
  let in_deficit = position < £0
  table limits by kind
    "PCT"     amber 0.5%  red 1%
    otherwise amber 1%    red 2%
  rule other "Other"
    for each organisation where kind is "Area team"
    watch forecast[category is "acute"] / plan
    amber above 1%
    message "{organisation}"
  test other "over"
    given organisation | kind        | measure  | 2013-14 M6
          "Leeds"      | "Area team" | plan     | £100m
                       |             | forecast | £100m
    expect "Leeds" at 2013-14 M6 quiet


  """

/// What is offered at a place: the labels that come before all others, or some that must be among them, and some that must
/// not.
struct CompletionTests {
  private struct Case {
    var text: String
    var first: [String] = []
    var has: [String] = []
    var hasNot: [String] = []
  }

  private static let start = "rule r \"R\"\n  for each organisation\n"

  private static let cases: [Case] = [
    // Declarations
    Case(text: "1️⃣", has: ["measure", "rule", "table", "test"], hasNot: ["watch", "plan"]),
    Case(text: "me1️⃣", has: ["measure"]),
    Case(text: "currency 1️⃣", has: ["GBP"]),
    Case(text: "year 1️⃣", first: ["starts"]),
    Case(text: "year starts in 1️⃣", has: ["April", "January"]),
    Case(text: "measure x 1️⃣", has: ["money", "unit price"], hasNot: ["year to date"]),
    Case(text: "measure x money 1️⃣", has: ["year to date", "in period", "reference"], hasNot: ["money"]),
    Case(text: "measure x money year 1️⃣", first: ["to date"]),
    Case(text: "measure x money full year adverse 1️⃣", has: ["high", "low"], hasNot: ["by"]),
    Case(text: "measure x money full year by 1️⃣", has: ["category", "recurrence"], hasNot: ["plan"]),
    Case(text: "measure x money full year by category, 1️⃣", has: ["recurrence"]),
    Case(text: "measure 1️⃣", hasNot: ["plan", "money"]),
    Case(text: "table t by 1️⃣", has: ["kind", "region", "year", "category"]),
    Case(text: "table t by kind\n  \"1️⃣", has: ["PCT", "Area team"]),
    // Clauses
    Case(text: "rule r \"R\"\n  1️⃣", has: ["for each", "watch", "message", "overall"], hasNot: ["plan"]),
    Case(text: start + "  wa1️⃣", has: ["watch"]),
    Case(text: "rule r \"R\"\n  for 1️⃣", first: ["each"]),
    Case(text: "rule r \"R\"\n  for each 1️⃣", has: ["organisation", "region", "category"], hasNot: ["plan"]),
    Case(text: "rule r \"R\"\n  for each organisation 1️⃣", has: ["where", "and"]),
    Case(text: start + "  persists 1️⃣", first: ["for"]),
    Case(text: start + "  if unknown 1️⃣", has: ["hold", "raise", "clear"]),
    Case(text: start + "  if unknown raise 1️⃣", has: ["amber", "red"]),
    Case(text: start + "  watch forecast\n  amber 1️⃣", has: ["above", "at least", "when"], hasNot: ["plan"]),
    // Values by their type
    Case(text: start + "  watch 1️⃣", has: ["plan", "overspent", "growth", "sum"], hasNot: ["watched"]),
    Case(text: start + "  watch overspent / plan\n  amber above 1️⃣", first: ["…%"]),
    Case(text: start + "  watch growth(activity) - growth(plan)\n  amber above 1️⃣", first: ["…pp"]),
    Case(
      text: start + "  watch overspent\n  amber above 1️⃣",
      first: ["forecast", "overspent", "plan", "position", "£…k", "£…m"]),
    Case(text: start + "  watch overspent\n  clears below 1️⃣", first: ["forecast"]),
    Case(
      text: "measure cost money in period\n" + start + "  watch cost / activity\n  amber above 1️⃣", first: ["£…"],
      hasNot: ["£…m"]),
    Case(
      text: start + "  only when forecast > 1️⃣", first: ["forecast", "overspent", "plan", "position"], has: ["activity"]),
    Case(text: start + "  only when 1️⃣", first: ["in_deficit"]),
    Case(text: start + "  let mine = forecast - plan\n  watch mi1️⃣", has: ["mine"]),
    Case(text: start + "  let mine = 1️⃣", hasNot: ["mine"]),
    Case(text: start + "  watch forecast 1️⃣", has: ["and", "is", "between"], hasNot: ["plan"]),
    // Populations
    Case(text: start + "  let a = sum(position 1️⃣", has: ["over"], hasNot: ["plan"]),
    Case(text: start + "  let a = sum(position over 1️⃣", has: ["organisation", "peers", "children"], hasNot: ["plan"]),
    Case(text: start + "  let a = sum(position over organisation 1️⃣", has: ["where", "in same"]),
    Case(
      text: start + "  let a = sum(position over organisation in same 1️⃣", has: ["region", "kind"], hasNot: ["plan"]),
    Case(text: start + "  let a = share(1️⃣", first: ["in_deficit"]),
    // Values of the data
    Case(text: "rule r \"R\"\n  for each organisation where kind is 1️⃣", first: ["\"Area team\"", "\"PCT\""]),
    Case(text: "rule r \"R\"\n  for each organisation where kind is \"1️⃣\"", first: ["Area team", "PCT"]),
    Case(text: "rule r \"R\"\n  for each organisation where kind is not \"A1️⃣", has: ["Area team"]),
    Case(text: "rule r \"R\"\n  for each organisation where kind in (\"PCT\", \"1️⃣", has: ["Area team"]),
    Case(text: start + "  watch plan[1️⃣", has: ["category"], hasNot: ["recurrence", "plan"]),
    Case(text: start + "  watch plan[category is \"1️⃣", first: ["acute"]),
    // Members, rules, tables
    Case(
      text: start + "  let hit = share(in_deficit over peers)\n  watch hit.1️⃣", has: ["matching", "known", "expected"]),
    Case(text: start + "  watch overspent / plan\n  amber above limits.1️⃣", first: ["amber", "red"]),
    Case(text: start + "  red when breach(1️⃣", first: ["other", "r"], hasNot: ["plan"]),
    // Messages
    Case(text: start + "  watch overspent\n  message \"{1️⃣", has: ["watched", "organisation", "plan"]),
    Case(text: start + "  watch overspent\n  message \"😀 {organisation}: {ove1️⃣} over\"", has: ["overspent"]),
    Case(
      text: start + "  message \"{overspent | 1️⃣", first: Array("0dp 1dp".split(separator: " ").map(String.init)),
      has: ["words", "m"]),
    Case(text: start + "  message \"plain 1️⃣", hasNot: ["plan", "overspent"]),
    Case(
      text: start + "  message \"{share(in_deficit over organisation where kind is \"1️⃣", first: ["Area team", "PCT"]),
    // Tests
    Case(text: "test 1️⃣", first: ["other"]),
    Case(text: "test other \"t\"\n  1️⃣", has: ["given", "expect", "drop"], hasNot: ["watch"]),
    Case(
      text: "test other \"t\"\n  given organisation | kind | measure | 2013-14 M6\n        \"W\" | \"PCT\" | 1️⃣",
      has: ["plan", "forecast"]),
    Case(
      text: "test other \"t\"\n  given organisation | kind | measure | 2013-14 M6\n        \"W\" | \"1️⃣",
      first: ["Area team", "PCT"]),
    Case(
      text: "test other \"t\"\n  given organisation | kind | measure | 2013-14 M6\n        1️⃣", first: ["\"Leeds\""]),
    Case(
      text: "test other \"t\"\n  given organisation | kind | measure | 2013-14 M6\n        \"W\" | 1️⃣",
      first: ["\"Area team\"", "\"PCT\""], hasNot: ["plan"]),
    Case(
      text: "test other \"t\"\n  given organisation | measure | 2013-14 M6\n        \"W\" | plan | 1️⃣",
      has: ["£…m", "…%"], hasNot: ["plan"]),
    Case(
      text: "test other \"t\"\n  given organisation | measure | 2013-14 M6\n        \"W\" | plan | £1m\n  expect 1️⃣",
      first: ["\"W\""], has: ["overall"], hasNot: ["\"Leeds\""]),
    Case(
      text: "test other \"t\"\n  given organisation | measure | 2013-14 M6\n        \"W\" | plan | £1m\n  expect \"1️⃣",
      first: ["W"]),
    // Tables
    Case(text: "table t by kind\n  1️⃣", first: ["\"Area team\"", "\"PCT\""], has: ["otherwise", "organisation"]),
    Case(
      text: "table t by kind\n  \"PCT\" amber 1%\n  1️⃣", first: ["\"Area team\""], has: ["otherwise"],
      hasNot: ["\"PCT\""]),
    Case(text: "table t by kind\n  \"PCT\" 1️⃣", first: ["amber"], hasNot: ["plan"]),
    Case(text: "table t by kind\n  \"PCT\" warn -1% stop 2%\n  otherwise 1️⃣", first: ["stop", "warn"]),
    Case(text: "table t by kind\n  \"PCT\" amber 1️⃣", has: ["…%", "£…m"], hasNot: ["plan"]),
    Case(text: "table t by kind\n  \"PCT\" warn -1% 1️⃣", first: ["warn"]),
    Case(text: "table t by kind\n  organisation 1️⃣", first: ["\"Leeds\""]),
    Case(text: "table t by kind\n  organisation \"1️⃣", first: ["Leeds"]),
    Case(text: "table t by kind\n  organisation \"Leeds\" 1️⃣", first: ["amber"]),
    Case(text: "table t by kind\n  organisation \"Leeds\" amber 1️⃣", has: ["…%"]),
    Case(text: "rule r \"R\"\n  for each organisation where organisation is \"1️⃣", first: ["Leeds"]),
    Case(text: "test other \"t\"\n  expect \"W\" at 2013-14 M6 1️⃣", has: ["quiet", "red", "pending"]),
    // Nothing
    Case(text: "# 1️⃣", hasNot: ["measure", "plan"]),
    Case(text: start + "  owner \"1️⃣", hasNot: ["plan"]),
  ]

  @Test(arguments: cases.indices)
  func offers(_ index: Int) throws {
    let example = Self.cases[index]
    let marked = Marked(declarations + example.text)
    let editor = try Editor()
    editor.open("a.rules", marked.text)
    let items = editor.ask("completion", "a.rules", marked, 1)["result"]["items"].items
    let labels = items.sorted { ($0["sortText"].text ?? "") < ($1["sortText"].text ?? "") }.map {
      $0["label"].text ?? ""
    }
    #expect(Array(labels.prefix(example.first.count)) == example.first, "\(example.text)")
    for label in example.has { #expect(labels.contains(label), "\(label) in \(labels): \(example.text)") }
    for label in example.hasNot { #expect(!labels.contains(label), "\(label): \(example.text)") }
  }

  @Test func whatIsChosenReplacesTheBegunWord() throws {
    let marked = Marked(declarations + Self.start + "  message \"é😀 {over1️⃣")
    let editor = try Editor()
    editor.open("a.rules", marked.text)
    let items = editor.ask("completion", "a.rules", marked, 1)["result"]["items"].items
    let edit = try #require(items.first { $0["label"].text == "overspent" })["textEdit"]
    #expect(edit["newText"].text == "overspent")
    #expect(edit["range"]["end"].description == marked.json(1))
    #expect(edit["range"]["start"]["character"].number == 16)
  }

  @Test func namesAreShownWithTheirTypes() throws {
    let marked = Marked(declarations + Self.start + "  watch 1️⃣")
    let editor = try Editor()
    editor.open("a.rules", marked.text)
    let items = editor.ask("completion", "a.rules", marked, 1)["result"]["items"].items
    func detail(_ label: String) -> String? { items.first { $0["label"].text == label }?["detail"].text }
    #expect(detail("plan") == "money, full year: Planned spend")
    #expect(detail("overspent") == "let, money, full year")
    #expect(detail("growth") == "growth(x)")
  }

  @Test func aCallIsHelpedWith() throws {
    let marked = Marked(declarations + Self.start + "  watch previous(sum(plan over peers), 1️⃣")
    let editor = try Editor()
    editor.open("a.rules", marked.text)
    let help = editor.ask("signatureHelp", "a.rules", marked, 1)["result"]
    #expect(help["signatures"][0]["label"].text == "previous(x[, n])")
    #expect(help["activeParameter"].number == 1)
    for (call, part) in [
      ("share(1️⃣", "condition"), ("share(in_deficit over 1️⃣", "over members"),
      ("names(in_deficit over peers where kind is \"PCT\" by plan 1️⃣", "by size"),
      ("sum(abs(plan) over peers where 1️⃣", "where which_members"),
    ] {
      let marked = Marked(declarations + Self.start + "  watch \(call)")
      editor.change("a.rules", nil, marked.text)
      let help = editor.ask("signatureHelp", "a.rules", marked, 1)["result"]
      let parameters = help["signatures"][0]["parameters"].items.map { $0["label"].text ?? "" }
      #expect(parameters[help["activeParameter"].number ?? 9] == part, "\(call)")
      let label = help["signatures"][0]["label"].text ?? ""
      for parameter in parameters { #expect(label.contains(parameter), "an editor marks it there: \(label)") }
      #expect(help["signatures"][0]["documentation"]["value"].text?.isEmpty == false)
    }
    let elsewhere = Marked(declarations + Self.start + "  watch plan1️⃣")
    editor.change("a.rules", nil, elsewhere.text)
    #expect(editor.ask("signatureHelp", "a.rules", elsewhere, 1)["result"].isNull)
  }

  /// At every byte of rules that are whole, and of rules that are cut off there.
  @Test func anyPlaceIsAnswered() throws {
    let text =
      declarations + Self.start + "  message \"{plan | m} {{x}} {names(in_deficit over peers by plan first 3)}\"\n"
    let editor = try Editor()
    editor.open("a.rules", text)
    let bytes = Array(text.utf8)
    for end in stride(from: 0, to: bytes.count, by: 3) {
      let prefix = String(decoding: bytes[..<end], as: UTF8.self)
      let line = prefix.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      let character = prefix.split(separator: "\n", omittingEmptySubsequences: false).last?.utf16.count ?? 0
      let params: [String: Any] = [
        "textDocument": ["uri": editor.uri("a.rules")], "position": Editor.position(line, character),
      ]
      #expect(!editor.request("textDocument/completion", params)["result"].isNull)
      _ = editor.request("textDocument/hover", params)
      if end.isMultiple(of: 5) {
        editor.change("a.rules", nil, prefix)
        #expect(!editor.request("textDocument/completion", params)["result"].isNull)
        editor.change("a.rules", nil, text)
      }
    }
  }
}

struct FormattingTests {
  @Test(arguments: [
    ("rule r \"é😀\"\n      for each organisation\n      watch   a\n", true), ("currency GBP\n", false),
    ("rule (\n   x", false),
    ("# only\n#   a comment\n", false), ("currency   GBP", true),
  ])
  func oneEditLaysADocumentOut(_ text: String, _ changes: Bool) throws {
    let editor = try Editor()
    editor.open("a.rules", text)
    let params: [String: Any] = [
      "textDocument": ["uri": editor.uri("a.rules")], "options": ["tabSize": 2, "insertSpaces": true],
    ]
    let edits = editor.request("textDocument/formatting", params)["result"].items
    #expect(edits.isEmpty != changes)
    for edit in edits {
      func place(_ name: String) -> [String: Any] {
        Editor.position(edit["range"][name]["line"].number ?? 0, edit["range"][name]["character"].number ?? 0)
      }
      editor.change("a.rules", ["start": place("start"), "end": place("end")], edit["newText"].text ?? "")
    }
    // What is laid out is left alone, with its comments.
    #expect(editor.request("textDocument/formatting", params)["result"].items.isEmpty)
  }
}
