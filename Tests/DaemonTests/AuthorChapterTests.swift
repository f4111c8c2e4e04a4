import Foundation
import TestKit
import Testing

/// The chapter of the README that takes someone from an empty folder to a tested rule, done as it says; and the five
/// mistakes that it names, made on the way.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"), .timeLimit(.minutes(5)))
struct AuthorChapterTests {
  private static func blocks() throws -> [ReadmeChapter.Block] { try ReadmeChapter.blocks(of: "## Writing rules") }

  @Test func everyStepShowsWhatTheChapterSays() throws {
    let folder = TemporaryFolder()
    let shell = BuiltProgram(path: "/bin/sh")
    var place = folder.path
    var commands = 0
    for block in try Self.blocks() {
      switch block {
      case .alert: Issue.record("nobody is alerted in this chapter")
      case .file(let name, let text): try text.write(toFile: "\(place)/\(name)", atomically: true, encoding: .utf8)
      case .command(let command, let shows):
        let ended = try shell.run(["-ec", command + "\npwd >&2"], in: place)
        #expect(ended.status == 0, "\(command)\n\(ended.output)\n\(ended.errors)")
        // The first step goes into a folder; the next ones are done there.
        place = ended.errors.split(separator: "\n").last.map(String.init) ?? place
        let output = ended.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
        #expect(shows.isEmpty || ReadmeChapter.matches(shows[...], output), "\(command)\n\(ended.output)")
        commands += 1
      }
    }
    #expect(commands >= 10)
  }

  static let mistakes = ["plain-number", "misspelt", "full-year", "indentation", "quotation-marks"]

  /// `Tests/Fixtures/mistakes`: the line as it should be, the line as it is written, and what is then said.
  @Test(arguments: mistakes) func aMistakeIsAnswered(_ name: String) throws {
    let folder = TemporaryFolder()
    let golden = try String(
      contentsOf: RulePackRun.root.appending(path: "Tests/Fixtures/mistakes/\(name).txt"), encoding: .utf8)
    let lines = golden.components(separatedBy: "\n")
    let (right, wrong) = (lines[0].dropFirst(2), lines[1].dropFirst(2))
    var rules = ""
    for case .file("rules/travel.rules", let text) in try Self.blocks() { rules = text }
    try #require(rules.components(separatedBy: "\n\(right)\n").count == 2, "the chapter has no line \(right)")
    try FileManager.default.createDirectory(atPath: folder.path + "/rules", withIntermediateDirectories: true)
    try rules.replacing("\n\(right)\n", with: "\n\(wrong)\n")
      .write(toFile: folder.path + "/rules/travel.rules", atomically: true, encoding: .utf8)
    let ended = try BuiltProgram.outturn.run(["rules", "check", "rules"], in: folder.path)
    #expect(ended.status == 1)
    #expect(ended.errors == lines.dropFirst(3).joined(separator: "\n"), "\(ended.errors)")
    // The chapter's own words for it.
    let readme = try String(contentsOf: RulePackRun.root.appending(path: "README.md"), encoding: .utf8)
    let headline = try #require(lines.dropFirst(3).first?.dropFirst("error[".count).replacing("]:", with: ":"))
    #expect(readme.contains("| \(headline)"), "\(headline)")
  }
}
