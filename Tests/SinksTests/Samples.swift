import Alerting
import Bookkeeping
import Finance
import Sinks

/// Text that tries to leave the place it is put in, in every format at once.
let hostile = "\u{1b}[31m</b>&<!channel>\"}\\ \u{202e}evil\r\n{\"schema\":1}\u{0}\u{2028}=cmd|'x'!A1 `*_~ 🏴\u{e0067}"

func announced(
  _ sequence: Int64 = 7, kind: Announcement.Kind = .opened, subject: String = "Wessex Area Team",
  sentence: String = "Wessex is 9.9% over plan", lines: Int = 2
) -> Announced {
  let provenance = (0..<lines).map { number in
    Announcement.Provenance(
      measure: "actual", organisation: "Q70", period: "2013-14 M11", source: "finance-returns",
      file: "returns-\(number).csv", sha256: String(repeating: "ab", count: 32), firstRow: 12 + number, rows: 1,
      drop: 3,
      version: 9)
  }
  let arithmetic = (0..<lines).map { number in
    Announcement.Line(
      depth: number, expression: "actual / plan", shown: "109.9%", exact: "1099/1000", sources: [number])
  }
  return Announced(
    announcement: Announcement(
      kind: kind, severity: "red", previousSeverity: "amber",
      rule: Announcement.Rule(
        name: "overspend", title: "Spending over plan", version: "0123456789abcdef", file: "rules/overspend.rule",
        line: 4, owner: "Finance", runbook: "https://wiki.example/overspend",
        catalogue: "https://finance.example/rules?a=1&b=2#overspend", labels: ["family": "money"]),
      subject: Announcement.Subject(
        keys: [.init(key: "organisation", value: "Q70")], name: subject, attributes: ["region": "South"]),
      year: "2013-14", period: "2013-14 M11", since: "2013-14 M10", episode: 5,
      opened: .init(period: "2013-14 M10", severity: "amber", shown: "6.0%", exact: "6/100"),
      now: .init(period: "2013-14 M11", severity: "red", shown: "9.9%", exact: "99/1000"),
      threshold: .init(shown: "above 5%", bound: "5/100", distance: "4.9 points", distanceExact: "49/1000"),
      sentence: sentence, detail: "Two lines\nof detail", arithmetic: arithmetic, provenance: provenance, drop: 3,
      time: "2014-03-31T09:05:00.250Z"),
    head: RecordHead(sequence: sequence, hash: [UInt8](repeating: 0xcd, count: 32)))
}

let noon = Moment(milliseconds: 1_614_265_330_000)
