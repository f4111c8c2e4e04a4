import Evaluation
import Finance
import RuleLanguage
import Testing

/// Every rule of the fold that the reference shows, with the states that it is to show.
///
/// States, a character a period: `.` quiet, `i a r` pending, `I A R` firing; a state held through an unknown is the same
/// letter, and once it is stale it is followed by `!`.
struct FoldTests {
  private static let expected = [
    "one period is enough by default": ".AR.",
    "a severity waits until it has persisted": ".rR.",
    "what fires is the lowest of what persisted": "rA.",
    "red after amber fires amber first, red a period later": "aAR",
    "pending shows what would fire if it goes on": "raAA",
    "a breach that does not persist leaves nothing": "r.r.",
    "an unknown pauses the count and does not break it": "rrR",
    "firing escalates when the higher severity persisted": "aAAR",
    "firing eases at once by default": "RA",
    "easing takes as many periods as clearing": "RRA",
    "firing ends after clears held m periods": "RR.",
    "an interrupted clearing starts again": "RRRR.",
    "a lower breach interrupts clearing and eases": "RRAA.",
    "between clear and amber it stays at amber": "AAA.",
    "between clear and amber red eases to amber": "RA.",
    "with info declared it eases to info": "RI.",
    "not cleared is nothing before a breach": "..A",
    "clearing counts only cleared periods": "AAAA.",
    "breach beats clear": "rRRRR",
    "eased, it persists anew to rise": "rRAAR",
    "an unknown neither fires nor clears": ".AA.",
    "undefined holds like missing": "AAA",
    "after two unknown periods the state stays and is stale": "AAAA!A!.",
    "a known period ends staleness and its count": "AAAAAAA!",
    "quiet goes stale too": "....!",
    "hold for none is stale at once": "AA!",
    "if unknown raise counts as that breach": ".A.",
    "raise waits its periods": ".rR.",
    "raise eases what fires above it": "RA",
    "if unknown clear counts as cleared": "A.A",
    "clear takes its periods": "AA.",
    "clearing pauses through an unknown": "AAA.",
    "what may still be red does not ease": "RRR",
    "at least amber fires amber": ".A.",
    "easing pauses while red is undecided": "RRRA",
    "M13 follows M12 and can reopen": "A...........R",
    "reopening starts from nothing": "rRR.aAR",
  ]

  @Test(arguments: FoldTimeline.all.indices)
  func folds(_ index: Int) throws {
    let timeline = FoldTimeline.all[index]
    let states = timeline.states
    for (letter, state) in zip(timeline.results, states) {
      #expect((state.unknown != nil) == (letter == "?" || letter == "u"))
    }
    #expect(states.map(shown).joined() == (try #require(Self.expected[timeline.says])), "\(timeline.says)")
  }

  @Test func theReferenceShowsThemAll() throws {
    #expect(Set(FoldTimeline.all.map(\.says)) == Set(Self.expected.keys))
    let table = FoldTimeline.table
    #expect(table.rows.count == Self.expected.count && table.rows.allSatisfy { $0.count == 4 })
    #expect(table["a severity waits until it has persisted", "results"] == "M1 clear | M2 red | M3 red | M4 clear")
    #expect(
      table["a severity waits until it has persisted", "the alert"] == "M1 quiet | M2 pending red | M3 RED | M4 quiet")
    #expect(table["a severity waits until it has persisted", "clauses"] == "persists for 2 periods")
    #expect(table.markdown.contains("M1 clear \\| M2 red"))
  }

  private func shown(_ state: FoldState) -> String {
    let letter =
      switch state.phase {
      case .quiet: "."
      case .pending(let severity): String(severity.word.prefix(1))
      case .firing(let severity): severity.word.prefix(1).uppercased()
      case .suppressed: "x"
      }
    return letter + (state.isStale ? "!" : "")
  }

  /// What may be worse than is known eases nothing, in a row that is folded at once as in one that is read slot by slot.
  @Test(arguments: ["", "only when plan > £0\n  "]) func theUndecidedEasesNothing(_ clause: String) throws {
    var ledger = LedgerModel(Register([.plain("A")]))
    _ = ledger.state("A", month(0), [.k("plan", 100_000)], source: "plans")
    for (number, support) in ([6_000, nil, 1_000] as [Int64?]).enumerated() {
      let figures = [LedgerModel.Figure.k("forecast", 120_000)] + (support.map { [.k("support", $0)] } ?? [])
      _ = ledger.state("A", month(number + 1), figures)
    }
    let evaluator = try Evaluator(
      """
      rule one "One"
        for each organisation
        \(clause)amber when forecast > £110m
        red when support > £5m
        message "x"
      """, ledger)
    #expect(evaluator.states("one", "A") == "RRA")
  }
}
