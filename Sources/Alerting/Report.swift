package import Finance
package import RuleLanguage

/// What the program itself has to say: things that mostly happen once and have no state. They are routed like any other alert,
/// by these names.
package enum Report: String, Sendable, CaseIterable {
  case dropRejected = "drop_rejected"
  case dropHeld = "drop_held"
  case reloadFailed = "reload_failed"
  case rulesChanged = "rules_changed"
  /// An organisation's return of a period was due and has not come. As with the gap, there is a state: it opens, and
  /// resolves when the return comes.
  case returnLate = "return_late"
  /// Rules wait for an organisation's figures, and have for longer than they hold.
  case dataGap = "data_gap"

  package var title: String {
    switch self {
    case .dropRejected: "A file was rejected"
    case .dropHeld: "A file is held for a person to look at"
    case .reloadFailed: "New rules or settings could not be loaded"
    case .rulesChanged: "The rules or the register changed"
    case .returnLate: "A return is late"
    case .dataGap: "Figures are missing"
    }
  }

  /// What it means for the one who gets it, and what ends it.
  package var meaning: String {
    switch self {
    case .dropRejected:
      "A file could not be read as its source describes, and nothing of it is in the ledger. What is wrong with it is "
        + "listed beside it in the folder rejected, with its rows; a corrected file is taken in like any other."
    case .dropHeld:
      "A file can be read, but something about it is unlikely: nothing of it is in the ledger until a person decides "
        + "(outturn drops accept, outturn drops reject)."
    case .reloadFailed:
      "A change of the rules or of the configuration has errors. What was in force before stays in force."
    case .rulesChanged:
      "Other rules, or another register, are in force from now on. Every alert that opens, changes or ends by them is "
        + "listed in this one announcement."
    case .returnLate:
      "An organisation has not returned a period by the day on which its source has it due. It ends when the return comes."
    case .dataGap:
      "Rules can't be decided for an organisation, for longer than they hold, because figures of it are missing. One "
        + "alert stands for all of these rules; it ends when none of them waits any longer."
    }
  }

  package var severity: Severity {
    switch self {
    case .dropRejected, .reloadFailed: .red
    case .dropHeld, .returnLate, .dataGap: .amber
    case .rulesChanged: .info
    }
  }

  /// - Parameters:
  ///   - subject: what it is about: a file, the rules.
  ///   - source: the source of a drop, by which it can be routed.
  package func announcement(
    about subject: String, source: String? = nil, sentence: String, detail: String? = nil, drop: Int64? = nil,
    at time: Moment
  ) -> Announcement {
    Announcement(
      kind: .reported, severity: severity.word, rule: Announcement.Rule(name: rawValue, title: title),
      subject: Announcement.Subject(
        keys: source.map { [Announcement.Subject.Key(key: "source", value: $0)] } ?? [], name: subject),
      period: "", sentence: sentence, detail: detail, drop: drop, time: time.description)
  }
}
