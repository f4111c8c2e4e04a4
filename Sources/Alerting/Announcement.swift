package import Bookkeeping
import Hashing

/// One thing said to the world about an alert, with all that is needed to follow it back: what was seen, which limit it
/// passed, by which rule, from which rows of which drop.
///
/// It is stored in the record as JSON exactly as encoded here, and never rendered again.
package struct Announcement: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case opened, escalated, eased, resolved, withdrawn
    case rulesChanged = "rules changed"
    case closedWithTheYear = "closed with the year"
    /// A `suppress when` holds it back; what still fires when that ends opens anew.
    case suppressed
    /// The organisation has left the register.
    case closed
    /// The rule's last period is past.
    case expired
    /// Something that happened once and has no state: a rejected or held drop.
    case reported
  }

  package struct Rule: Codable, Hashable, Sendable {
    package var name: String
    package var title: String
    /// Hash of the rule's printed canonical form.
    package var version: String
    package var file: String
    package var line: Int
    package var owner: String?
    package var runbook: String?
    /// Where the rule catalogue has it, where that is published.
    package var catalogue: String?
    package var labels: [String: String]
    package init(
      name: String, title: String, version: String = "", file: String = "", line: Int = 0, owner: String? = nil,
      runbook: String? = nil, catalogue: String? = nil, labels: [String: String] = [:]
    ) {
      self.name = name
      self.title = title
      self.version = version
      self.file = file
      self.line = line
      self.owner = owner
      self.runbook = runbook
      self.catalogue = catalogue
      self.labels = labels
    }
  }

  /// Whom it is about. Empty keys are "overall".
  package struct Subject: Codable, Hashable, Sendable {
    package struct Key: Codable, Hashable, Sendable {
      /// `organisation`, `region`, `category` …
      package var key: String
      /// The organisation's code, or the attribute's or dimension's value.
      package var value: String
      package init(key: String, value: String) {
        self.key = key
        self.value = value
      }
    }
    package var keys: [Key]
    /// As a person says it: "Wessex Area Team", "London, acute", "overall".
    package var name: String
    /// The organisation's attributes in the register, where the subject is one.
    package var attributes: [String: String]
    package init(keys: [Key], name: String, attributes: [String: String] = [:]) {
      self.keys = keys
      self.name = name
      self.attributes = attributes
    }
  }

  /// The watched value at one time.
  package struct Reading: Codable, Hashable, Sendable {
    package var period: String
    package var severity: String?
    /// "9.9%"; "not known" where it is not.
    package var shown: String?
    /// Exact digits or a fraction "n/d".
    package var exact: String?
    package init(period: String, severity: String?, shown: String?, exact: String?) {
      self.period = period
      self.severity = severity
      self.shown = shown
      self.exact = exact
    }
  }

  package struct Threshold: Codable, Hashable, Sendable {
    /// "above 5%".
    package var shown: String
    package var bound: String?
    /// "£1,200 below amber"; exactly, watched value less the bound.
    package var distance: String
    package var distanceExact: String?
    package init(shown: String, bound: String?, distance: String, distanceExact: String?) {
      self.shown = shown
      self.bound = bound
      self.distance = distance
      self.distanceExact = distanceExact
    }
  }

  package struct Line: Codable, Hashable, Sendable {
    package var depth: Int
    package var expression: String
    package var shown: String
    package var exact: String?
    /// Indexes into `provenance`.
    package var sources: [Int]
    package init(depth: Int, expression: String, shown: String, exact: String?, sources: [Int]) {
      self.depth = depth
      self.expression = expression
      self.shown = shown
      self.exact = exact
      self.sources = sources
    }
  }

  /// The rows that a figure came from.
  package struct Provenance: Codable, Hashable, Sendable {
    package var measure: String
    package var organisation: String
    package var period: String
    package var source: String
    package var file: String
    package var sha256: String
    package var firstRow: Int
    package var rows: Int
    package var drop: Int64
    package var version: Int64
    package init(
      measure: String, organisation: String, period: String, source: String, file: String, sha256: String,
      firstRow: Int, rows: Int, drop: Int64, version: Int64
    ) {
      self.measure = measure
      self.organisation = organisation
      self.period = period
      self.source = source
      self.file = file
      self.sha256 = sha256
      self.firstRow = firstRow
      self.rows = rows
      self.drop = drop
      self.version = version
    }
  }

  /// One alert that a new rule set opens, changes or ends.
  package struct Change: Codable, Hashable, Sendable {
    package var kind: String
    package var rule: String
    package var subject: String
    package var period: String
    package var from: String?
    package var to: String?
    package var sentence: String
    package init(
      kind: String, rule: String, subject: String, period: String, from: String?, to: String?, sentence: String
    ) {
      self.kind = kind
      self.rule = rule
      self.subject = subject
      self.period = period
      self.from = from
      self.to = to
      self.sentence = sentence
    }
  }

  package var kind: Kind
  /// `info`, `amber`, `red`: at which it fires now, or fired last.
  package var severity: String
  package var previousSeverity: String?
  /// A restatement, and not a new period, moved the severity.
  package var restated: Bool
  package var rule: Rule
  package var subject: Subject
  /// "2013-14", for an alert of a year.
  package var year: String?
  package var period: String
  /// The period since which it fires.
  package var since: String?
  /// The episode that it belongs to; stable from opened to its end. Nil for what has no state.
  package var episode: Int64?
  package var opened: Reading?
  package var now: Reading?
  /// For a withdrawal: what had been announced.
  package var was: Reading?
  package var threshold: Threshold?
  /// `certain` or `provisional`, where some of those that it is about have not answered.
  package var certainty: String?
  package var sentence: String
  package var detail: String?
  package var arithmetic: [Line]
  package var provenance: [Provenance]
  package var changes: [Change]
  /// The drop whose arrival led to it.
  package var drop: Int64?
  /// RFC 3339, UTC.
  package var time: String

  package init(
    kind: Kind, severity: String, previousSeverity: String? = nil, restated: Bool = false, rule: Rule,
    subject: Subject, year: String? = nil, period: String, since: String? = nil, episode: Int64? = nil,
    opened: Reading? = nil, now: Reading? = nil, was: Reading? = nil, threshold: Threshold? = nil,
    certainty: String? = nil, sentence: String, detail: String? = nil, arithmetic: [Line] = [],
    provenance: [Provenance] = [], changes: [Change] = [],
    drop: Int64? = nil, time: String
  ) {
    self.kind = kind
    self.severity = severity
    self.previousSeverity = previousSeverity
    self.restated = restated
    self.rule = rule
    self.subject = subject
    self.year = year
    self.period = period
    self.since = since
    self.episode = episode
    self.opened = opened
    self.now = now
    self.was = was
    self.threshold = threshold
    self.certainty = certainty
    self.sentence = sentence
    self.detail = detail
    self.arithmetic = arithmetic
    self.provenance = provenance
    self.changes = changes
    self.drop = drop
    self.time = time
  }
}

/// An announcement that stands in the record, with the head of the record at its own entry: that goes out with it.
package struct Announced: Hashable, Sendable {
  package var announcement: Announcement
  package var head: RecordHead
  package init(announcement: Announcement, head: RecordHead) {
    self.announcement = announcement
    self.head = head
  }

  /// Its place in the record, by which it is found again.
  package var sequence: RecordSequence { head.sequence }
  /// The chain's hash there, in hexadecimal.
  package var hash: String { hexadecimal(head.hash) }
}
