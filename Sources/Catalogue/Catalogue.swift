package import Diagnostics
package import RuleLanguage

/// The rules of a folder as their owners and auditors read them, a file a section.
package struct Catalogue: Sendable {
  package struct Section: Sendable {
    package var file: String
    package var entries: [Entry]
  }

  /// One rule.
  package struct Entry: Sendable {
    package var name: String
    /// What it was called before: links to that lead to it too.
    package var formerly: String?
    package var title: String
    package var line: Int
    package var version: String
    /// What it does, in plain English.
    package var sentences: [String]
    /// The tables that its thresholds stand in.
    package var tables: [FigureTable]
    /// Its text, as it stands in the file.
    package var text: String
    package var owner: String?
    package var runbook: String?
    package var labels: [Rule.Label]
    /// The measures that it reads, with their titles.
    package var reads: [Measure]
    /// Titles of its tests.
    package var tests: [String]
    /// Where there is a ledger.
    package var record: Record?
  }

  /// What the ledger says of a rule.
  package struct Record: Sendable {
    package struct Alert: Sendable {
      package var period: String
      package var subject: String
      package var severity: String
      /// How it ended; nil while it is open.
      package var end: String?
      package init(period: String, subject: String, severity: String, end: String?) {
        self.period = period
        self.subject = subject
        self.severity = severity
        self.end = end
      }
    }

    /// Newest first, of the last year.
    package var alerts: [Alert]
    /// How many are open now, by severity.
    package var open: [Severity: Int]
    package var history: History?
    package init(alerts: [Alert], open: [Severity: Int] = [:], history: History?) {
      self.alerts = alerts
      self.open = open
      self.history = history
    }
  }

  /// What the program reports by itself, beside the rules: an alert of it leads here like one of a rule.
  package struct Report: Sendable {
    package var name: String
    package var title: String
    package var severity: Severity
    package var meaning: String

    package init(name: String, title: String, severity: Severity, meaning: String) {
      self.name = name
      self.title = title
      self.severity = severity
      self.meaning = meaning
    }
  }

  package var title: String
  package var sections: [Section]
  package var reports: [Report]
  /// The last period of the ledger, as it is called; nil without a ledger.
  package var through: String?

  /// - Parameters:
  ///   - tree: what the rules were read from, and `texts` what it points into.
  ///   - folder: the one that the rules are in, from which files are named.
  ///   - through: the last period of the ledger that `record` reads.
  ///   - reports: what the program reports beside the rules.
  ///   - record: what the ledger says of a rule, where there is one.
  package init(
    title: String, _ program: Program, _ tree: SyntaxTree, texts: [SourceText], in folder: String = "",
    through: String? = nil, reports: [Report] = [], record: (Rule) -> Record? = { _ in nil }
  ) {
    self.title = title
    self.through = through
    self.reports = reports
    let rules = Dictionary(program.rules.map { ($0.name, $0) }) { first, _ in first }
    let keys = Dictionary(tree.tables.map { ($0.name.text, $0.key.text) }) { first, _ in first }
    var entries: [Int32: [Entry]] = [:]
    for syntax in tree.rules {
      guard let rule = rules[syntax.name.text] else { continue }
      entries[syntax.span.text, default: []].append(
        Entry(
          name: rule.name, formerly: rule.formerly, title: rule.title, line: rule.line, version: rule.version,
          sentences: RuleSentence(syntax, tables: keys).sentences,
          tables: FigureTable.tables(of: rule, in: program, tree), text: rule.text, owner: rule.owner,
          runbook: rule.runbook, labels: rule.labels, reads: rule.measures.map { program.measures[$0] },
          tests: tree.tests.filter { $0.rule.text == rule.name }.map(\.title.value), record: record(rule)))
    }
    let start = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    sections = entries.sorted { $0.key < $1.key }.map { text, entries in
      let name = texts[Int(text)].name
      return Section(file: name.hasPrefix(start) ? String(name.dropFirst(start.count)) : name, entries: entries)
    }
  }
}
