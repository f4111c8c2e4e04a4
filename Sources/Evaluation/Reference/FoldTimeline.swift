import Finance
package import RuleLanguage

/// One rule of the fold, shown by the months of one alert: what each month came to, and how the alert stood after it.
///
/// Results, a character a month: `.` nothing breached and cleared, `-` nothing breached and not cleared, `i a r` breached,
/// `A` at least amber and perhaps red, `?` missing, `u` undefined.
package struct FoldTimeline: Sendable {
  package var says: String
  package var persists: Int
  package var clears: Int
  package var ifUnknown: Rule.IfUnknown
  /// The lowest severity that the rule declares.
  package var lowest: Severity
  package var results: String

  private init(
    _ says: String, persists: Int = 1, clears: Int = 1, ifUnknown: Rule.IfUnknown = .hold(periods: 2),
    lowest: Severity = .amber, results: String
  ) {
    self.says = says
    self.persists = persists
    self.clears = clears
    self.ifUnknown = ifUnknown
    self.lowest = lowest
    self.results = results
  }

  package static let all: [FoldTimeline] = [
    FoldTimeline("one period is enough by default", results: ".ar."),
    FoldTimeline("a severity waits until it has persisted", persists: 2, results: ".rr."),
    FoldTimeline("what fires is the lowest of what persisted", persists: 2, results: "ra."),
    FoldTimeline("red after amber fires amber first, red a period later", persists: 2, results: "arr"),
    FoldTimeline("pending shows what would fire if it goes on", persists: 3, results: "rarr"),
    FoldTimeline("a breach that does not persist leaves nothing", persists: 2, results: "r.r."),
    FoldTimeline("an unknown pauses the count and does not break it", persists: 2, results: "r?r"),
    FoldTimeline("firing escalates when the higher severity persisted", persists: 2, results: "aarr"),
    FoldTimeline("firing eases at once by default", results: "ra"),
    FoldTimeline("easing takes as many periods as clearing", clears: 2, results: "raa"),
    FoldTimeline("firing ends after clears held m periods", clears: 2, results: "r.."),
    FoldTimeline("an interrupted clearing starts again", clears: 2, results: "r.r.."),
    FoldTimeline("a lower breach interrupts clearing and eases", clears: 2, results: "r.a.."),
    FoldTimeline("between clear and amber it stays at amber", results: "a--."),
    FoldTimeline("between clear and amber red eases to amber", results: "r-."),
    FoldTimeline("with info declared it eases to info", lowest: .info, results: "r-."),
    FoldTimeline("not cleared is nothing before a breach", results: "--a"),
    FoldTimeline("clearing counts only cleared periods", clears: 2, results: "a.-.."),
    FoldTimeline("breach beats clear", persists: 2, clears: 2, results: "rr.rr"),
    FoldTimeline("eased, it persists anew to rise", persists: 2, results: "rrarr"),
    FoldTimeline("an unknown neither fires nor clears", results: "?a?."),
    FoldTimeline("undefined holds like missing", results: "aua"),
    FoldTimeline("after two unknown periods the state stays and is stale", results: "a????."),
    FoldTimeline("a known period ends staleness and its count", results: "a??a???"),
    FoldTimeline("quiet goes stale too", results: ".???"),
    FoldTimeline("hold for none is stale at once", ifUnknown: .hold(periods: 0), results: "a?"),
    FoldTimeline("if unknown raise counts as that breach", ifUnknown: .raise(.amber), results: ".?."),
    FoldTimeline("raise waits its periods", persists: 2, ifUnknown: .raise(.red), results: ".??."),
    FoldTimeline("raise eases what fires above it", ifUnknown: .raise(.amber), results: "r?"),
    FoldTimeline("if unknown clear counts as cleared", ifUnknown: .clear, results: "a?a"),
    FoldTimeline("clear takes its periods", clears: 2, ifUnknown: .clear, results: "a??"),
    FoldTimeline("clearing pauses through an unknown", clears: 2, results: "a.?."),
    FoldTimeline("what may still be red does not ease", results: "rAr"),
    FoldTimeline("at least amber fires amber", results: ".A."),
    FoldTimeline("easing pauses while red is undecided", clears: 2, results: "raAa"),
    FoldTimeline("M13 follows M12 and can reopen", results: "a...........r"),
    FoldTimeline("reopening starts from nothing", persists: 2, clears: 2, results: "rr..arr"),
  ]

  /// How the alert stands after each month.
  package var states: [FoldState] {
    var fold = Fold(
      FoldPolicy(persistsFor: persists, clearsAfter: clears, ifUnknown: ifUnknown, lowest: lowest))
    return results.map { fold.step(FoldTimeline.result($0)).state(since: FoldTimeline.start) }
  }

  private static let start = Period(year: 2013, month: 1)

  private static func result(_ letter: Character) -> PeriodResult {
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
}

// MARK: - For the reference

extension FoldTimeline {
  /// The clauses that the rule of this timeline has: `persists for 2 periods, if unknown clear`.
  package var clauses: String {
    var words: [String] = []
    if persists > 1 { words.append("persists for \(persists) periods") }
    if clears > 1 { words.append("clears … for \(clears) periods") }
    switch ifUnknown {
    case .hold(2): break
    case .hold(let count): words.append("if unknown hold for \(count) period\(count == 1 ? "" : "s")")
    case .raise(let severity): words.append("if unknown raise \(severity.word)")
    case .clear: words.append("if unknown clear")
    }
    if lowest == .info { words.append("info declared") }
    return words.joined(separator: ", ")
  }

  /// `M1 red | M2 amber | M3 -`
  package var resultWords: String { joined(results.map(FoldTimeline.word)) }
  /// `M1 pending red | M2 AMBER …`: what fires is in capitals.
  package var stateWords: String { joined(states.map(FoldTimeline.word)) }

  private func joined(_ words: [String]) -> String {
    words.enumerated().map { "M\($0.offset + 1) \($0.element)" }.joined(separator: " | ")
  }

  private static func word(_ letter: Character) -> String {
    switch letter {
    case ".": "clear"
    case "-": "not clear"
    case "i": "info"
    case "a": "amber"
    case "r": "red"
    case "A": "at least amber"
    case "u": "undefined"
    default: "missing"
    }
  }

  private static func word(_ state: FoldState) -> String {
    let phase =
      switch state.phase {
      case .quiet: "quiet"
      case .pending(let severity): "pending \(severity.word)"
      case .firing(let severity): severity.word.uppercased()
      case .suppressed(let severity): "suppressed \(severity.word)"
      }
    return phase + (state.isStale ? " (stale)" : "")
  }

  /// Every rule of the fold.
  package static var table: ReferenceTable {
    ReferenceTable(
      title: "How an alert follows its periods", columns: ["what happens", "clauses", "results", "the alert"],
      rows: all.map { [$0.says, $0.clauses, $0.resultWords, $0.stateWords] })
  }
}
