package import Evaluation
package import Finance
package import RuleLanguage

/// What was last announced of an alert that is still open.
package struct Episode: Hashable, Sendable {
  package var id: Int64
  package var key: AlertKey
  package var severity: Severity
  /// The period that the last announcement spoke of.
  package var announcedPeriod: Period
  /// The watched value when it opened, and when it was last announced.
  package var opened: Announcement.Reading
  package var announced: Announcement.Reading

  package init(
    id: Int64, key: AlertKey, severity: Severity, announcedPeriod: Period, opened: Announcement.Reading,
    announced: Announcement.Reading
  ) {
    self.id = id
    self.key = key
    self.severity = severity
    self.announcedPeriod = announcedPeriod
    self.opened = opened
    self.announced = announced
  }
}

/// The difference between what the folded ledger says of an alert and what was announced of it: the whole of what has to
/// be said. A pure function, so that live running, replay and a restart after a crash cannot disagree.
package enum Difference: Hashable, Sendable {
  case none
  case opened(Severity)
  case escalated(Severity, restated: Bool)
  case eased(Severity, restated: Bool)
  /// A later period is within the limit; today's ledger still fires at the period last announced.
  case resolved
  /// Today's ledger no longer fires at the period last announced.
  case withdrawn
  case closedWithTheYear
  /// It would still fire, and a `suppress when` holds it back.
  case suppressed
  /// It fires as it did, and time has gone past its rule or its organisation.
  case ended(Ending)

  package init(announced episode: Episode?, standing: Standing?, ending: Ending? = nil) {
    guard let episode else {
      // What is already over cannot open an alert: nobody could act on it, and it would close at once.
      if let standing, !standing.yearIsOver, ending == nil, let severity = standing.now.firing {
        self = .opened(severity)
      } else {
        self = .none
      }
      return
    }
    // What a suppression hides was not withdrawn: the figures are still over the line.
    let firedThen = standing?.state(at: episode.announcedPeriod)?.breached
    guard let standing, let severity = standing.now.breached else {
      self = firedThen == nil ? .withdrawn : .resolved
      return
    }
    if standing.yearIsOver {
      self = .closedWithTheYear
    } else if let ending {
      self = .ended(ending)
    } else if standing.now.firing == nil {
      self = .suppressed
    } else if severity == episode.severity {
      self = .none
    } else {
      let restated = firedThen != episode.severity
      self =
        severity > episode.severity ? .escalated(severity, restated: restated) : .eased(severity, restated: restated)
    }
  }
}
