import Daemon
import Diagnostics
import RuleLanguage
import Testing

/// What a ledger shows of many rules, as a person reads it.
@Suite struct LedgerDigestTests {
  private let names = (1...12).map { "rule_\($0)" }
  private var text: SourceText { SourceText(name: "all.rules", names.joined(separator: "\n")) }

  private func place(_ name: String) -> Span {
    let start = names.prefix { $0 != name }.reduce(0) { $0 + $1.utf8.count + 1 }
    return Span(text: 0, start: Int32(start), end: Int32(start + name.utf8.count))
  }

  private func finding(_ code: RuleCode, _ message: String, of name: String) -> Diagnostic {
    Diagnostic(code.rawValue, .warning, message, at: .init(place(name), "here"))
  }

  private func neverFires(_ name: String) -> Diagnostic {
    finding(.neverFires, "the rule `\(name)` fires in no period of this ledger", of: name)
  }

  private func waits(_ name: String) -> Diagnostic {
    finding(.neverFires, "the rule `\(name)` waits for measures that have no figures in this ledger", of: name)
  }

  @Test func manyThatAreAlikeAreSaidOnce() throws {
    let digest = LedgerDigest.of(names.map(neverFires), in: [text])
    let one = try #require(digest.first)
    #expect(digest.count == 1)
    #expect(
      one.message == "12 rules fire in no period of this ledger: "
        + "rule_1, rule_2, rule_3, rule_4, rule_5, rule_6, rule_7, rule_8 and 4 more")
    #expect(one.primary?.span == place("rule_1"))
    #expect(one.secondary.map(\.span) == [place("rule_2"), place("rule_3")])
  }

  @Test func whatIsNotAlikeStaysApartAndInOrder() {
    let other = finding(.alwaysFires, "something else of `rule_3`", of: "rule_3")
    let findings = [waits("rule_1"), neverFires("rule_2"), other, waits("rule_4"), neverFires("rule_5"), other]
    let digest = LedgerDigest.of(findings, in: [text])
    #expect(
      digest.map(\.message) == [
        "2 rules wait for measures that have no figures in this ledger: rule_1 and rule_4",
        "2 rules fire in no period of this ledger: rule_2 and rule_5", other.message, other.message,
      ])
  }

  @Test func oneIsSaidAsItIs() {
    let findings = [neverFires("rule_1"), waits("rule_2")]
    #expect(LedgerDigest.of(findings, in: [text]) == findings)
  }

  @Test func textsThatNothingHasGoTogetherByTheText() {
    let findings = ["rule_1", "rule_2", "rule_3", "rule_4"].map {
      finding(.valueNotInData, $0 == "rule_3" ? "no kind is called “ACT”" : "no kind is called “PTC”", of: $0)
    }
    let digest = LedgerDigest.of(findings, in: [text])
    #expect(
      digest.map(\.message) == ["no kind is called “PTC”; 3 places ask for it", "no kind is called “ACT”"])
    #expect(digest[0].secondary.map(\.span) == [place("rule_2"), place("rule_4")])
  }

  /// Each sentence of one has its sentence of many, so that none is left standing a hundred times.
  @Test(arguments: [
    (
      "the rule `NAME` has no known result in this ledger",
      "2 rules have no known result in this ledger: rule_1 and rule_2"
    ),
    (
      "the rule `NAME` is over the line in every period of this ledger",
      "2 rules are over the line in every period of this ledger: rule_1 and rule_2"
    ),
    (
      "the measure `NAME` has no figures in this ledger", "2 measures have no figures in this ledger: rule_1 and rule_2"
    ),
  ])
  func everySentenceIsGathered(_ one: String, _ many: String) {
    let findings = ["rule_1", "rule_2"].map { finding(.neverFires, one.replacing("NAME", with: $0), of: $0) }
    #expect(LedgerDigest.of(findings, in: [text]).map(\.message) == [many])
  }
}
