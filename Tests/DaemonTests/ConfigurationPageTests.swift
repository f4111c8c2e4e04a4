import Daemon
import Foundation
import Settings
import TestKit
import Testing

/// What `outturn help C110` shows: the wrong example yields the code, and the right one is in order.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"))
struct ConfigurationPageTests {
  static let codes = (SettingsCode.allCases.map(\.rawValue) + SetupCode.allCases.map(\.rawValue)).sorted()

  private func run(_ example: String, of page: ConfigurationPage) throws -> BuiltProgram.Ended {
    let folder = TemporaryFolder()
    let (files, command) = page.setup(example)
    for name in ["rules", "inbox", "inbox/hotels", "inbox/travel"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    for (name, text) in files {
      let bytes = text.split(separator: "\u{FFFD}", omittingEmptySubsequences: false).map { Data($0.utf8) }
      try Data(bytes.joined(separator: [0xA3])).write(to: URL(filePath: "\(folder.path)/\(name)"))
    }
    let words = command.split(separator: " ").map(String.init)
    try #require(words.first == "outturn")
    return try BuiltProgram.outturn.run(Array(words.dropFirst()), in: folder.path)
  }

  @Test(arguments: codes) func theWrongExampleYieldsTheCode(_ code: String) throws {
    let page = try #require(ConfigurationPage.page(of: code))
    let ended = try run(page.wrong, of: page)
    #expect(ended.errors.contains(/(error|warning)\[/) && ended.errors.contains("[\(code)]: "), "\(ended.errors)")
    #expect((ended.status != 0) == ended.errors.contains("error[\(code)]"), "\(ended.errors)")
    // One mistake each: what else is wrong would confuse.
    let others = Set(ended.errors.matches(of: /error\[(\w+)\]/).map { String($0.1) }).subtracting([code])
    #expect(others == [], "\(ended.errors)")
  }

  @Test(arguments: codes) func theRightExampleIsInOrder(_ code: String) throws {
    let page = try #require(ConfigurationPage.page(of: code))
    #expect(page.why.hasSuffix("."))
    let ended = try run(page.right, of: page)
    #expect(ended.status == 0 && !ended.errors.contains("[\(code)]"), "\(ended.output)\(ended.errors)")
  }

  @Test(arguments: codes) func isShown(_ code: String) throws {
    let shown = try BuiltProgram.outturn.run(["help", code.lowercased()])
    #expect(shown.status == 0 && shown.output.contains("\n\nWrong:\n") && shown.output.contains("\n\nRight:\n"))
  }
}
