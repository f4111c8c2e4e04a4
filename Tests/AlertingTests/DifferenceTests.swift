import Alerting
import Evaluation
import Finance
import RuleLanguage
import Testing

/// Timelines as strings: one letter a period from M1 on, `.` quiet, `p` pending, `a` amber, `r` red.
@Suite struct DifferenceTests {
  struct Timeline: CustomTestStringConvertible, Sendable {
    /// What was announced last: severity and month, or nothing.
    var announced: (Character, Int)?
    var today: String
    var yearIsOver = false
    var expected: Difference
    var testDescription: String { "announced \(announced.map { "\($0.0)@M\($0.1)" } ?? "nothing"), today \(today)" }
  }

  static let timelines: [Timeline] = [
    Timeline(announced: nil, today: "...", expected: .none),
    Timeline(announced: nil, today: "..p", expected: .none),
    Timeline(announced: nil, today: "..a", expected: .opened(.amber)),
    Timeline(announced: nil, today: ".rr", expected: .opened(.red)),
    Timeline(announced: nil, today: "ra.", expected: .none),
    Timeline(announced: nil, today: "rrr", yearIsOver: true, expected: .none),
    Timeline(announced: ("a", 2), today: ".aa", expected: .none),
    Timeline(announced: ("a", 2), today: ".ar", expected: .escalated(.red, restated: false)),
    Timeline(announced: ("a", 2), today: ".r", expected: .escalated(.red, restated: true)),
    Timeline(announced: ("r", 2), today: ".ra", expected: .eased(.amber, restated: false)),
    Timeline(announced: ("r", 2), today: ".a", expected: .eased(.amber, restated: true)),
    Timeline(announced: ("a", 2), today: ".a.", expected: .resolved),
    Timeline(announced: ("a", 2), today: ".aa.", expected: .resolved),
    Timeline(announced: ("a", 2), today: "...", expected: .withdrawn),
    Timeline(announced: ("a", 2), today: ".p", expected: .withdrawn),
    Timeline(announced: ("a", 2), today: "", expected: .withdrawn),
    Timeline(announced: ("a", 2), today: ".aaa", yearIsOver: true, expected: .closedWithTheYear),
    Timeline(announced: ("a", 2), today: ".aa.", yearIsOver: true, expected: .resolved),
  ]

  @Test(arguments: timelines) func difference(_ timeline: Timeline) {
    let key = AlertKey(rule: "overspend", subject: Subject(["13T"]), year: 2013)
    let states = timeline.today.map { letter in
      switch letter {
      case "a": FoldState(phase: .firing(.amber))
      case "r": FoldState(phase: .firing(.red))
      case "p": FoldState(phase: .pending(.amber))
      default: FoldState(phase: .quiet)
      }
    }
    let standing =
      states.isEmpty
      ? nil
      : Standing(
        key: key, periods: (1...states.count).map { Period(year: 2013, month: $0) }, states: states,
        yearIsOver: timeline.yearIsOver)
    let reading = Announcement.Reading(period: "2013-14 M2", severity: "amber", shown: "6%", exact: "0.06")
    let episode = timeline.announced.map { letter, month in
      Episode(
        id: 1, key: key, severity: letter == "r" ? .red : .amber, announcedPeriod: Period(year: 2013, month: month),
        opened: reading, announced: reading)
    }
    #expect(Difference(announced: episode, standing: standing) == timeline.expected)
  }
}
