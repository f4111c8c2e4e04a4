import Diagnostics
import Evaluation
import Finance
import RuleLanguage

extension AlertKey {
  /// The one alert that an organisation's figures are missing, however many rules wait for them.
  static func gap(of code: String) -> AlertKey {
    AlertKey(rule: Report.dataGap.rawValue, subject: Evaluation.Subject([code]))
  }

  /// Of the program's own: no rule is behind it.
  var isReport: Bool { rule == Report.dataGap.rawValue || rule == Report.returnLate.rawValue }
}

extension Writing {
  /// What has to be said of an organisation whose figures are missing, or have come; nil where nothing has.
  ///
  /// - Parameters:
  ///   - waiting: what the figures are missing for.
  ///   - newID: the id for an episode that opens.
  func gap(
    of code: String, _ waiting: [Waiting], announced episode: Episode?, newID: Int64, drop: Int64?, time: Moment
  ) -> Consequence? {
    guard waiting.isEmpty != (episode == nil) else { return nil }
    guard let first = waiting.map(\.since).min() else { return filled(episode!, code, drop: drop, time: time) }
    let rules = Set(waiting.map(\.key.rule)).sorted()
    let subject = gapSubject(code, in: first)
    let reading = Announcement.Reading(
      period: calendar.label(first), severity: Report.dataGap.severity.word, shown: Wording.count(rules.count, "rule"),
      exact: "\(rules.count)")
    var announcement = gapAnnouncement(.opened, subject, period: first, drop: drop, time: time)
    announcement.sentence =
      "\(subject.name) has not returned what \(Wording.count(rules.count, "rule")) \(rules.count == 1 ? "needs" : "need") since \(calendar.label(first))"
    announcement.detail = "Not decided: \(Wording.list(rules))"
    announcement.since = calendar.label(first)
    announcement.episode = newID
    announcement.opened = reading
    announcement.now = reading
    let opened = Episode(
      id: newID, key: .gap(of: code), severity: Report.dataGap.severity, announcedPeriod: first, opened: reading,
      announced: reading)
    return Consequence(announcement: announcement, period: first, episode: opened, isNew: true, ends: false)
  }

  private func filled(_ episode: Episode, _ code: String, drop: Int64?, time: Moment) -> Consequence {
    let subject = gapSubject(code, in: episode.announcedPeriod)
    var announcement = gapAnnouncement(.resolved, subject, period: episode.announcedPeriod, drop: drop, time: time)
    announcement.sentence = "No rule waits for figures of \(subject.name) any longer"
    announcement.episode = episode.id
    announcement.opened = episode.opened
    return Consequence(
      announcement: announcement, period: episode.announcedPeriod, episode: episode, isNew: false, ends: true)
  }

  private func gapAnnouncement(
    _ kind: Announcement.Kind, _ subject: Announcement.Subject, period: Period, drop: Int64?, time: Moment
  ) -> Announcement {
    let report = Report.dataGap
    return Announcement(
      kind: kind, severity: report.severity.word, rule: Announcement.Rule(name: report.rawValue, title: report.title),
      subject: subject, period: calendar.label(period), sentence: "", drop: drop, time: time.description)
  }

  private func gapSubject(_ code: String, in period: Period) -> Announcement.Subject {
    let organisation = register.organisation(code, on: calendar.lastDay(period)) ?? register.organisation(code)
    return Announcement.Subject(
      keys: [Announcement.Subject.Key(key: "organisation", value: code)], name: organisation?.name ?? code,
      attributes: organisation?.attributes ?? [:])
  }
}
