import Diagnostics
import RuleLanguage

extension Catalogue {
  /// The same for a wiki or a repository, without charts.
  package var markdown: String {
    var lines = ["# \(plain(title))", ""]
    for section in sections {
      lines += ["## \(plain(section.file))", ""]
      for entry in section.entries { lines += markdown(entry) }
    }
    return lines.joined(separator: "\n")
  }

  private func markdown(_ entry: Entry) -> [String] {
    var lines = ["<a id=\"\(entry.name)\"></a>", "", "### \(plain(entry.title))", "", "`\(entry.name)`", ""]
    lines += [entry.sentences.map(plain).joined(separator: " "), ""]
    lines.append("- Owner: \(entry.owner.map(plain) ?? "nobody is named")")
    lines.append("- Runbook: \(entry.runbook.map(plain) ?? "none")")
    for label in entry.labels { lines.append("- \(label.name): \(plain(label.value))") }
    lines.append("- Reads: " + entry.reads.map { "`\($0.name)`" }.joined(separator: ", "))
    lines.append("- Tests: \(entry.tests.isEmpty ? "none" : entry.tests.map(plain).joined(separator: "; "))")
    if let record = entry.record {
      let alerts = record.alerts.prefix(Self.mostAlerts).map { alert in
        plain("\(alert.period) \(alert.subject) \(alert.severity), \(alert.end ?? "open")")
      }
      lines.append("- Alerts in a year: \(alerts.isEmpty ? "none" : alerts.joined(separator: "; "))")
      if let history = record.history { lines.append("- Now: \(plain(history.caption))") }
    }
    // A fence longer than any in the text.
    return lines + ["", "````", entry.text.printableLines, "````", ""]
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
