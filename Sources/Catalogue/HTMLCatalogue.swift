import Diagnostics
import RuleLanguage

extension Catalogue {
  /// One page that needs nothing else: no script, no font, no picture from elsewhere. Each rule is found by its name,
  /// `catalogue.html#overspend`, and by its former one.
  package var html: String {
    """
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
    <a class="skip" href="#rules">To the rules</a>
    <header>
    <h1>\(escaped(title))</h1>
    <p>\(escaped(whatItIs))</p>
    </header>
    <nav aria-label="Rules">
    \((sections.map(list) + [reportList]).joined(separator: "\n"))
    </nav>
    <main id="rules">
    \((sections.map(html) + [reportSection]).joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  /// How much there is, and of when.
  var whatItIs: String {
    let count = sections.reduce(0) { $0 + $1.entries.count }
    let rules = "\(Wording.count(count, "rule")) in \(Wording.count(sections.count, "file"))"
    guard let through else { return rules + ". " + Self.howToGetCharts }
    return rules + ", with the alerts and figures of the year to \(through)."
  }

  static let howToGetCharts =
    "Made without a ledger: with one (rules doc --config outturn.yaml) each rule has a chart of what it watches, and its alerts."

  private func escaped(_ text: String) -> String { HTML.escaped(text) }

  private func list(_ section: Section) -> String {
    let rules = section.entries.map { entry in
      "<li><a href=\"#\(entry.name)\">\(escaped(entry.title))</a>\(badges(entry))</li>"
    }
    return "<p class=\"file\">\(escaped(section.file))</p>\n<ul>\n\(rules.joined(separator: "\n"))\n</ul>"
  }

  static let reportHeading = "What outturn reports by itself"

  private var reportList: String {
    guard !reports.isEmpty else { return "" }
    let items = reports.map { "<li><a href=\"#\($0.name)\">\(escaped($0.title))</a></li>" }
    return "<p class=\"file\">\(Self.reportHeading)</p>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>"
  }

  private var reportSection: String {
    guard !reports.isEmpty else { return "" }
    let articles = reports.map { report in
      """
      <article id="\(report.name)" aria-labelledby="\(report.name)-h"><h3 id="\(report.name)-h">\(escaped(report.title))</h3>
      <p class="name"><a href="#\(report.name)"><code>\(report.name)</code></a>, \(report.severity.word)</p>
      <div class="says"><p>\(escaped(report.meaning))</p></div></article>
      """
    }
    return "<section><h2>\(Self.reportHeading)</h2>\n\(articles.joined(separator: "\n"))\n</section>"
  }

  /// What is open now: `2 red`.
  private func badges(_ entry: Entry) -> String {
    (entry.record?.open ?? [:]).sorted { $0.key > $1.key }.map { severity, count in
      " <b class=\"badge \(severity.word)\">\(count) \(severity.word)</b>"
    }.joined()
  }

  private func html(_ section: Section) -> String {
    "<section><h2>\(escaped(section.file))</h2>\n" + section.entries.map(html).joined(separator: "\n") + "\n</section>"
  }

  private func html(_ entry: Entry) -> String {
    // A link to a former name leads here too.
    let former = entry.formerly.map { "<span id=\"\($0)\"></span>" } ?? ""
    let formerly = entry.formerly.map { ", formerly <code>\($0)</code>" } ?? ""
    var parts = [
      "<article id=\"\(entry.name)\" aria-labelledby=\"\(entry.name)-h\">\(former)"
        + "<h3 id=\"\(entry.name)-h\">\(escaped(entry.title))\(badges(entry))</h3>",
      "<p class=\"name\"><a href=\"#\(entry.name)\"><code>\(entry.name)</code></a>\(formerly), line \(entry.line), version "
        + "<code>\(entry.version.prefix(12))</code></p>",
      "<div class=\"says\">" + entry.sentences.map { "<p>\(escaped($0))</p>" }.joined() + "</div>",
    ]
    parts += entry.tables.map(table)
    if let record = entry.record { parts.append(record.history.map { figure($0, of: entry) } ?? Self.nothingToDraw) }
    parts.append("<dl>" + facts(entry).map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined(separator: "\n") + "</dl>")
    if let alerts = entry.record?.alerts, !alerts.isEmpty { parts.append(table(alerts)) }
    parts.append(
      "<details><summary>The rule as it is written</summary>"
        + "<pre tabindex=\"0\">\(escaped(entry.text))</pre></details></article>")
    return parts.joined(separator: "\n")
  }

  private static let nothingToDraw =
    "<p class=\"soft\">No chart: the rule watches no value, or none is known in this ledger.</p>"

  private func figure(_ history: History, of entry: Entry) -> String {
    let charts = Chart.Shape.allCases.map { Chart(history, $0).svg }
    let limits = history.bounds.map { "<span class=\"key \($0.severity.word)\">\(escaped($0.label))</span>" }
    let now = history.points.last.map { "\($0.shown) in \($0.period)" } ?? ""
    return """
      <figure>
      \(charts.joined(separator: "\n"))
      <figcaption><strong>\(escaped(history.subject)): \(escaped(now))</strong>
      <span class="keys">\(limits.joined(separator: " "))</span>
      \(escaped(history.whatItShows)) Filled points are over a threshold.</figcaption>
      </figure>
      """
  }

  private func facts(_ entry: Entry) -> [(String, String)] {
    var facts: [(String, String)] = [
      ("Owner", entry.owner.map(escaped) ?? "nobody is named"), ("Runbook", entry.runbook.map(HTML.link) ?? "none"),
    ]
    for label in entry.labels { facts.append((escaped(label.name), escaped(label.value))) }
    let reads = entry.reads.map { measure in
      "<li><code>\(measure.name)</code>\(measure.title.map { ": \(escaped($0))" } ?? "")</li>"
    }
    facts.append(("Reads", reads.isEmpty ? "no measure" : "<ul>\(reads.joined())</ul>"))
    let tests = entry.tests.map { "<li>\(escaped($0))</li>" }
    facts.append(("Tests", tests.isEmpty ? "none" : "<ul>\(tests.joined())</ul>"))
    if entry.record?.alerts.isEmpty == true { facts.append(("Alerts", "none in the year")) }
    return facts
  }

  // MARK: Tables

  private func table(_ figures: FigureTable) -> String {
    let rows = figures.rows.map { row in
      let who = "<th scope=\"row\">\(escaped(row.who))</th>"
      return "<tr>" + who + row.figures.map { "<td class=\"figure\">\(escaped($0 ?? "–"))</td>" }.joined() + "</tr>"
    }
    let columns = figures.columns.map { column in
      "<th scope=\"col\" class=\"figure \(Severity(word: column)?.word ?? "")\">\(escaped(column))</th>"
    }
    return html(
      caption: "Thresholds: \(escaped(figures.name)) by \(escaped(figures.key))",
      heading: "<th scope=\"col\">\(escaped(figures.key))</th>" + columns.joined(), rows: rows,
      note: figures.note.map(escaped))
  }

  private func table(_ alerts: [Record.Alert]) -> String {
    let rows = alerts.prefix(Self.mostAlerts).map { alert in
      "<tr><td>\(escaped(alert.period))</td><td>\(escaped(alert.subject))</td>"
        + "<td><b class=\"\(Severity(word: alert.severity)?.word ?? "")\">\(escaped(alert.severity))</b></td>"
        + "<td>\(escaped(alert.end ?? "open"))</td></tr>"
    }
    let headings = ["Opened", "About", "Severity", "Ended"].map { "<th scope=\"col\">\($0)</th>" }
    let more = alerts.count - rows.count
    return html(
      caption: "Alerts in the year", heading: headings.joined(), rows: rows, note: more > 0 ? "and \(more) more" : nil)
  }

  /// Wider than a phone, it is moved within its place.
  private func html(caption: String, heading: String, rows: [String], note: String?) -> String {
    """
    <div class="table" tabindex="0" role="region" aria-label="\(caption)"><table>
    <caption>\(caption)</caption>
    <thead><tr>\(heading)</tr></thead>
    <tbody>
    \(rows.joined(separator: "\n"))
    </tbody>
    </table></div>\(note.map { "\n<p class=\"soft\">\($0)</p>" } ?? "")
    """
  }

  /// More are counted, and not listed.
  static let mostAlerts = 12
}

extension FigureTable {
  /// Which row counts, where that is not plain to see; and how many there are beside those.
  var note: String? {
    let order =
      "An organisation’s own row counts before that of its \(key), and that before the others’; – leaves it to the next."
    let notes = [hasOrder ? order : nil, more > 0 ? "And \(Wording.count(more, "row")) more." : nil].compactMap { $0 }
    return notes.isEmpty ? nil : notes.joined(separator: " ")
  }
}

extension Severity {
  /// `red`, as rules and alerts have it.
  init?(word: String) {
    guard let found = Severity.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}
