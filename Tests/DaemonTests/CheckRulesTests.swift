import Foundation
import TestKit
import Testing

/// `outturn rules check` as a person and a pipeline run it.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"))
struct CheckRulesTests {
  private let folder = TemporaryFolder()
  private var file: String { folder.path + "/one.rules" }

  private func write(_ text: String) throws { try text.write(toFile: file, atomically: true, encoding: .utf8) }
  private func check(_ arguments: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.outturn.run(["rules", "check", folder.path] + arguments)
  }

  private static let wrong = """
    currency GBP
    year starts in April
    measure plan money full year reference
    measure forecast money full year adverse high

    rule one "One"
      for each organisation where kind is PCT
      only when plan > £0 and forcast - plan >= £250k
      watch forecast - plan
      amber > £1m
      red above 5
      message "{organisation}"

    """

  @Test func mendsWhatIsCertain() throws {
    try write(Self.wrong)
    let found = try check()
    #expect(found.status == 1 && found.errors.contains("error[R301]: nothing is called `forcast`"))
    let planned = try check("--fix", "--dry-run")
    #expect(planned.output.contains("-  amber > £1m\n") && planned.output.contains("+  amber above £1m\n"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.wrong)
    let mended = try check("--fix")
    #expect(mended.status == 0, "\(mended.errors)")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(
      text.contains("where kind is \"PCT\"") && text.contains("forecast - plan >= £250k")
        && text.contains("red above £5"))
    #expect(mended.errors.contains("Mended 4 findings in 1 file."), "\(mended.errors)")
  }

  @Test func warningsFailOnlyWhereTheyAreAskedTo() throws {
    try write(Self.wrong)
    _ = try check("--fix")
    let found = try check()
    #expect(found.status == 0 && found.errors.contains("warning[R501]"))
    #expect(try check("--strict").status == 1)
    let commands = try check("--format", "github")
    #expect(commands.status == 0 && commands.output.contains("::warning file=") && commands.errors.isEmpty)
    let log = try check("--format", "sarif")
    #expect(log.status == 0 && log.output.contains("\"version\" : \"2.1.0\""))
  }

  @Test func aFileThatIsTooLargeIsAnswered() throws {
    try write(String(repeating: "x", count: 10_000_000))
    let found = try check()
    #expect(found.status == 1 && found.errors.contains("R101"))
    #expect(try BuiltProgram.outturn.run(["rules", "check", folder.path + "/nowhere"]).status == 2)
  }
}
