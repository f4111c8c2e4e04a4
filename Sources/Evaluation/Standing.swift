package import Finance
package import RuleLanguage

/// Whom an alert is about: one value for each key of the rule's frame (an organisation's code, a region's name, a
/// category). Empty for `overall`.
package struct Subject: Hashable, Sendable {
  package var keys: [String]
  package init(_ keys: [String]) { self.keys = keys }
}

/// What makes two findings one alert: the rule, the subject and, for a rule folded a year at a time, the year.
package struct AlertKey: Hashable, Sendable {
  package var rule: String
  package var subject: Subject
  /// The calendar year in which the financial year starts.
  package var year: Int?
  package init(rule: String, subject: Subject, year: Int? = nil) {
    self.rule = rule
    self.subject = subject
    self.year = year
  }
}

/// The state after one period of the fold.
package struct FoldState: Hashable, Sendable {
  package enum Phase: Hashable, Sendable {
    case quiet
    case pending(Severity)
    case firing(Severity)
    /// It would fire, and a `suppress when` holds it back.
    case suppressed(Severity)
  }
  package var phase: Phase
  /// The period in which this phase (while firing, this episode: from where it opened) began, at whatever severity.
  package var since: Period?
  /// The period since which it has stood at this severity: of an alert that was amber first, where it turned red.
  package var levelSince: Period?
  /// Why the period's own result was not known; nil where it was. Only `missing` is a gap in the data.
  package var unknown: UnknownReason?
  /// Unknown for longer than the rule holds.
  package var isStale: Bool
  /// Why it is suppressed, in the words of the rule.
  package var suppression: String?

  package init(
    phase: Phase, since: Period? = nil, levelSince: Period? = nil, unknown: UnknownReason? = nil,
    isStale: Bool = false, suppression: String? = nil
  ) {
    self.phase = phase
    self.since = since
    self.levelSince = levelSince
    self.unknown = unknown
    self.isStale = isStale
    self.suppression = suppression
  }

  /// The severity at which it fires, or nil.
  package var firing: Severity? { if case .firing(let severity) = phase { severity } else { nil } }
  /// The severity at which it fires or would fire but for a suppression, or nil.
  package var breached: Severity? {
    switch phase {
    case .firing(let severity), .suppressed(let severity): severity
    case .quiet, .pending: nil
    }
  }
}

/// Where one alert stands: its state after every period that exists for it, oldest first.
package struct Standing: Sendable {
  package var key: AlertKey
  package var periods: [Period]
  /// As many as `periods`, never none.
  package var states: [FoldState]
  /// A later year has reported (only for alerts of a year).
  package var yearIsOver: Bool

  package init(key: AlertKey, periods: [Period], states: [FoldState], yearIsOver: Bool = false) {
    self.key = key
    self.periods = periods
    self.states = states
    self.yearIsOver = yearIsOver
  }

  package var lastPeriod: Period { periods[periods.count - 1] }
  /// The last period whose result was known; the last of all where none was.
  package var lastKnownPeriod: Period {
    states.lastIndex { $0.unknown == nil }.map { periods[$0] } ?? lastPeriod
  }
  package var now: FoldState { states[states.count - 1] }
  /// The period whose figures made the state what it is: the last one that was known, where what is not known since then
  /// only holds it.
  package var decidingPeriod: Period {
    let known = lastKnownPeriod
    return state(at: known)?.breached == now.breached ? known : lastPeriod
  }
  /// The state after the period, or after the last one before it; nil before the first.
  package func state(at period: Period) -> FoldState? {
    periods.lastIndex { $0 <= period }.map { states[$0] }
  }
}

/// A verdict for one subject in one period, in words and numbers, with where each number came from.
package struct Finding: Sendable {
  package struct Quantity: Hashable, Sendable {
    /// As a person reads it: "9.9%", "£2.4m adverse", "not known".
    package var shown: String
    /// The exact value in plain digits ("0.099", "109900000"), or a fraction "n/d" where no decimal is exact; nil if
    /// unknown.
    package var exact: String?
    package init(shown: String, exact: String?) {
      self.shown = shown
      self.exact = exact
    }
  }

  /// The bound that decides the severity, and how far the watched value is from it.
  package struct Threshold: Hashable, Sendable {
    /// "above 5%".
    package var shown: String
    package var comparison: String
    package var bound: Quantity
    /// "£1,200 below amber"; exactly, watched value less the bound.
    package var distance: Quantity
    package init(shown: String, comparison: String, bound: Quantity, distance: Quantity) {
      self.shown = shown
      self.comparison = comparison
      self.bound = bound
      self.distance = distance
    }
  }

  /// One line of the arithmetic: "overspent = forecast - plan" and what it came to, indented by its depth in the tree.
  package struct Line: Hashable, Sendable {
    package var depth: Int
    package var expression: String
    package var value: Quantity
    /// "money, full year"; empty where there is none.
    package var unit: String
    /// Indexes into `sources`, for a figure that was read from the ledger.
    package var sources: [Int]
    package init(depth: Int, expression: String, value: Quantity, unit: String = "", sources: [Int] = []) {
      self.depth = depth
      self.expression = expression
      self.value = value
      self.unit = unit
      self.sources = sources
    }
  }

  /// Where a figure came from: a version in the ledger and the rows of its drop.
  package struct Source: Hashable, Sendable {
    /// The name of the source that it was delivered to.
    package var source: String
    package var measure: String
    /// Those that were added up.
    package var series: Set<Series>
    /// Their sum, as the ledger stores it: whole parts of `denominator`.
    package var stated: Int128
    package var denominator: Int64
    package var organisation: String
    package var period: Period
    package var version: Int64
    package var drop: Int64
    /// First row and number of rows in the file.
    package var firstRow: Int
    package var rows: Int
    package init(
      source: String, measure: String, series: Set<Series>, stated: Int128, denominator: Int64, organisation: String,
      period: Period, version: Int64, drop: Int64, firstRow: Int, rows: Int
    ) {
      self.source = source
      self.measure = measure
      self.series = series
      self.stated = stated
      self.denominator = denominator
      self.organisation = organisation
      self.period = period
      self.version = version
      self.drop = drop
      self.firstRow = firstRow
      self.rows = rows
    }
  }

  package var period: Period
  package var severity: Severity?
  /// Whether members that have not answered could still change the severity; nil where all have answered.
  package var certainty: Certainty?
  package var watched: Quantity?
  package var threshold: Threshold?
  package var sentence: String
  package var detail: String?
  package var arithmetic: [Line]
  package var sources: [Source]

  package init(
    period: Period, severity: Severity?, certainty: Certainty? = nil, watched: Quantity?, threshold: Threshold?,
    sentence: String, detail: String?, arithmetic: [Line], sources: [Source]
  ) {
    self.period = period
    self.severity = severity
    self.certainty = certainty
    self.watched = watched
    self.threshold = threshold
    self.sentence = sentence
    self.detail = detail
    self.arithmetic = arithmetic
    self.sources = sources
  }
}
