import Diagnostics
import RuleLanguage

extension Catalogue {
  /// The same for a wiki or a repository, without charts.
  package var markdown: String {
    var lines = ["# \(plain(title))", "", plain(whatItIs), ""]
    for section in sections {
      lines += ["## \(plain(section.file))", ""]
      for entry in section.entries { lines += markdown(entry) }
    }
    if !reports.isEmpty { lines += ["## \(Self.reportHeading)", ""] }
    for report in reports {
      lines += ["<a id=\"\(report.name)\"></a>", "", "### \(plain(report.title))", ""]
      lines += ["`\(report.name)`, \(report.severity.word)", "", plain(report.meaning), ""]
    }
    return lines.joined(separator: "\n")
  }

  private func markdown(_ entry: Entry) -> [String] {
    let anchors = ([entry.name] + [entry.formerly].compactMap { $0 }).map { "<a id=\"\($0)\"></a>" }.joined()
    let formerly = entry.formerly.map { ", formerly `\($0)`" } ?? ""
    var lines = [anchors, "", "### \(plain(entry.title))", "", "`\(entry.name)`\(formerly)", ""]
    lines += [entry.sentences.map(plain).joined(separator: " "), ""]
    for figures in entry.tables { lines += markdown(figures) }
    lines.append("- Owner: \(entry.owner.map(plain) ?? "nobody is named")")
    lines.append("- Runbook: \(entry.runbook.map(plain) ?? "none")")
    for label in entry.labels { lines.append("- \(label.name): \(plain(label.value))") }
    let reads = entry.reads.map { "`\($0.name)`" }
    lines.append("- Reads: \(reads.isEmpty ? "no measure" : reads.joined(separator: ", "))")
    lines.append("- Tests: \(entry.tests.isEmpty ? "none" : entry.tests.map(plain).joined(separator: "; "))")
    if let history = entry.record?.history, let last = history.points.last {
      lines.append("- Now: \(plain("\(history.subject): \(last.shown) in \(last.period). \(history.whoItIs)."))")
    }
    if let record = entry.record { lines += markdown(record.alerts) }
    // A fence longer than any in the text.
    return lines + ["", "````", entry.text.printableLines, "````", ""]
  }

  private func markdown(_ alerts: [Record.Alert]) -> [String] {
    guard !alerts.isEmpty else { return ["- Alerts in the year: none"] }
    let rows = alerts.prefix(Self.mostAlerts).map { [$0.period, $0.subject, $0.severity, $0.end ?? "open"] }
    let more = alerts.count - rows.count
    return ["", "Alerts in the year:", ""] + table(["Opened", "About", "Severity", "Ended"], rows)
      + (more > 0 ? ["", "and \(more) more"] : [])
  }

  private func markdown(_ figures: FigureTable) -> [String] {
    let rows = figures.rows.map { [$0.who] + $0.figures.map { $0 ?? "–" } }
    return ["Thresholds: \(plain(figures.name)) by \(plain(figures.key))", ""]
      + table([figures.key] + figures.columns, rows) + (figures.note.map { ["", plain($0)] } ?? []) + [""]
  }

  private func table(_ heading: [String], _ rows: [[String]]) -> [String] {
    func row(_ cells: [String]) -> String { "| " + cells.map(plain).joined(separator: " | ") + " |" }
    return [row(heading), "|" + String(repeating: "---|", count: heading.count)] + rows.map(row)
  }

  /// On one line, with nothing that Markdown or HTML would take for its own.
  private func plain(_ text: String) -> String {
    var result = ""
    for character in text.printable {
      if "\\`*_[]<>#|&".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}

extension String {
  fileprivate var printableLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { $0.printable.replacing("````", with: "'''") }
      .joined(separator: "\n")
  }
}
