import Alerting
import Dispatch
import Foundation
import Sinks
import Testing
import TestKit

/// What every format keeps to; a new one is taken in by being in the list.
@Suite struct FormatTests {
  private static let formats = AllFormats.list.map { $0.name }

  private func body(_ format: String, _ announcements: [Announced]) throws -> [UInt8] {
    try #require(AllFormats.named(format)).body(Message(id: "msg_1", announcements))
  }

  @Test(arguments: formats) func aBodyIsJSONAndHoldsTheSentence(format: String) throws {
    let body = try body(format, [announced()])
    _ = try JSONSerialization.jsonObject(with: Data(body))
    #expect(String(decoding: body, as: UTF8.self).contains("Wessex is 9.9% over plan"))
  }

  @Test(arguments: formats) func theSameMessageGivesTheSameBytes(format: String) throws {
    #expect(try body(format, [announced()]) == body(format, [announced()]))
  }

  @Test(arguments: formats) func noValueLeavesItsPlace(format: String) throws {
    let body = try body(format, [announced(subject: hostile, sentence: hostile)])
    _ = try JSONSerialization.jsonObject(with: Data(body))
    let text = String(decoding: body, as: UTF8.self)
    for hazard in ["\u{1b}", "\u{202e}", "\u{2028}", "\u{0}", "\r", "\n", "\u{e0067}"] {
      #expect(!text.unicodeScalars.contains(hazard.unicodeScalars.first!))
    }
  }

  @Test(arguments: formats) func noBodyIsLargerThanItsFormatAllows(format: String) throws {
    let most = try #require(AllFormats.named(format)).mostBytes
    #expect(try body(format, (0..<300).map { announced($0, lines: 30) }).count <= most)
    #expect(
      try body(format, [announced(sentence: String(repeating: "&<>", count: 20_000), lines: 2_000)]).count <= most)
  }

  @Test func outturnKeepsEveryFigure() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(body("outturn", [announced()]))) as? [String: Any])
    #expect(object["schema"] as? String == "outturn.alert/1")
    #expect(object["id"] as? String == "msg_1")
    let alert = try #require((object["alerts"] as? [[String: Any]])?.first)
    #expect((alert["now"] as? [String: String])?["exact"] == "99/1000")
    #expect((alert["opened"] as? [String: String])?["shown"] == "6.0%")
    #expect((alert["threshold"] as? [String: String])?["distance_exact"] == "49/1000")
    #expect((alert["head"] as? [String: Any])?["sequence"] as? Int == 7)
    #expect((alert["provenance"] as? [[String: Any]])?[1]["first_row"] as? Int == 13)
  }

  @Test func hostileTextComesBackWhole() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(body("outturn", [announced(sentence: hostile)]))) as? [String: Any])
    #expect((object["alerts"] as? [[String: Any]])?.first?["sentence"] as? String == hostile)
  }

  @Test func slackEscapesWhatSlackTakesForItsOwn() throws {
    let text = String(decoding: try body("slack", [announced(subject: hostile, sentence: hostile)]), as: UTF8.self)
    #expect(!text.contains("<!channel>"))
    #expect(text.contains("&lt;!channel&gt;"))
  }

  @Test func slackCountsWhatItDoesNotShow() throws {
    let body = try body("slack", (0..<193).map { announced($0) })
    let object = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
    let blocks = try #require(object["blocks"] as? [[String: Any]])
    #expect(blocks.count <= 50)
    #expect(String(decoding: body, as: UTF8.self).contains("and 173 more"))
  }

  @Test(arguments: [
    String(repeating: "&", count: 9_000), String(repeating: "a&", count: 1_990),
    String(repeating: "\u{1b}", count: 900),
  ])
  func slackTextsStayWithinSlacksLimit(sentence: String) throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(body("slack", [announced(sentence: sentence)]))) as? [String: Any])
    for block in try #require(object["blocks"] as? [[String: Any]]) {
      let texts = [block["text"] as? [String: Any]] + (block["fields"] as? [[String: Any]] ?? [])
      for case let text? in texts {
        let content = try #require(text["text"] as? String)
        #expect(content.utf16.count <= 3_000)
        // No escape is cut in half.
        #expect(content.replacing("&amp;", with: "").firstIndex(of: "&") == nil)
      }
    }
  }

  /// Skipped where there is no Python with its jsonschema package.
  @Test(.enabled(if: python("import jsonschema") == 0))
  func outturnBodiesKeepToThePublishedSchema() throws {
    let folder = TemporaryFolder()
    var bare = announced(kind: .rulesChanged, lines: 0)
    bare.announcement.year = nil
    bare.announcement.opened = nil
    bare.announcement.threshold = nil
    bare.announcement.changes = [
      .init(kind: "opened", rule: "r", subject: "s", period: "p", from: nil, to: "red", sentence: "x")
    ]
    let messages = [[announced()], [bare], (0..<300).map { announced($0, lines: 30) }]
    for (number, announcements) in messages.enumerated() {
      let path = "\(folder.path)/\(number).json"
      try Data(body("outturn", announcements)).write(to: URL(filePath: path))
      #expect(python(Self.validation, schema, path) == 0)
    }
    // The control: a body that does not keep to it is found out.
    let wrong = "\(folder.path)/wrong.json"
    try #"{"schema":"outturn.alert/1","id":"x","alerts":[],"more":0}"#.write(
      toFile: wrong, atomically: true, encoding: .utf8)
    #expect(python(Self.validation, schema, wrong) != 0)
  }

  private static let validation = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1]))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[2])))
    """

  private var schema: String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Deploy/schemas/outturn.alert.v1.json")
      .path
  }
}

/// Runs a Python script; its exit code, or -1 where there is no Python.
private func python(_ script: String, _ arguments: String...) -> Int32 {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script] + arguments
  process.standardError = FileHandle.nullDevice
  let ended = DispatchSemaphore(value: 0)
  process.terminationHandler = { _ in ended.signal() }
  guard (try? process.run()) != nil, ended.wait(timeout: .now() + 30) == .success else { return -1 }
  return process.terminationStatus
}
