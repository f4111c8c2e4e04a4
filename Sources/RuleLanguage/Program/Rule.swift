package import Diagnostics
package import Finance

/// A checked rule. Node ids point into the program's nodes, of the rule's frame.
package struct Rule: Sendable {
  package var name: String
  package var formerly: String?
  package var title: String
  /// Of the whole declaration, for provenance: rule file and line.
  package var span: Span
  /// The name of the file that it stands in.
  package var file: String
  package var line: Int
  /// The rule's text as it stands in the file.
  package var text: String
  /// SHA-256 (hex) of its printed canonical form with the lets and measures that it reads: a comment changes nothing.
  package var version: String

  package var frame: Frame
  /// Reads the register only.
  package var condition: NodeID?
  package var effectiveFrom: Period?
  package var effectiveTo: Period?

  package var onlyWhen: NodeID?
  package var watch: NodeID?
  /// Every way to breach: each band on the watched value and each `when`.
  package var breaches: [Breach]
  /// The truth after which firing ends; nil is "no breach".
  package var clears: NodeID?
  package var clearsAfter: Int
  package var persistsFor: Int
  package var ifUnknown: IfUnknown
  package var suppressions: [Suppression]

  package var message: Template
  package var detail: Template?
  package var owner: String?
  package var runbook: String?
  package var labels: [Label]

  /// Reads `year to date` or `full year` measures: its alert is (rule, subject, year) and its counters start at M1.
  package var isFoldedByYear: Bool
  /// The longest of its non-reference measures.
  package var step: Step
  /// Indexes of the measures it reads, directly or through lets and other rules.
  package var measures: [Int]
  /// Names of lets by the node each became in this rule, for the arithmetic.
  package var names: [NodeID: String]

  package struct Label: Hashable, Sendable {
    package var name: String
    package var value: String
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package struct Breach: Sendable {
    package var severity: Severity
    /// The truth that says so (for a band: the comparison of watch and bound).
    package var test: NodeID
    /// For a band: how the watched value stands to which bound. Nil for `when`.
    package var band: Band?
    package init(severity: Severity, test: NodeID, band: Band? = nil) {
      self.severity = severity
      self.test = test
      self.band = band
    }
  }

  package struct Band: Hashable, Sendable {
    package var comparison: Comparison
    package var bound: NodeID
    package init(comparison: Comparison, bound: NodeID) {
      self.comparison = comparison
      self.bound = bound
    }
  }

  package enum IfUnknown: Hashable, Sendable {
    /// The state stays; after so many unknown periods it is marked stale.
    case hold(periods: Int)
    case raise(Severity)
    case clear
  }

  /// `suppress when … until … because "…"`: what holds back an alert that would fire.
  ///
  /// The fold goes on underneath as if it were not there: counts go on, and what fires is `suppressed` in each period in
  /// which the condition is true and that ends on or before the last day. In the first period without it, what still
  /// fires fires at once. An unknown condition suppresses nothing. What other rules read of this one (`breach`,
  /// `severity`) is the result of the period, which a suppression does not change.
  package struct Suppression: Hashable, Sendable {
    package var condition: NodeID
    /// The last day of a date, or of a year; nil has no end.
    package var until: Day?
    package var reason: String
    package init(condition: NodeID, until: Day?, reason: String) {
      self.condition = condition
      self.until = until
      self.reason = reason
    }
  }

  package init(
    name: String, formerly: String? = nil, title: String, span: Span, file: String, line: Int, text: String,
    version: String, frame: Frame, condition: NodeID? = nil, effectiveFrom: Period? = nil, effectiveTo: Period? = nil,
    onlyWhen: NodeID? = nil, watch: NodeID? = nil, breaches: [Breach] = [], clears: NodeID? = nil,
    clearsAfter: Int = 1, persistsFor: Int = 1, ifUnknown: IfUnknown = .hold(periods: 2),
    suppressions: [Suppression] = [], message: Template,
    detail: Template? = nil, owner: String? = nil, runbook: String? = nil, labels: [Label] = [],
    isFoldedByYear: Bool = false, step: Step = .month, measures: [Int] = [], names: [NodeID: String] = [:]
  ) {
    self.name = name
    self.formerly = formerly
    self.title = title
    self.span = span
    self.file = file
    self.line = line
    self.text = text
    self.version = version
    self.frame = frame
    self.condition = condition
    self.effectiveFrom = effectiveFrom
    self.effectiveTo = effectiveTo
    self.onlyWhen = onlyWhen
    self.watch = watch
    self.breaches = breaches
    self.clears = clears
    self.clearsAfter = clearsAfter
    self.persistsFor = persistsFor
    self.ifUnknown = ifUnknown
    self.suppressions = suppressions
    self.message = message
    self.detail = detail
    self.owner = owner
    self.runbook = runbook
    self.labels = labels
    self.isFoldedByYear = isFoldedByYear
    self.step = step
    self.measures = measures
    self.names = names
  }
}

/// A message with typed holes.
package struct Template: Sendable {
  package enum Part: Sendable {
    case text(String)
    /// The value of a node, shown by these formats in order (`m`, `3dp`, `signed`, `words`, `over_under` …).
    case hole(NodeID, formats: [String])
  }
  package var parts: [Part]
  package init(parts: [Part]) { self.parts = parts }
}
