import Diagnostics
import Evaluation
import Finance
import RuleLanguage

extension Writing {
  /// What has to be said of a return that was due: that it has not come, or that it has after all; nil where nothing has.
  ///
  /// - Parameter newID: the id for an episode that opens.
  func late(
    _ one: ExpectedReturn, announced episode: Episode?, in evaluator: Evaluator, newID: Int64, drop: Int64?,
    time: Moment
  ) -> Consequence? {
    guard let state = evaluator.state(of: one), state.hasCome == (episode != nil) else { return nil }
    let report = Report.returnLate
    let organisation =
      register.organisation(one.organisation, on: calendar.lastDay(one.period))
      ?? register.organisation(one.organisation)
    let name = organisation?.name ?? one.organisation
    let label = calendar.label(one.period)
    let late = Int(time.day.daysSince1970) - Int(state.deadline.daysSince1970)
    var announcement = Announcement(
      kind: state.hasCome ? .resolved : .opened, severity: report.severity.word,
      rule: Announcement.Rule(name: report.rawValue, title: report.title),
      subject: Announcement.Subject(
        keys: [
          Announcement.Subject.Key(key: "organisation", value: one.organisation),
          Announcement.Subject.Key(key: "source", value: one.source),
        ], name: name, attributes: organisation?.attributes ?? [:]),
      period: label,
      sentence: state.hasCome
        ? "\(name) has returned \(one.source) for \(label), \(Wording.count(max(late, 0), "day")) late"
        : "\(name) has not returned \(one.source) for \(label), which was due by \(state.deadline)",
      drop: drop, time: time.description)
    if let episode {
      announcement.episode = episode.id
      announcement.opened = episode.opened
      return Consequence(announcement: announcement, period: one.period, episode: episode, isNew: false, ends: true)
    }
    let reading = Announcement.Reading(
      period: label, severity: report.severity.word, shown: "due by \(state.deadline)",
      exact: state.deadline.description)
    announcement.since = label
    announcement.episode = newID
    announcement.opened = reading
    announcement.now = reading
    let opened = Episode(
      id: newID, key: one.key, severity: report.severity, announcedPeriod: one.period, opened: reading,
      announced: reading)
    return Consequence(announcement: announcement, period: one.period, episode: opened, isNew: true, ends: false)
  }
}
