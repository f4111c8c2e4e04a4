import Foundation
import TestKit
import Testing

/// The first chapter of the README, done as it says on the ledger that the quickstart leaves behind.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"), .timeLimit(.minutes(5)))
struct FirstAlertChapterTests {
  /// The quickstart's year, without its listener: what is announced goes to a log.
  private func quickstart() throws -> RulePackRun {
    let run = try RulePackRun(
      "nhs-commissioning", register: "Tests/Fixtures/cases/organisations.csv", copiesRules: true)
    let drops = RulePackRun.root.appending(path: "Deploy/quickstart/drops")
    for month in try FileManager.default.contentsOfDirectory(atPath: drops.path).sorted() {
      for file in try FileManager.default.contentsOfDirectory(atPath: drops.path + "/" + month) {
        let source = String(file.dropLast(".csv".count))
        try run.drop(drops.appending(path: "\(month)/\(file)"), into: source, as: month + ".csv")
      }
    }
    try run.outturn("serve", "--once")
    return run
  }

  @Test func everyStepShowsWhatTheChapterSays() throws {
    let run = try quickstart()
    let folder = TemporaryFolder()
    let shell = BuiltProgram(path: "/bin/sh")
    var commands = 0
    var announced = try run.announcements.count
    for block in try ReadmeChapter.blocks(of: "## Your first alert") {
      switch block {
      case .file(let name, let text):
        let path = name.replacing("$HERE", with: run.place)
        try text.write(
          toFile: path.hasPrefix("/") ? path : "\(folder.path)/\(path)", atomically: true, encoding: .utf8)
      case .command(let command, let shows):
        let ended = try shell.run(["-ec", "export HERE='\(run.place)'; exec 2>&1; \(command)"], in: folder.path)
        let isMistake = shows.contains { $0.hasPrefix("error[") }
        #expect(ended.status == (isMistake ? 1 : 0), "\(command)\n\(ended.output)")
        let output = ended.output.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
          .map(String.init).dropLast()
        #expect(shows.isEmpty || ReadmeChapter.matches(shows[...], output), "\(command)\n\(ended.output)")
        commands += 1
        // What the daemon does by itself; of rules with a mistake it keeps the old ones.
        if !isMistake { try run.outturn("serve", "--once") }
      case .alert(let sentences):
        let new = try run.announcements.dropFirst(announced).map(\.sentence)
        #expect(new == sentences)
        announced += new.count
      }
    }
    #expect(commands >= 8)
  }
}
