import Diagnostics
import Evaluation
import RuleLanguage
import RuleTesting
import Testing

/// What each state means, held against the same figures: an expectation is met, or says what it found.
@Suite struct StateTests {
  static let figures = """
    test overspend "states"
      given organisation | kind  | measure  | 2013-14 | 2013-14 M5 | 2013-14 M6 | 2013-14 M7 | 2013-14 M8 | 2013-14 M9
            "Barnet"     | "PCT" | plan     | £100m   |            |            |            |            |
                         |       | forecast |         | £100m      | £107m      | £107m      | -          | £100m
            "Camden"     | "GP"  | forecast |         | £200m      | £200m      | £200m      | £200m      | £200m

    """

  private func found(_ expectation: String) async throws -> [String] {
    try await run(heading + overspend + Self.figures + "  expect \(expectation)\n")[0].differences
  }

  static let met = [
    "\"Barnet\" at 2013-14 M5 quiet \"0.0%\"", "\"Barnet\" at 2013-14 M6 pending red \"7.0%\"",
    "\"Barnet\" at 2013-14 M7 red \"7.0%\"",
    // While a period is unknown the alert is held: it is both.
    "\"Barnet\" at 2013-14 M8 unknown \"not known\"", "\"Barnet\" at 2013-14 M8 red", "\"Barnet\" at 2013-14 M9 quiet",
    // The rule does not speak of it, and so it is quiet.
    "\"Camden\" at 2013-14 M6 quiet",
    "\"Barnet\" at 2013-14 M10 unknown",
  ]

  @Test(arguments: met) func isMet(_ expectation: String) async throws {
    #expect(try await found(expectation) == [])
  }

  static let unmet: [(String, [String])] = [
    ("\"Barnet\" at 2013-14 M5 amber", ["state: expected amber, found quiet"]),
    ("\"Barnet\" at 2013-14 M6 red", ["state: expected red, found pending red"]),
    ("\"Barnet\" at 2013-14 M6 quiet", ["state: expected quiet, found pending red"]),
    (
      "\"Barnet\" at 2013-14 M7 amber \"7.1%\"",
      ["state: expected amber, found red", "value: expected 7.1%, found 7.0%"]
    ),
    ("\"Barnet\" at 2013-14 M8 quiet", ["state: expected quiet, found unknown (not returned), held red"]),
    ("\"Barnet\" at 2013-14 M7 unknown", ["state: expected unknown, found red"]),
    (
      "\"Barnet\" at 2013-14 M10 quiet",
      ["state: expected quiet, found unknown: nothing was returned yet, and nothing was due"]
    ),
    ("\"Camden\" at 2013-14 M6 red", ["state: expected red, found quiet: the rule does not speak of it then"]),
  ]

  @Test(arguments: unmet.indices) func isNotMet(_ index: Int) async throws {
    #expect(try await found(Self.unmet[index].0) == Self.unmet[index].1)
  }

  @Test func whatIsNotWatchedIsTheMessage() async throws {
    let text =
      heading + """
        rule grows "Grows"
          for each organisation
          red when spent > £5m
          message "{organisation} spent {spent}"

        test grows "message"
          given organisation | measure | 2013-14 M1
                "Barnet"     | spent   | £6m
          expect "Barnet" at 2013-14 M1 red "Barnet spent £6.0m"
          expect "Barnet" at 2013-14 M1 red "£6.0m"

        """
    #expect(try await run(text)[0].differences == ["message: expected £6.0m, found Barnet spent £6.0m"])
  }

  @Test func aFailureShowsItsArithmetic() async throws {
    let text = heading + overspend + Self.figures + "  expect \"Barnet\" at 2013-14 M7 amber\n"
    let failure = try #require(try await run(text)[0].failures.first)
    let explanation = try #require(failure.explanation)
    #expect(explanation.finding.sentence == "Barnet is 7.0% over")
    #expect(explanation.history.map(\.counts) == [nil, "1 of 2 periods at red or worse", nil])
    // The figures are found where they stand in the test.
    let source = Array(text.utf8)
    let written = failure.places.map { String(decoding: source[Int($0.start)..<Int($0.end)], as: UTF8.self) }
    #expect(written == ["£107m", "£100m"])
  }
}
