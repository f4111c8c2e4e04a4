import Foundation
import TestKit
import Testing

/// The chapter of the README that takes someone from an empty folder to a tested rule, done as it says; and the five
/// mistakes that it names, made on the way.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"), .timeLimit(.minutes(5)))
struct AuthorChapterTests {
  private enum Block {
    case file(name: String, text: String)
    case command(String, shows: [String])
  }

  private static let heading = "## Writing rules"

  /// The fenced blocks of the chapter: those that name a file, and commands with what they show.
  private static func blocks() throws -> [Block] {
    let readme = try String(contentsOf: RulePackRun.root.appending(path: "README.md"), encoding: .utf8)
    let chapter = try #require(readme.components(separatedBy: "\n\(heading)\n").dropFirst().first)
    var blocks: [Block] = []
    var lines = chapter.components(separatedBy: "\n").prefix { !$0.hasPrefix("## ") }[...]
    while let line = lines.popFirst() {
      guard line.hasPrefix("```") else { continue }
      let words = line.dropFirst(3).split(separator: " ")
      let body = lines.prefix { $0 != "```" }
      lines = lines.dropFirst(body.count + 1)
      if words.first == "console" {
        for line in body {
          if line.hasPrefix("$ ") {
            blocks.append(.command(String(line.dropFirst(2)), shows: []))
          } else if case .command(let command, let shows) = blocks.popLast() {
            blocks.append(.command(command, shows: shows + [line]))
          }
        }
      } else {
        blocks.append(
          .file(name: String(try #require(words.dropFirst().first)), text: body.joined(separator: "\n") + "\n"))
      }
    }
    return blocks
  }

  /// Whether lines come out as the chapter shows them; `…` stands for any number of lines, and so does nothing at all.
  private static func matches(_ shown: ArraySlice<String>, _ output: ArraySlice<String>) -> Bool {
    guard let line = shown.first else { return output.isEmpty }
    if line == "…" {
      return (output.startIndex...output.endIndex).contains { matches(shown.dropFirst(), output[$0...]) }
    }
    guard let first = output.first else { return false }
    // At the end of a line, for the rest of it.
    guard line.hasSuffix(" …") ? first.hasPrefix(line.dropLast()) : first == line else { return false }
    return matches(shown.dropFirst(), output.dropFirst())
  }

  @Test func everyStepShowsWhatTheChapterSays() throws {
    let folder = TemporaryFolder()
    let shell = BuiltProgram(path: "/bin/sh")
    var place = folder.path
    var commands = 0
    for block in try Self.blocks() {
      switch block {
      case .file(let name, let text): try text.write(toFile: "\(place)/\(name)", atomically: true, encoding: .utf8)
      case .command(let command, let shows):
        let ended = try shell.run(["-ec", command + "\npwd >&2"], in: place)
        #expect(ended.status == 0, "\(command)\n\(ended.output)\n\(ended.errors)")
        // The first step goes into a folder; the next ones are done there.
        place = ended.errors.split(separator: "\n").last.map(String.init) ?? place
        let output = ended.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
        #expect(shows.isEmpty || Self.matches(shows[...], output), "\(command)\n\(ended.output)")
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
