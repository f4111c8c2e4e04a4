import Alerting

/// The body of `outturn` webhooks and the lines of JSON log files: version 1, published as a JSON Schema in
/// `Deploy/schemas/outturn.alert.v1.json`.
///
/// It mirrors `Announcement` but is a type of its own: the announcement may change with the product, this may not. A
/// field is absent where it has no value. New optional fields may come; a change of meaning is version 2.
struct OutturnPayload: Encodable {
  static let schema = "outturn.alert/1"

  var schema = OutturnPayload.schema
  /// The message's id, the same in every attempt.
  var id: String
  var alerts: [Alert]
  /// Announcements of this message that did not fit; each stands in the record.
  var more: Int

  struct Alert: Encodable {
    var state: String
    var severity: String
    var previousSeverity: String?
    var restated: Bool
    var rule: Rule
    var subject: Subject
    var year: String?
    var period: String
    var since: String?
    var episode: Int64?
    var opened: Reading?
    var now: Reading?
    var was: Reading?
    var threshold: Threshold?
    var certainty: String?
    var sentence: String
    var detail: String?
    var arithmetic: [Line]
    var provenance: [Provenance]
    var changes: [Change]
    /// Entries of the three lists that were left out.
    var omitted: Int
    var drop: Int64?
    var time: String
    var head: Head

    enum CodingKeys: String, CodingKey {
      case state, severity, restated, rule, subject, year, period, since, episode, opened, now, was, threshold,
        certainty
      case sentence, detail, arithmetic, provenance, changes, omitted, drop, time, head
      case previousSeverity = "previous_severity"
    }
  }

  struct Rule: Encodable {
    var name: String
    var title: String
    var version: String
    var file: String
    var line: Int
    var owner: String?
    var runbook: String?
    var catalogue: String?
    var labels: [String: String]
  }

  struct Subject: Encodable {
    struct Key: Encodable {
      var key: String
      var value: String
    }
    var name: String
    var keys: [Key]
    var attributes: [String: String]
  }

  struct Reading: Encodable {
    var period: String
    var severity: String?
    var shown: String?
    var exact: String?
  }

  struct Threshold: Encodable {
    var shown: String
    var bound: String?
    var distance: String
    var distanceExact: String?

    enum CodingKeys: String, CodingKey {
      case shown, bound, distance
      case distanceExact = "distance_exact"
    }
  }

  struct Line: Encodable {
    var depth: Int
    var expression: String
    var shown: String
    var exact: String?
    /// Indexes into `provenance`.
    var sources: [Int]
  }

  struct Provenance: Encodable {
    var measure: String
    var organisation: String
    var period: String
    var source: String
    var file: String
    var sha256: String
    var firstRow: Int
    var rows: Int
    var drop: Int64
    var version: Int64

    enum CodingKeys: String, CodingKey {
      case measure, organisation, period, source, file, sha256, rows, drop, version
      case firstRow = "first_row"
    }
  }

  struct Change: Encodable {
    var state: String
    var rule: String
    var subject: String
    var period: String
    var from: String?
    var to: String?
    var sentence: String
  }

  /// The record at this announcement: an outside copy of it shows a record that was rewritten.
  struct Head: Encodable {
    var sequence: Int64
    var hash: String
  }
}

extension OutturnPayload.Alert {
  /// - Parameter most: entries of each list to keep.
  init(_ announced: Announced, most: Int) {
    let announcement = announced.announcement
    state = announcement.kind.rawValue
    severity = announcement.severity
    previousSeverity = announcement.previousSeverity
    restated = announcement.restated
    rule = .init(announcement.rule)
    subject = .init(announcement.subject)
    year = announcement.year
    period = announcement.period
    since = announcement.since
    episode = announcement.episode
    opened = announcement.opened.map(OutturnPayload.Reading.init)
    now = announcement.now.map(OutturnPayload.Reading.init)
    was = announcement.was.map(OutturnPayload.Reading.init)
    threshold = announcement.threshold.map(OutturnPayload.Threshold.init)
    certainty = announcement.certainty
    sentence = announcement.sentence
    detail = announcement.detail
    let provenance = announcement.provenance.prefix(most)
    self.provenance = provenance.map(OutturnPayload.Provenance.init)
    arithmetic = announcement.arithmetic.prefix(most).map { .init($0, sources: provenance.count) }
    changes = announcement.changes.prefix(most).map(OutturnPayload.Change.init)
    omitted =
      max(0, announcement.arithmetic.count - most) + max(0, announcement.provenance.count - most)
      + max(0, announcement.changes.count - most)
    drop = announcement.drop
    time = announcement.time
    head = .init(sequence: announced.sequence, hash: announced.hash)
  }
}

extension OutturnPayload.Rule {
  fileprivate init(_ rule: Announcement.Rule) {
    self.init(
      name: rule.name, title: rule.title, version: rule.version, file: rule.file, line: rule.line, owner: rule.owner,
      runbook: rule.runbook, catalogue: rule.catalogue, labels: rule.labels)
  }
}

extension OutturnPayload.Subject {
  fileprivate init(_ subject: Announcement.Subject) {
    self.init(
      name: subject.name, keys: subject.keys.map { Key(key: $0.key, value: $0.value) }, attributes: subject.attributes)
  }
}

extension OutturnPayload.Reading {
  fileprivate init(_ reading: Announcement.Reading) {
    self.init(period: reading.period, severity: reading.severity, shown: reading.shown, exact: reading.exact)
  }
}

extension OutturnPayload.Threshold {
  fileprivate init(_ threshold: Announcement.Threshold) {
    self.init(
      shown: threshold.shown, bound: threshold.bound, distance: threshold.distance,
      distanceExact: threshold.distanceExact)
  }
}

extension OutturnPayload.Line {
  /// - Parameter sources: how many entries of `provenance` there are to refer to.
  fileprivate init(_ line: Announcement.Line, sources: Int) {
    self.init(
      depth: line.depth, expression: line.expression, shown: line.shown, exact: line.exact,
      sources: line.sources.filter { $0 < sources })
  }
}

extension OutturnPayload.Provenance {
  fileprivate init(_ provenance: Announcement.Provenance) {
    self.init(
      measure: provenance.measure, organisation: provenance.organisation, period: provenance.period,
      source: provenance.source, file: provenance.file, sha256: provenance.sha256, firstRow: provenance.firstRow,
      rows: provenance.rows, drop: provenance.drop, version: provenance.version)
  }
}

extension OutturnPayload.Change {
  fileprivate init(_ change: Announcement.Change) {
    self.init(
      state: change.kind, rule: change.rule, subject: change.subject, period: change.period, from: change.from,
      to: change.to, sentence: change.sentence)
  }
}
