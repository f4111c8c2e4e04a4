import Diagnostics
import Settings
import Testing

@Suite struct ReadsTests {
  enum Format: String, CaseIterable { case json, text, logfmt }

  @Test(arguments: [
    ("30s", 30_000), ("2m", 120_000), ("12 h", 43_200_000), ("1h 30m", 5_400_000), ("1h30m", 5_400_000),
    ("500ms", 500), ("2 days", 172_800_000), ("1 week", 604_800_000), ("0s", 0),
  ])
  func `durations are read`(text: String, milliseconds: Int) {
    let (value, problems) = reading(text) { $0.duration() }
    #expect(value == .milliseconds(milliseconds))
    #expect(problems.isEmpty)
  }

  @Test(arguments: [
    "30", "s", "1.5h", "-1s", "30x", "5 working days", "30m 1h", "1h 2h", "", "99999999999999999999s",
    "3000000000 days",
    "1h and a bit", "٣s",
  ])
  func `what is no duration is refused`(text: String) {
    let (value, problems) = reading("\"\(text)\"") { $0.duration() }
    #expect(value == nil)
    #expect(problems == ["C113 1:1 “\(text)” is not a length of time"])
  }

  @Test func `durations have bounds, and print as they are written`() {
    let (value, problems) = reading("[100ms, 3h]") { node in
      node.list { $0.duration(in: .seconds(1) ... .seconds(90 * 60)) }
    }
    #expect(value == [])
    #expect(problems == ["C114 1:2 this has to be at least 1s", "C114 1:9 this has to be at most 1h 30m"])
    #expect(Duration.milliseconds(90_061_001).written == "1d 1h 1m 1s 1ms")
    #expect(Duration.zero.written == "0s")
  }

  @Test(arguments: [
    ("every 5 working days", Interval.workingDays(5)), ("5 working days", .workingDays(5)),
    ("1 working day", .workingDays(1)), ("every 2h", .elapsed(.seconds(7200))),
  ])
  func `intervals count in working days too`(text: String, interval: Interval) {
    #expect(reading(text) { $0.interval(before: "every") }.value == interval)
    #expect(
      reading(text.replacing("every ", with: "") + " after period end") { $0.interval(after: "after period end") }.value
        == interval)
  }

  @Test(arguments: [
    ("5 working day", "C113"), ("-5 working days", "C113"), ("five working days", "C113"),
    ("9999 working days", "C114"), ("soon", "C113"), ("every", "C113"),
  ])
  func `what is no interval is refused`(text: String, code: String) {
    let (value, problems) = reading(text) { $0.interval(before: "every") }
    #expect(value == nil)
    #expect(problems.map { String($0.prefix(4)) } == [code])
    #expect(reading("5 working days") { $0.interval(after: "after period end") }.problems.count == 1)
  }

  @Test(arguments: [
    ("512", 512), ("64 kB", 64_000), ("64KB", 64_000), ("1.5 GB", 1_500_000_000), ("256 KiB", 262_144),
    ("10 bytes", 10),
    ("0.5 KiB", 512),
  ])
  func `sizes are read`(text: String, bytes: Int) {
    #expect(reading(text) { $0.byteSize() }.value == bytes)
  }

  @Test(arguments: ["", "x", "-1", "1.0001 kB", "99999999999 TB", "9223372036854775807 kB", "1..5 MB", "5 parsecs"])
  func `what is no size is refused`(text: String) {
    let (value, problems) = reading("\"\(text)\"") { $0.byteSize() }
    #expect(value == nil && problems.count == 1)
  }

  @Test func `numbers, choices and booleans are strict and say what was meant`() {
    #expect(reading("[0, -5, 12]") { $0.list { $0.integer() } }.value == [0, -5, 12])
    for text in ["012", "1e3", "0x10", "1_000", "1.0", "+1", "99999999999999999999", "٣"] {
      #expect(reading(text) { $0.integer() }.problems == ["C113 1:1 “\(text)” is not a whole number"])
    }
    #expect(reading("7") { $0.integer(in: 8...9) }.problems == ["C114 1:1 this has to be at least 8"])
    #expect(reading("[true, false]") { $0.list { $0.boolean() } }.value == [true, false])
    #expect(
      fixes("[NO, Yes, TRUE, 1]") { $0.list { $0.boolean() } } == ["false", "true", "true", "write true or false"])
    #expect(reading("json") { $0.choice(Format.self) }.value == .json)
    #expect(fixes("jsno") { $0.choice(Format.self) } == ["did you mean “json”?"])
    #expect(reading("[NO, 1.10, '', null]") { $0.list { $0.text() } }.value == ["NO", "1.10", "", "null"])
  }

  @Test func `lists and mappings are not mistaken for values`() {
    #expect(reading("[a]") { $0.text() }.problems == ["C112 1:1 expected a text, not a list"])
    #expect(reading("a") { $0.items() }.problems == ["C112 1:1 expected a list, not a value"])
    #expect(reading("a") { $0.entries() }.problems == ["C112 1:1 expected a mapping, not a value"])
    #expect(reading("") { $0.entries() }.problems == ["C112 1:1 expected a mapping, not nothing"])
    #expect(reading("a") { $0.list { $0.text() } }.value == ["a"])
    #expect(reading("- a\n-\n- {b: c}") { $0.list { $0.text() } }.problems.count == 2)
  }

  @Test func `one reading finds everything that is wrong`() {
    struct Source: Equatable { var inbox: String, every: Duration, marker: String? }
    func source(_ node: SettingsNode) -> Source? {
      node.fields { fields in
        let inbox = fields.required("inbox")?.text()
        let every = fields.optional("every")?.duration()
        let ready = fields.optional("ready")?.fields { $0.requiredOneOf("unchanged_for", "marker")?.value.text() }
        fields.allow("keep")
        guard let inbox else { return nil }
        return Source(inbox: inbox, every: every ?? .seconds(30), marker: ready)
      }
    }
    let good = reading("inbox: /in\nready: { marker: .done }\nkeep: x\nevery:\n", source)
    #expect(good.value == Source(inbox: "/in", every: .seconds(30), marker: ".done"))
    #expect(good.problems.isEmpty)
    let bad = "inbx: /in\nevery: 30x\nready:\n  marker: a\n  unchanged_for: 1s\ncolour: red\n"
    #expect(
      reading(bad, source).problems == [
        "C110 1:1 there is no setting called “inbx” here",
        "C111 1:1 “inbox” is missing",
        "C113 2:8 “30x” is not a length of time",
        "C115 4:3 “unchanged_for” and “marker” exclude each other",
        "C110 6:1 there is no setting called “colour” here",
      ])
    #expect(fixes(bad, source).prefix(2) == ["did you mean “inbox”?", "inbox: …"])
    #expect(
      reading("inbox:\nready: {}", source).problems == [
        "C111 1:1 “inbox” has no value", "C111 2:8 one of “unchanged_for” or “marker” is needed",
      ])
  }

  @Test func `spans cover what was written`() {
    func underlined(_ text: String) -> String? {
      let source = SourceText(name: "x", text)
      let problems = Problems()
      let node = SettingsDocument.parse(source, into: problems)
      return node?.entries()?.first.map {
        String(decoding: source.bytes[Int($0.value.span.start)..<Int($0.value.span.end)], as: UTF8.self)
      }
    }
    #expect(underlined("é: plain # x") == "plain")
    #expect(underlined("a: \"quo\\\"ted\" ") == "\"quo\\\"ted\"")
    #expect(underlined("a: 'it''s'") == "'it''s'")
    #expect(underlined("a: [é, 'b']") == "[é, 'b'")
    #expect(underlined("a: |\n  x") == "|")
    #expect(underlined("a: two\n  lines") == "two")
  }

  private func fixes<Value>(_ text: String, _ read: (SettingsNode) -> Value?) -> [String?] {
    let problems = Problems()
    _ = SettingsDocument.parse(SourceText(name: "x", text), into: problems).flatMap(read)
    return problems.diagnostics.map(\.fix)
  }
}
