import Alerting
import Diagnostics

/// An announcement as a person reads it at a terminal.
enum AnnouncementText {
  /// Every fact of it, back to the rows.
  static func full(_ announced: Announced) -> String {
    let announcement = announced.announcement
    var lines = ["\(announcement.time)  \(headline(announcement))", "  \(announcement.sentence.printable)"]
    if let detail = announcement.detail { lines.append("  \(detail.printable)") }
    if let was = announcement.was, let now = announcement.now {
      lines.append("  was \(was.shown ?? "not known") (\(was.period)), now \(now.shown ?? "not known")")
    } else if let opened = announcement.opened, let now = announcement.now {
      lines.append("  opened at \(opened.shown ?? "not known") (\(opened.period)), now \(now.shown ?? "not known")")
    }
    if let threshold = announcement.threshold {
      lines.append("  limit: \(threshold.shown); it is \(threshold.distance)")
    }
    lines += TreeText.lines(
      announcement.arithmetic.map { line in
        TreeText.Line(
          depth: line.depth, expression: line.expression, shown: line.shown, exact: line.exact, sources: line.sources)
      }
    ).map { "    " + $0 }
    for (number, origin) in announcement.provenance.enumerated() {
      let rows = origin.rows == 1 ? "row \(origin.firstRow)" : "\(origin.rows) rows from row \(origin.firstRow)"
      lines.append(
        "  [\(number + 1)] \(origin.measure) of \(origin.organisation.printable), \(origin.period): "
          + "\(origin.file.printable), \(rows) (drop \(origin.drop), version \(origin.version), "
          + "sha256 \(origin.sha256.prefix(12))…)")
    }
    lines += announcement.changes.map { change in
      "  \(change.kind): \(change.rule), \(change.subject.printable): \(change.sentence.printable)"
    }
    if !announcement.rule.file.isEmpty {
      lines.append(
        "  rule: \(announcement.rule.file.printable):\(announcement.rule.line) "
          + "(version \(announcement.rule.version.prefix(12)))")
    }
    if let catalogue = announcement.rule.catalogue { lines.append("  catalogue: \(catalogue.printable)") }
    lines.append("  record: \(announced.head)")
    return lines.joined(separator: "\n")
  }

  /// What was said, without what led to it.
  static func brief(_ announcement: Announcement) -> String {
    let episode = announcement.episode.map { "  [\($0)]" } ?? ""
    return "\(announcement.time)  \(headline(announcement))\(episode)\n  \(announcement.sentence.printable)"
  }

  static func headline(_ announcement: Announcement) -> String {
    let severity = Terminal.severity(announcement.severity)
    let state =
      switch announcement.kind {
      case .opened: severity
      case .escalated, .eased: "\(announcement.kind.rawValue) to \(severity)"
      case .resolved, .withdrawn, .suppressed, .rulesChanged, .closedWithTheYear, .closed, .expired, .reported:
        announcement.kind.rawValue
      }
    return
      "\(state): \(announcement.rule.title.printable) (\(announcement.subject.name.printable), \(announcement.period))"
  }
}
