import Diagnostics
import Testing

@Suite struct TerminalRendererTests {
  @Test func `looks as the rule language's manual shows it`() {
    let text = SourceText(
      name: "Rules/demand.rules",
      """
      rule demand "Growth"






      """.replacingLines(6, 7, with: "  watch growth(activity) - growth(gp_activity)", "  amber above 2%"))
    let diagnostic = Diagnostic(
      "R204", "a percentage cannot band a number of percentage points", at: text.label("2%", "percentage"),
      also: [text.label("growth(activity) - growth(gp_activity)", "points (the difference of two percentages)")],
      fix: "2pp")
    #expect(
      TerminalRenderer().render(diagnostic, in: [text]) == """
        error[R204]: a percentage cannot band a number of percentage points
          ┌─ Rules/demand.rules:8:15
        7 │   watch growth(activity) - growth(gp_activity)
          │         ────────────────────────────────────── points (the difference of two percentages)
        8 │   amber above 2%
          │               ^^ percentage
          = fix: 2pp      more: outturn help R204

        """)
  }

  @Test func `a stretch of several lines is underlined on each`() {
    let text = SourceText(
      name: "a.rules", "  red when\n    plan\n\n      + forecast\n      + actual\n      + spent > £0\n  owner \"x\"\n")
    let start = Int32(11 + 4)
    func shown(_ length: Int32) -> String {
      let span = Span(text: 0, start: start, end: start + length)
      return TerminalRenderer().render(Diagnostic("R100", "long", at: .init(span, "all this")), in: [text])
    }
    #expect(
      shown(22) == """
        error[R100]: long
          ┌─ a.rules:2:5
        2 │     plan
          │     ^^^^
        3 │
        4 │       + forecast
          │       ^^^^^^^^^^ all this
          = more: outturn help R100

        """)
    #expect(
      shown(50) == """
        error[R100]: long
          ┌─ a.rules:2:5
        2 │     plan
          │     ^^^^
          ⋮
        6 │       + spent > £0
          │       ^^^^^^ all this
          = more: outturn help R100

        """)
  }

  @Test func `sorts by place, keeps gaps short, and shows other texts after`() {
    let one = SourceText(name: "one.rules", (1...12).map { "line \($0)" }.joined(separator: "\n"))
    let two = SourceText(name: "two.rules", "let a = 1\r\nlet a = 2\r\n")
    let late = Diagnostic(
      "R101", .warning, "twice", at: one.label("line 12", "again"),
      also: [one.label("line 1\n", ""), one.label("line 3", "and here"), two.label("a = 2", "first", text: 1)])
    let early = Diagnostic("R100", "broken", at: one.label("line 2"))
    let placeless = Diagnostic("C100", "no such file", at: nil)
    #expect(
      TerminalRenderer().render([late, early, placeless], in: [one, two]) == """
        error[C100]: no such file
          = more: outturn help C100

        error[R100]: broken
          ┌─ one.rules:2:1
        2 │ line 2
          │ ^^^^^^
          = more: outturn help R100

        warning[R101]: twice
           ┌─ one.rules:12:1
         1 │ line 1
           │ ──────
         2 │ line 2
         3 │ line 3
           │ ────── and here
           ⋮
        12 │ line 12
           │ ^^^^^^^ again
           ┌─ two.rules:2:5
         2 │ let a = 2
           │     ───── first
           = more: outturn help R101

        """)
  }

  @Test func `tabs, wide letters, accents and broken UTF-8 keep the underline in place`() {
    let text = SourceText(
      name: "x", bytes: Array("\té 予算 e\u{301}".utf8) + [0xFF, 0x20] + Array("bad".utf8))
    let diagnostic = Diagnostic("C100", "m", at: text.label("bad"))
    #expect(
      TerminalRenderer().render(diagnostic, in: [text]) == """
        error[C100]: m
          ┌─ x:1:10
        1 │     é 予算 e\u{301}\\xFF bad
          │                  ^^^
          = more: outturn help C100

        """)
  }

  @Test func `what could deceive a terminal is escaped, wherever it stands`() {
    let text = SourceText(name: "a\u{1B}[2J.yaml", "key: \u{202E}evil\u{1B}]0;x\u{7}")
    let rendered = TerminalRenderer().render(
      Diagnostic("C100", "m\u{9B}", at: text.label("key", "l\u{2066}"), fix: "f\u{8}"), in: [text])
    let allowed = rendered.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" || (0x7F..<0xA0).contains($0.value) }
    #expect(allowed.isEmpty)
    #expect(rendered.contains(#"key: \u{202E}evil\u{1B}]0;x\u{7}"#))
    #expect(!rendered.unicodeScalars.contains("\u{202E}") && !rendered.unicodeScalars.contains("\u{2066}"))
  }

  @Test(arguments: [0, 50_000, 262_140]) func `a very long line is clipped around the fault`(position: Int) throws {
    var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 262_144)
    bytes.replaceSubrange(position..<position + 3, with: Array("BAD".utf8))
    let text = SourceText(name: "x", bytes: bytes)
    let rendered = TerminalRenderer(width: 80).render(Diagnostic("C100", "m", at: text.label("BAD")), in: [text])
    let lines = rendered.split(separator: "\n")
    #expect(lines[1] == "  ┌─ x:1:\(position + 1)")
    #expect(lines[2].count <= 4 + 82 && lines[2].contains("BAD"))
    let start = try #require(lines[2].firstRange(of: "BAD")).lowerBound
    #expect(lines[2].distance(from: lines[2].startIndex, to: start) == lines[3].prefix { $0 != "^" }.count)
    #expect(lines[3].hasSuffix("^^^"))
  }

  @Test func `an end of text and a stretch of several lines have an underline too`() {
    let text = SourceText(name: "x", "rule a\n  watch (\nmore")
    let end = Diagnostic("R100", "m", at: .init(Span(text: 0, start: 21, end: 21), "here"))
    #expect(TerminalRenderer().render(end, in: [text]).contains("3 │ more\n  │     ^ here\n"))
    let several = Diagnostic("R100", "m", at: .init(Span(text: 0, start: 9, end: 21), "from here"))
    #expect(
      TerminalRenderer().render(several, in: [text])
        .contains("2 │   watch (\n  │   ^^^^^^^\n3 │ more\n  │ ^^^^ from here\n"))
  }

  @Test func `colour surrounds and changes nothing else`() {
    let text = SourceText(name: "x", "a: b")
    let diagnostic = Diagnostic("C100", "m", at: text.label("b", "here"), fix: "c")
    let coloured = TerminalRenderer(colour: true).render(diagnostic, in: [text])
    #expect(coloured.contains("\u{1B}[1;31merror[C100]\u{1B}[0m"))
    let plain = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == TerminalRenderer().render(diagnostic, in: [text]))
  }

  @Test func `says how many more there are`() {
    let text = SourceText(name: "x", "a")
    let many = (1...12).map { Diagnostic("C100", "m\($0)", at: text.label("a")) }
    let rendered = TerminalRenderer(limit: 10).render(many, in: [text])
    #expect(rendered.hasSuffix("… and 2 more\n"))
    #expect(TerminalRenderer().render([], in: []) == "")
  }
}

extension SourceText {
  /// A label on the first place where these words stand.
  func label(_ words: String, _ label: String = "", text: Int32 = 0) -> Diagnostic.Label {
    let wanted = Array(words.utf8)
    let start = bytes.indices.first { bytes[$0...].starts(with: wanted) } ?? bytes.count
    return .init(Span(text: text, start: Int32(start), end: Int32(start + wanted.count)), label)
  }
}

extension String {
  fileprivate func replacingLines(_ first: Int, _ second: Int, with a: String, _ b: String) -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.count <= second { lines.append("") }
    lines[first] = a
    lines[second] = b
    return lines.joined(separator: "\n")
  }
}
