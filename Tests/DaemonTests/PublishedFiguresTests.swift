import Foundation
import TestKit
import Testing

/// The table of published figures, as `Tests/Fixtures/cases/show.sh` prints it.
@Suite(.enabled(if: RulePackRun.isBuilt, "the program is not built"), .timeLimit(.minutes(10)))
struct PublishedFiguresTests {
  @Test func allAreEqualWithinThePublishedRounding() throws {
    let (status, table) = try Self.table()
    #expect(status == 0, "\(table.split(separator: "\n").filter { !$0.contains("  yes  ") }.joined(separator: "\n"))")
    #expect(table.contains("all equal within the published rounding"))
  }

  /// One figure that is off by more than its rounding, and one that no message holds, are told apart from the others.
  @Test func whatDiffersIsShown() throws {
    let folder = TemporaryFolder()
    let file = folder.path + "/published.csv"
    try """
    case,what,published,rounded to,rule,subject,year,ours
    E1,short,£74.0m,,provider_savings,London,2010-11,: _ (
    E1,short,£74m,,provider_savings,London,2010-11,: _ (
    E1,short,74%,,provider_savings,London,2010-11,: _ (
    E1,short,£74m,,provider_savings,Leeds,2010-11,: _ (
    """.write(toFile: file, atomically: true, encoding: .utf8)
    let (status, table) = try Self.table(file)
    #expect(status == 1)
    let lines = table.split(separator: "\n").map(String.init)
    #expect(lines.dropFirst().prefix(4).map { $0.contains("  yes  ") } == [false, true, false, false], "\(table)")
    #expect(lines[4].contains("nothing"))
    #expect(lines.last == "4 published facts, 3 differ.")
  }

  private static func table(_ arguments: String...) throws -> (status: Int32, output: String) {
    let ended = try BuiltProgram("cases").run(arguments)
    return (ended.status, ended.output + ended.errors)
  }
}
