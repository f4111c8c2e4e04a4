import Diagnostics
import RuleLanguage
import RuleLibrary
import TestKit
import Testing

/// Large, and larger than anybody needs: what takes twice as long for twice as much is answered in a second or two by a
/// debug build; what took four times as long would take minutes.
@Suite struct BoundedAnswerTests {
  private static let longest = Duration.seconds(20)

  private func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map { line($0) + "\n" }.joined()
  }

  private func rule(_ name: String = "one", watching watched: String = "plan", also clauses: String = "") -> String {
    "rule \(name) \"One\"\n  for each organisation\n\(clauses)  watch \(watched)\n  red above £5m\n  message \"x\"\n"
  }

  private func codes(_ text: String) -> [String] {
    var found: [Diagnostic] = []
    let took = cpuTime {
      let loaded = load(heading + text)
      found = loaded.diagnostics + loaded.lints(today: DiagnosticTests.today)
    }
    #expect(took < Self.longest)
    return found.map(\.code)
  }

  @Test func longNamesThatAreAllMisspelt() {
    let name = "a_rather_long_name_of_a_let_that_is_like_all_of_the_others_"
    let found = codes(
      lines(600) { "let \(name)\($0) = plan" }
        + lines(600) { rule("r\($0)", watching: "\(name)x\($0)") })
    #expect(found.count == 201 && found.last == "R116")
    #expect(found.dropLast().allSatisfy { $0 == "R301" })
  }

  @Test(arguments: ["let x0 = plan\n", "let x0 = x5000\n"])
  func aChainOfLets(_ first: String) {
    let upwards = first + lines(5_000) { "let x\($0 + 1) = x\($0)" } + rule(watching: "x5000")
    #expect(codes(upwards).contains("R409"))
    let downwards = first + lines(5_000) { "let x\(5_000 - $0) = x\(4_999 - $0)" } + rule(watching: "x5000")
    #expect(codes(downwards).contains("R409"))
  }

  /// A limit that is worked out of twice as many parts with each let.
  @Test func letsThatDoubleALimit() {
    let lets = "let x0 = £1\n" + lines(60) { "let x\($0 + 1) = x\($0) + x\($0)" }
    #expect(codes(lets + rule().replacing("£5m", with: "x60")).contains("R501"))
  }

  @Test func letsThatNothingReads() {
    let found = codes(lines(4_000) { "let x\($0) = plan + £\($0)" } + rule())
    #expect(found.count { $0 == "R504" } >= 4_000)
  }

  @Test func letsOfOneRule() {
    let own = lines(2_000) { "  let x\($0) = plan + £\($0)" }
    #expect(codes(rule(watching: "x1999", also: own)).count { $0 == "R504" } >= 1_999)
  }

  /// Of bands that each hide every other one is named.
  @Test func bandsThatHideOneAnother() {
    let found = codes(rule(also: lines(500) { "  amber above £\($0)\n  red above £\($0)" }))
    #expect(found.count { $0 == "R410" } <= 501)
  }

  @Test func manyBandsThatHideNothing() {
    let bands = lines(10_000) { "  amber above £\(30_000 - $0)\n  red above £\(60_000 - $0)" }
    #expect(codes(rule(also: bands)).contains("R410") == false)
  }

  @Test func manyRulesThatShareAChainOfLets() {
    let chain = "let x0 = plan\n" + lines(190) { "let x\($0 + 1) = x\($0) + £\($0 + 1)" }
    #expect(codes(chain + lines(4_000) { rule("r\($0)", watching: "x190") }).contains("R409") == false)
    #expect(codes(chain + lines(8_000) { rule("r\($0)", watching: "x190") }) == ["R409"])
  }

  @Test func manyRulesThatShareALargeSum() {
    let sums = (0..<100).map { sum in "let s\(sum) = " + (0..<100).map { "x\(sum * 100 + $0)" }.joined(separator: " + ")
    }
    let whole = "let whole = " + (0..<100).map { "s\($0)" }.joined(separator: " + ") + "\n"
    let lets = lines(10_000) { "let x\($0) = plan + £\($0 + 1)" } + sums.joined(separator: "\n") + "\n" + whole
    #expect(codes(lets + lines(1_000) { rule("r\($0)", watching: "whole") }) == ["R409"])
  }

  @Test func manyAggregatesThatShareLets() {
    let lets = lines(2_000) { "let x\($0) = plan + £\($0 + 1)" }
    let sums = lines(20) { sum in "let s\(sum) = " + (0..<100).map { "x\(sum * 100 + $0)" }.joined(separator: " + ") }
    let condition = "let large = " + (0..<20).map { "s\($0)" }.joined(separator: " + ") + " > £1m\n"
    let counts = lines(5_000) { "let c\($0) = count(organisation where large and plan > £\($0))" }
    #expect(codes(lets + sums + condition + counts + rule()).count { $0 == "R508" } == 5_000)
  }

  @Test func manyRowsOfTables() {
    #expect(codes("table t by kind\n" + lines(20_000) { "  \"K\($0)\" red \($0)%" } + rule()).contains("R517") == false)
    let ownColumns = "table t by kind\n" + lines(900) { "  \"K\($0)\" amber_\($0) 1% red 5%" } + rule()
    #expect(codes(ownColumns).count { $0 == "R517" } == 900)
    #expect(codes("table t by kind\n" + lines(5_000) { "  \"K\($0)\" a\($0) 1%" } + rule()) == ["R115"])
  }

  @Test func commentsThatAllow() {
    let stacked = lines(10_000) { _ in "# allow R501: it is tried out" }
    #expect(codes(stacked + rule()).contains("R501") == false)
    let each = lines(500) { "# allow R501: it is tried out\n" + rule("r\($0)") }
    #expect(codes(each).contains("R501") == false)
  }

  @Test func aLongTest() {
    let test =
      "test one \"It is long\"\n  given organisation | measure | 2013-14 M6\n        \"Wessex\" | plan | £100m\n"
      + lines(500) { _ in
        "  drop 2014-02-10 organisation | measure | 2013-14 M7\n        \"Wessex\" | forecast | £1m\n"
          + "  expect \"Wessex\" at 2013-14 M6 as of 2014-02-10 quiet"
      }
    #expect(codes(rule() + test).allSatisfy { $0.hasPrefix("R5") })
  }

  @Test func manyValuesInOneList() {
    let list = (0..<10_000).map { "\"K\($0)\"" }.joined(separator: ",\n    ")
    #expect(codes(rule(also: "  only when kind in (\(list))\n")) == ["R115"])
  }
}
