import Daemon
import Diagnostics
import Foundation
import TestKit
import Testing

@Suite struct RuleFolderTests {
  @Test func aSlashAtTheEndMakesNoOtherPaths() throws {
    let folder = TemporaryFolder()
    for name in ["b.rules", "a.rules", "notes.txt"] { try Data().write(to: URL(filePath: "\(folder.path)/\(name)")) }
    let paths = RuleFolder.files(in: folder.path)
    #expect(paths == ["\(folder.path)/a.rules", "\(folder.path)/b.rules"])
    #expect(RuleFolder.files(in: folder.path + "/") == paths)
  }

  @Test func noFileIsLeftOutInSilence() throws {
    let folder = TemporaryFolder()
    for number in 1...RuleFolder.mostFiles { try Data().write(to: URL(filePath: "\(folder.path)/\(number).rules")) }
    #expect(Policy.read(folder.path).texts.count == 1000)
    try Data().write(to: URL(filePath: "\(folder.path)/one-more.rules"))
    let (texts, problems) = Policy.read(folder.path)
    #expect(texts.isEmpty)
    #expect(
      TerminalRenderer().render(problems, in: []) == """
        error[C150]: \(folder.path) has more than 1000 rule files, and none of them is read
          = fix: put several rules into one file, or name a folder below it      more: outturn help C150

        """)
  }
}
