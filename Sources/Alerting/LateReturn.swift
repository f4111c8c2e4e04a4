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
    let name = organisation(of: one)?.name ?? one.organisation
    let label = calendar.label(one.period)
    if let episode {
      let late = state.came.map { max(Int($0.daysSince1970) - Int(state.deadline.daysSince1970), 0) }
      let sentence =
        "\(name) has returned \(one.source) for \(label)" + (late.map { ", \(Wording.count($0, "day")) late" } ?? "")
      return end(.resolved, of: one, episode, sentence, drop: drop, time: time)
    }
    var announcement = announcement(
      .opened, of: one, "\(name) has not returned \(one.source) for \(label), which was due by \(state.deadline)",
      drop: drop, time: time)
    let reading = Announcement.Reading(
      period: label, severity: Report.returnLate.severity.word, shown: "due by \(state.deadline)",
      exact: state.deadline.description)
    announcement.since = label
    announcement.episode = newID
    announcement.opened = reading
    announcement.now = reading
    let opened = Episode(
      id: newID, key: one.key, severity: Report.returnLate.severity, announcedPeriod: one.period, opened: reading,
      announced: reading)
    return Consequence(announcement: announcement, period: one.period, episode: opened, isNew: true, ends: false)
  }

  /// That a late return is no longer waited for.
  func givenUp(_ one: ExpectedReturn, announced episode: Episode, time: Moment) -> Consequence {
    let name = organisation(of: one)?.name ?? one.organisation
    return end(
      .closed, of: one, episode,
      "\(name)'s \(one.source) for \(calendar.label(one.period)) is no longer waited for: no source \(one.source) has a deadline now",
      drop: nil, time: time)
  }

  private func organisation(of one: ExpectedReturn) -> Organisation? {
    register.organisation(one.organisation, on: calendar.lastDay(one.period)) ?? register.organisation(one.organisation)
  }

  private func end(
    _ kind: Announcement.Kind, of one: ExpectedReturn, _ episode: Episode, _ sentence: String, drop: Int64?,
    time: Moment
  ) -> Consequence {
    var announcement = announcement(kind, of: one, sentence, drop: drop, time: time)
    announcement.episode = episode.id
    announcement.opened = episode.opened
    return Consequence(announcement: announcement, period: one.period, episode: episode, isNew: false, ends: true)
  }

  private func announcement(
    _ kind: Announcement.Kind, of one: ExpectedReturn, _ sentence: String, drop: Int64?, time: Moment
  ) -> Announcement {
    let report = Report.returnLate
    let body = organisation(of: one)
    return Announcement(
      kind: kind, severity: report.severity.word,
      rule: Announcement.Rule(name: report.rawValue, title: report.title),
      subject: Announcement.Subject(
        keys: [
          Announcement.Subject.Key(key: "organisation", value: one.organisation),
          Announcement.Subject.Key(key: "source", value: one.source),
        ], name: body?.name ?? one.organisation, attributes: body?.attributes ?? [:]),
      period: calendar.label(one.period), sentence: sentence, drop: drop, time: time.description)
  }
}
