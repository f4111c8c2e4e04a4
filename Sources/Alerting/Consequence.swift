import Evaluation
import Finance
import RuleLanguage

/// What follows from a difference: the announcement, and how the episode stands after it.
struct Consequence {
  var announcement: Announcement
  /// That the announcement speaks of.
  var period: Period
  /// As it is from now on; for an episode that ends, as it was.
  var episode: Episode
  var isNew: Bool
  var ends: Bool
}

extension Writing {
  /// What has to be said of one alert, or nil where nothing has.
  ///
  /// - Parameter newID: the id for an episode that opens.
  func consequence(
    of key: AlertKey, announced episode: Episode?, in evaluator: Evaluator, newID: Int64, drop: Int64?, time: Moment
  ) -> Consequence? {
    let standing = evaluator.standing(of: key)
    let difference = Difference(announced: episode, standing: standing, ending: evaluator.ending(of: key))
    guard difference != .none, let rule = rule(called: key.rule) else { return nil }
    switch difference {
    case .none:
      return nil
    case .opened(let severity):
      return opening(key, severity, standing!, rule, evaluator, id: newID, drop: drop, time: time)
    case .escalated(let severity, let restated), .eased(let severity, let restated):
      let finding = finding(key, in: evaluator, at: standing!.decidingPeriod)
      let kind: Announcement.Kind = severity > episode!.severity ? .escalated : .eased
      var announcement = about(key, kind, severity, finding, rule, drop: drop, time: time)
      announcement.previousSeverity = episode!.severity.word
      announcement.restated = restated
      announcement.since = standing!.now.since.map { label($0, rule.step) }
      return following(episode!, announcement, severity, finding.period, ends: false)
    case .resolved, .closedWithTheYear:
      let finding = finding(key, in: evaluator, at: standing!.lastKnownPeriod)
      let kind: Announcement.Kind = difference == .resolved ? .resolved : .closedWithTheYear
      let announcement = about(key, kind, episode!.severity, finding, rule, drop: drop, time: time)
      return following(episode!, announcement, episode!.severity, finding.period, ends: true)
    case .suppressed:
      let finding = finding(key, in: evaluator, at: standing!.decidingPeriod)
      var announcement = about(key, .suppressed, episode!.severity, finding, rule, drop: drop, time: time)
      announcement.sentence += standing!.now.suppression.map { "; suppressed because \($0)" } ?? ""
      return following(episode!, announcement, episode!.severity, finding.period, ends: true)
    case .ended(let ending):
      let finding = finding(key, in: evaluator, at: standing!.decidingPeriod)
      let kind: Announcement.Kind = ending == .expired ? .expired : .closed
      var announcement = about(key, kind, episode!.severity, finding, rule, drop: drop, time: time)
      announcement.sentence += "; " + sentence(for: ending, rule)
      return following(episode!, announcement, episode!.severity, finding.period, ends: true)
    case .withdrawn:
      let finding = finding(key, in: evaluator, at: episode!.announcedPeriod)
      var announcement = about(key, .withdrawn, episode!.severity, finding, rule, drop: drop, time: time)
      announcement.was = episode!.announced
      announcement.restated = true
      return following(episode!, announcement, episode!.severity, finding.period, ends: true)
    }
  }

  private func sentence(for ending: Ending, _ rule: RuleLanguage.Rule) -> String {
    switch ending {
    case .expired:
      let last = rule.effectiveTo.map { $0.month == 13 ? calendar.label(ofYear: Int($0.year)) : calendar.label($0) }
      return "the rule \(rule.name) was in effect to \(last ?? "its end")"
    case .left(let code):
      let gone = register.organisation(code)
      let successors = register.successors(of: code).map { register.organisation($0)?.name ?? $0 }
      let tail =
        switch successors.count {
        case 0: "nobody succeeds it"
        case 1: "its successor is \(successors[0])"
        default:
          "its successors are \(successors.dropLast().joined(separator: ", ")) and \(successors[successors.count - 1])"
        }
      return "\(gone?.name ?? code) left the register on \(gone?.to?.description ?? "its last day"); \(tail)"
    }
  }

  private func opening(
    _ key: AlertKey, _ severity: Severity, _ standing: Standing, _ rule: RuleLanguage.Rule, _ evaluator: Evaluator,
    id: Int64, drop: Int64?, time: Moment
  ) -> Consequence {
    let finding = finding(key, in: evaluator, at: standing.decidingPeriod)
    var announcement = about(key, .opened, severity, finding, rule, drop: drop, time: time)
    announcement.since = standing.now.since.map { label($0, rule.step) }
    announcement.episode = id
    let reading = reading(finding, severity: severity, step: rule.step)
    announcement.opened = reading
    let episode = Episode(
      id: id, key: key, severity: severity, announcedPeriod: finding.period, opened: reading, announced: reading)
    return Consequence(
      announcement: announcement, period: finding.period, episode: episode, isNew: true, ends: false)
  }

  private func following(
    _ episode: Episode, _ announcement: Announcement, _ severity: Severity, _ period: Period, ends: Bool
  ) -> Consequence {
    var announcement = announcement
    announcement.episode = episode.id
    announcement.opened = episode.opened
    var episode = episode
    if !ends, let now = announcement.now {
      episode.severity = severity
      episode.announcedPeriod = period
      episode.announced = now
    }
    return Consequence(announcement: announcement, period: period, episode: episode, isNew: false, ends: ends)
  }

  /// What evaluation sees in the period; where it sees nothing any more (a return was withdrawn as a whole), that.
  private func finding(_ key: AlertKey, in evaluator: Evaluator, at period: Period) -> Finding {
    if detail == .nothing {
      return Finding(
        period: period, severity: nil, watched: nil, threshold: nil, sentence: "", detail: nil, arithmetic: [],
        sources: [])
    }
    return evaluator.finding(for: key, at: period, inFull: detail == .inFull)
      ?? Finding(
        period: period, severity: nil, watched: nil, threshold: nil,
        sentence: "The figures behind this alert are no longer in the ledger", detail: nil, arithmetic: [], sources: [])
  }

  /// The facts that every kind of announcement has.
  private func about(
    _ key: AlertKey, _ kind: Announcement.Kind, _ severity: Severity, _ finding: Finding, _ rule: RuleLanguage.Rule,
    drop: Int64?, time: Moment
  ) -> Announcement {
    if detail == .nothing {
      return Announcement(
        kind: kind, severity: severity.word, rule: Announcement.Rule(name: rule.name, title: ""),
        subject: Announcement.Subject(keys: [], name: ""), period: "",
        now: reading(finding, severity: nil, step: rule.step), sentence: "", drop: drop, time: "")
    }
    return Announcement(
      kind: kind, severity: severity.word, rule: self.rule(rule),
      subject: subject(key.subject, of: rule, in: finding.period), year: key.year.map { calendar.label(ofYear: $0) },
      period: calendar.label(finding.period, rule.step),
      now: reading(finding, severity: finding.severity, step: rule.step), threshold: threshold(finding),
      certainty: finding.certainty?.rawValue, sentence: finding.sentence, detail: finding.detail,
      arithmetic: arithmetic(finding),
      provenance: provenance(finding, step: rule.step), drop: drop, time: time.description)
  }
}
