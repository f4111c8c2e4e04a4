import Foundation
import Testing

/// The TextMate grammar at work on the sample of the README.
struct GrammarTests {
  private static let grammar = UnitTests.deploy.appending(path: "editors/vscode/syntaxes/outturn-rules.tmLanguage.json")

  private func sample() throws -> String {
    let readme = try String(contentsOf: UnitTests.deploy.appending(path: "../README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "```rules rules/travel.rules\n"))
    let end = try #require(readme[start.upperBound...].range(of: "```"))
    return String(readme[start.upperBound..<end.lowerBound])
  }

  private static let expected: [(text: String, scope: String)] = [
    ("currency", "keyword.declaration"), ("GBP", "constant.other.currency"), ("April", "constant.language.month"),
    ("measure", "keyword.declaration"), ("budget", "entity.name.type"), ("money", "keyword.other"),
    ("full year", "keyword.other"), ("adverse high", "keyword.other"), ("rule", "keyword.declaration"),
    ("travel_ahead", "entity.name.type"), ("  for each", "keyword.control"), ("  only when", "keyword.control"),
    ("£0", "constant.numeric.money"), ("£1k", "constant.numeric.money"), ("and", "keyword.operator.word"),
    ("even_profile", "support.function"), ("/", "keyword.operator"), ("above", "keyword.other"),
    ("105%", "constant.numeric"), ("  persists for", "keyword.control"), ("periods", "keyword.other"),
    ("  clears", "keyword.control"), ("  message", "keyword.control"),
    (" has spent ", "string.quoted"), ("test", "keyword.declaration"), ("2024-25 M1", "constant.other.period"),
    ("£21,500", "constant.numeric.money"), ("pending", "keyword.other"), ("amber", "constant.language.severity"),
    ("Museums", "string.quoted"),
  ]

  @Test func theReadmesSampleIsRead() throws {
    let parts = try TextMate(Data(contentsOf: Self.grammar)).parts(of: sample())
    for (text, scope) in Self.expected {
      let isThere = parts.contains { $0.text == text && $0.scopes.last?.hasPrefix(scope) == true }
      #expect(isThere, "\(text) \(scope): \(parts.filter { $0.text.contains(text) }.map(\.scopes))")
    }
    // A hole is code again, within the text.
    let hole = try #require(parts.first { $0.text == "organisation" && $0.scopes.contains { $0.hasPrefix("string") } })
    #expect(hole.scopes.count > 2, "\(hole)")
  }

  @Test func aTextEndsWithItsLineAndACommentIsNoCode() throws {
    let parts = try TextMate(Data(contentsOf: Self.grammar)).parts(of: "  message \"{plan\nrule a # rule \"b\n{{\n")
    #expect(parts.contains { $0.line == 1 && $0.text == "rule" && $0.scopes == ["keyword.declaration.outturn-rules"] })
    #expect(parts.contains { $0.line == 1 && $0.text == "# rule \"b" && $0.scopes[0].hasPrefix("comment") })
  }

  /// The extension itself, with stand-ins for the two modules that VS Code gives it. Skipped where there is no Node.js.
  @Test(.enabled(if: isThere("/usr/bin/node"), "Node.js is not there")) func theExtensionStartsTheServer() throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Editors/extension.js").path
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/node")
    process.arguments = [script, UnitTests.deploy.appending(path: "editors/vscode").path]
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let told = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(told["command"] as? String == "/opt/outturn" && told["arguments"] as? [String] == ["rules", "lsp"])
    #expect((told["options"] as? [String: String]) == ["config": "outturn.yaml"])
    #expect(told["language"] as? String == "outturn-rules" && told["commands"] as? [String] == ["outturn.restart"])
    // It starts, starts again for a setting of its own and for the command, and stops.
    #expect(told["started"] as? Int == 3 && told["stopped"] as? Int == 3)
  }
}

private func isThere(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }
