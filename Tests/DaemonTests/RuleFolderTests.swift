import Daemon
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
}
