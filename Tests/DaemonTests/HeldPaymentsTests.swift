import Foundation
import TestKit
import Testing

/// A list of payments whose amounts slipped is held, says why, and fires nothing until a person has decided.
@Suite(.enabled(if: RulePackRun.isBuilt, "the program is not built"), .timeLimit(.minutes(5)))
struct HeldPaymentsTests {
  private static func list(_ amounts: [String]) -> String {
    "Supplier,Amount\n" + amounts.enumerated().map { "Supplier \($0),\($1)\n" }.joined()
  }

  private func run(through last: [String]) throws -> RulePackRun {
    let run = try RulePackRun("payments", register: "Rules/payments/organisations.csv")
    for (month, name) in ["01 - April", "02 - May", "03 - June"].enumerated() {
      let amounts = (0..<20).map { "\(30_000 + $0 * 1_000 + month)" }
      try run.drop(Self.list(amounts), into: "payments", below: "SEL", as: "SEL \(name).csv")
    }
    try run.outturn("serve", "--once")
    try run.drop(Self.list(last), into: "payments", below: "SEL", as: "SEL 04 - July.csv")
    #expect(try run.outturn("serve", "--once").status == 0)
    return run
  }

  @Test func transactionNumbersAmongTheAmountsAreHeld() throws {
    let run = try run(through: (0..<14).map { "\(30_000 + $0)" } + (0..<6).map { "\(35_235_874 + $0)" })
    let said = try run.announcements
    #expect(said.map(\.rule.name) == ["drop_held"])
    #expect(said.last?.sentence.contains("transaction number") == true, "\(said.map(\.sentence))")
    #expect(try run.outturn("drops", "show", "4").output.contains("held"))
  }

  /// The folder that said whose list it is has gone with the file; the drop still knows.
  @Test func aHeldListCanBeAccepted() throws {
    let run = try run(through: (0..<20).map { "\(900_000 + $0)" })
    #expect(try run.announcements.map(\.rule.name) == ["drop_held"])
    let ended = try run.outturn("drops", "accept", "4", "--because", "a settlement of the year before")
    #expect(ended.status == 0, "\(ended.errors)")
    try run.outturn("serve", "--once")
    let last = try #require(try run.announcements.last)
    #expect(
      last.rule.name == "month_out_of_line" && last.severity == "red" && last.subject.keys.map(\.value) == ["SEL"])
  }
}
