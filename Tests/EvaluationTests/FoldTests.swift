import Evaluation
import Finance
import RuleLanguage
import Testing

/// Timelines of one alert, a character a period.
///
/// Results: `.` nothing breached and cleared, `-` nothing breached and not cleared, `i a r` breached, `?` missing,
/// `u` undefined. States: `.` quiet, `i a r` pending, `I A R` firing; a state held through an unknown is the same
/// letter, and once it is stale it is followed by `!`.
struct FoldTests {
  struct Timeline: CustomTestStringConvertible {
    var says: String
    var persists = 1
    var clears = 1
    var ifUnknown = Rule.IfUnknown.hold(periods: 2)
    var lowest = Severity.amber
    var results: String
    var states: String
    var testDescription: String { says }
  }

  @Test(arguments: [
    Timeline(says: "one period is enough by default", results: ".ar.", states: ".AR."),
    Timeline(says: "a severity waits until it has persisted", persists: 2, results: ".rr.", states: ".rR."),
    Timeline(says: "what fires is the lowest of what persisted", persists: 2, results: "ra.", states: "rA."),
    Timeline(says: "red after amber fires amber first, red a period later", persists: 2, results: "arr", states: "aAR"),
    Timeline(says: "pending shows what would fire if it goes on", persists: 3, results: "rarr", states: "raAA"),
    Timeline(says: "a breach that does not persist leaves nothing", persists: 2, results: "r.r.", states: "r.r."),
    Timeline(says: "an unknown pauses the count and does not break it", persists: 2, results: "r?r", states: "rrR"),
    Timeline(says: "firing escalates when the higher severity persisted", persists: 2, results: "aarr", states: "aAAR"),
    Timeline(says: "firing eases at once by default", results: "ra", states: "RA"),
    Timeline(says: "easing takes as many periods as clearing", clears: 2, results: "raa", states: "RRA"),
    Timeline(says: "firing ends after clears held m periods", clears: 2, results: "r..", states: "RR."),
    Timeline(says: "an interrupted clearing starts again", clears: 2, results: "r.r..", states: "RRRR."),
    Timeline(says: "a lower breach interrupts clearing and eases", clears: 2, results: "r.a..", states: "RRAA."),
    Timeline(says: "between clear and amber it stays at amber", results: "a--.", states: "AAA."),
    Timeline(says: "between clear and amber red eases to amber", results: "r-.", states: "RA."),
    Timeline(says: "with info declared it eases to info", lowest: .info, results: "r-.", states: "RI."),
    Timeline(says: "not cleared is nothing before a breach", results: "--a", states: "..A"),
    Timeline(says: "clearing counts only cleared periods", clears: 2, results: "a.-..", states: "AAAA."),
    Timeline(says: "breach beats clear", persists: 2, clears: 2, results: "rr.rr", states: "rRRRR"),
    Timeline(says: "eased, it persists anew to rise", persists: 2, results: "rrarr", states: "rRAAR"),
    Timeline(says: "an unknown neither fires nor clears", results: "?a?.", states: ".AA."),
    Timeline(says: "undefined holds like missing", results: "aua", states: "AAA"),
    Timeline(says: "after two unknown periods the state stays and is stale", results: "a????.", states: "AAAA!A!."),
    Timeline(says: "a known period ends staleness and its count", results: "a??a???", states: "AAAAAAA!"),
    Timeline(says: "quiet goes stale too", results: ".???", states: "..." + ".!"),
    Timeline(says: "hold for none is stale at once", ifUnknown: .hold(periods: 0), results: "a?", states: "AA!"),
    Timeline(says: "if unknown raise counts as that breach", ifUnknown: .raise(.amber), results: ".?.", states: ".A."),
    Timeline(says: "raise waits its periods", persists: 2, ifUnknown: .raise(.red), results: ".??.", states: ".rR."),
    Timeline(says: "raise eases what fires above it", ifUnknown: .raise(.amber), results: "r?", states: "RA"),
    Timeline(says: "if unknown clear counts as cleared", ifUnknown: .clear, results: "a?a", states: "A.A"),
    Timeline(says: "clear takes its periods", clears: 2, ifUnknown: .clear, results: "a??", states: "AA."),
    Timeline(says: "clearing pauses through an unknown", clears: 2, results: "a.?.", states: "AAA."),
    Timeline(says: "what may still be red does not ease", results: "rAr", states: "RRR"),
    Timeline(says: "at least amber fires amber", results: ".A.", states: ".A."),
    Timeline(says: "easing pauses while red is undecided", clears: 2, results: "raAa", states: "RRRA"),
    Timeline(says: "M13 follows M12 and can reopen", results: "a...........r", states: "A...........R"),
    Timeline(says: "reopening starts from nothing", persists: 2, clears: 2, results: "rr..arr", states: "rRR.aAR"),
  ])
  func folds(_ timeline: Timeline) {
    var fold = Fold(
      FoldPolicy(
        persistsFor: timeline.persists, clearsAfter: timeline.clears, ifUnknown: timeline.ifUnknown,
        lowest: timeline.lowest))
    let period = Period(year: 2013, month: 1)
    let states = timeline.results.map { letter in
      let state = fold.step(result(letter)).state(since: period)
      #expect((state.unknown != nil) == (letter == "?" || letter == "u"))
      return shown(state)
    }
    #expect(states.joined() == timeline.states)
  }

  private func result(_ letter: Character) -> PeriodResult {
    switch letter {
    case ".": .known(severity: 0, isCleared: true)
    case "-": .known(severity: 0, isCleared: false)
    case "i": .known(severity: Severity.info.rawValue, isCleared: false)
    case "a": .known(severity: Severity.amber.rawValue, isCleared: false)
    case "r": .known(severity: Severity.red.rawValue, isCleared: false)
    case "A": .known(severity: Severity.amber.rawValue, isCleared: false, undecided: Severity.red.rawValue)
    case "u": .unknown(.undefined)
    default: .unknown(.missing)
    }
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
}
