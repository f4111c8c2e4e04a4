import Diagnostics
import RuleLanguage

extension Catalogue {
  /// One page that needs nothing else: no script, no font, no picture from elsewhere. Each rule is found by its name,
  /// `catalogue.html#overspend`.
  package var html: String {
    let count = sections.reduce(0) { $0 + $1.entries.count }
    return """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(escaped(title))</title>
      <style>
      \(HTML.style)
      </style>
      </head>
      <body>
      <header><h1>\(escaped(title))</h1><p>\(Wording.count(count, "rule")) in \(Wording.count(sections.count, "file"))</p></header>
      <nav aria-label="Rules"><ul>
      \(sections.flatMap(\.entries).map { "<li><a href=\"#\($0.name)\">\(escaped($0.title))</a></li>" }.joined(separator: "\n"))
      </ul></nav>
      <main>
      \(sections.map(html).joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private func escaped(_ text: String) -> String { HTML.escaped(text) }

  private func html(_ section: Section) -> String {
    "<section><h2>\(escaped(section.file))</h2>\n" + section.entries.map(html).joined(separator: "\n") + "\n</section>"
  }

  private func html(_ entry: Entry) -> String {
    var parts = [
      "<article id=\"\(entry.name)\"><h3>\(escaped(entry.title))</h3>",
      "<p class=\"name\"><a href=\"#\(entry.name)\"><code>\(entry.name)</code></a>, line \(entry.line), version "
        + "<code>\(entry.version.prefix(12))</code></p>",
      "<div class=\"says\">" + entry.sentences.map { "<p>\(escaped($0))</p>" }.joined() + "</div>",
    ]
    if let history = entry.record?.history {
      parts.append(
        "<figure>\(Chart(history, id: "chart-\(entry.name)").svg)\n"
          + "<figcaption>\(escaped(history.caption))</figcaption></figure>")
    }
    parts.append("<dl>" + facts(entry).map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined(separator: "\n") + "</dl>")
    parts.append(
      "<details><summary>The rule as it is written</summary><pre>\(escaped(entry.text))</pre></details></article>")
    return parts.joined(separator: "\n")
  }

  private func facts(_ entry: Entry) -> [(String, String)] {
    var facts: [(String, String)] = [
      ("Owner", entry.owner.map(escaped) ?? "nobody is named"), ("Runbook", entry.runbook.map(HTML.link) ?? "none"),
    ]
    for label in entry.labels { facts.append((escaped(label.name), escaped(label.value))) }
    let reads = entry.reads.map { measure in
      "<li><code>\(measure.name)</code>\(measure.title.map { ": \(escaped($0))" } ?? "")</li>"
    }
    facts.append(("Reads", "<ul>\(reads.joined())</ul>"))
    let tests = entry.tests.map { "<li>\(escaped($0))</li>" }
    facts.append(("Tests", tests.isEmpty ? "none" : "<ul>\(tests.joined())</ul>"))
    if let alerts = entry.record?.alerts {
      facts.append(("Alerts in a year", alerts.isEmpty ? "none" : table(alerts)))
    }
    return facts
  }

  private func table(_ alerts: [Record.Alert]) -> String {
    let rows = alerts.prefix(Self.mostAlerts).map { alert in
      "<tr><td>\(escaped(alert.period))</td><td>\(escaped(alert.subject))</td>"
        + "<td><b class=\"\(escaped(alert.severity))\">\(escaped(alert.severity))</b></td>"
        + "<td>\(escaped(alert.end ?? "open"))</td></tr>"
    }
    let more = alerts.count > Self.mostAlerts ? "<p>and \(alerts.count - Self.mostAlerts) more</p>" : ""
    return "<table>\(rows.joined())</table>\(more)"
  }

  /// More are counted, and not listed.
  static let mostAlerts = 12
}

extension History {
  /// What the chart shows, under it.
  var caption: String {
    let now = points.last.map { "\($0.shown) in \($0.period)" } ?? ""
    return "\(subject): \(now)"
  }
}
