import Diagnostics
import RuleLanguage
import RuleLibrary
import Testing

/// Whatever is in a file, the answer is a list of findings of bounded length, and it comes soon.
@Suite struct HostileInputTests {
  private func codes(_ bytes: [UInt8]) -> [String] {
    let loaded = RuleSet.load(files: [SourceText(name: "hostile.rules", bytes: bytes)], library: .all)
    #expect(loaded.program == nil)
    #expect(!loaded.diagnostics.isEmpty && loaded.diagnostics.count <= 201)
    return loaded.diagnostics.map(\.code)
  }

  private func codes(_ text: String) -> [String] { codes(Array(text.utf8)) }

  private func lines(_ count: Int, _ line: (Int) -> String) -> String { (0..<count).map(line).joined(separator: "\n") }

  /// One expression, broken over lines so that no line is too long.
  private func watched(_ expression: [String]) -> String {
    heading + "rule one \"One\"\n  for each organisation\n  watch\n" + expression.map { "    \($0)\n" }.joined()
      + "  red above £0\n  message \"x\"\n"
  }

  @Test(arguments: ["(", "not ", "-(", "previous(", "sum(", "plan[", "count(plan > ", "plan + (", "{", "\"", "1,", "£"])
  func tenThousandDeep(_ piece: String) {
    let all = codes(watched((0..<100).map { _ in String(repeating: piece, count: 100) }))
    #expect(all.contains { $0.hasPrefix("R1") })
  }

  @Test func tenThousandClosedParentheses() {
    let deep =
      (0..<100).map { _ in String(repeating: "(", count: 100) } + ["plan"]
      + (0..<100).map { _ in String(repeating: ")", count: 100) }
    #expect(codes(watched(deep)) == ["R115"])
  }

  @Test func aChainOfTenThousand() {
    #expect(codes(watched(["plan"] + (0..<10_000).map { _ in "+ plan" })) == ["R115"])
    #expect(codes(watched(["plan"] + (0..<10_000).map { _ in ".x" })).contains("R115"))
  }

  @Test func aMegabyteOnOneLine() {
    #expect(codes(String(repeating: "a", count: 1_000_000)) == ["R105"])
    #expect(codes(heading + "rule one \"" + String(repeating: "x", count: 900_000) + "\"").contains("R105"))
    #expect(codes(String(repeating: "a", count: 1 << 20) + "b") == ["R101"])
  }

  @Test func fiveThousandErrors() {
    let all = codes(heading + lines(5_000) { "measure m\($0) munny" })
    #expect(all.count == 201 && all.last == "R116")
  }

  @Test func everyByte() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let bytes = (0..<4_000).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = codes(bytes)
    }
    #expect(codes([UInt8](repeating: 0xFF, count: 100_000)).contains("R102"))
    #expect(codes([UInt8](repeating: 0, count: 100_000)).contains("R104"))
  }

  /// A good file with one byte changed, cut off, or said twice never traps.
  @Test func everyChangeOfOneByte() {
    let good = Array(ExampleTests.text.utf8)
    for index in stride(from: 0, to: good.count, by: 5) {
      var bytes = good
      bytes[index] = [0, 9, 32, 34, 40, 41, 45, 48, 97, 123, 125, 0xC2][index / 5 % 12]
      _ = RuleSet.load(files: [SourceText(name: "changed.rules", bytes: bytes)], library: .all)
      _ = RuleSet.load(files: [SourceText(name: "cut.rules", bytes: Array(good[..<index]))], library: .all)
    }
  }

  /// Lets that double, slice by slice, would unfold into 2^60 expressions.
  @Test func letsThatUnfoldTooFar() {
    let doubling =
      heading + "let x0 = plan\n"
      + lines(60) { index in
        "let x\(index + 1) = x\(index)[category is \"a\(index)\"] + x\(index)[category is \"b\(index)\"]"
      } + "\nrule one \"One\"\n  for each organisation\n  watch x60\n  red above £0\n  message \"x\"\n"
    #expect(codes(doubling).contains("R409"))
  }

  @Test func aThousandLetsOnOneAnother() {
    let chain =
      heading + "let x0 = plan\n" + lines(1_000) { "let x\($0 + 1) = x\($0) + x\($0)" }
      + "\nrule one \"One\"\n  for each organisation\n  watch x1000\n  red above £0\n  message \"x\"\n"
    #expect(codes(chain).contains("R409"))
    let circle =
      heading + lines(1_000) { "let x\($0) = x\(($0 + 1) % 1_000)" }
      + "\nrule one \"One\"\n  for each organisation\n  watch x0\n  red above £0\n  message \"x\"\n"
    _ = codes(circle)
  }

  @Test func aThousandRulesThatReadOneAnother() throws {
    let text =
      heading
      + lines(1_000) { index in
        "rule r\(index) \"R\"\n  for each organisation\n  red when \(index == 999 ? "reported(plan)" : "breach(r\(index + 1))")\n"
          + "  message \"x\""
      }
    let program = try #require(load(text).program, "\(rendered(text))")
    #expect(program.rules.first?.name == "r999" && program.rules.last?.name == "r0")
    #expect(codes(text.replacing("reported(plan)", with: "breach(r0)")) == ["R306"])
  }

  /// As deep as is allowed is not too deep for the stack.
  @Test func asDeepAsIsAllowed() {
    let parentheses = String(repeating: "(", count: 98) + "plan" + String(repeating: ")", count: 98)
    let chain = ["plan"] + (0..<190).map { _ in "+ (plan - £1)" }
    for expression in [[parentheses], chain] {
      let text = watched(expression)
      #expect(load(text).program != nil, "\(rendered(text))")
    }
  }
}
