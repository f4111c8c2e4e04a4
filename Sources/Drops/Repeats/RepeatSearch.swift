import Finance

/// Finds the lines of a file that say again what another line said: one further up in the file, or one of a list for
/// another month that the ledger holds already. Both are lists of the same organisation.
///
/// What was listed first is no repeat, whichever month it is in: a list that arrives late repeats the lists that were there.
struct RepeatSearch {
  let source: SourceSettings
  let settings: RepeatSettings
  let history: any LineHistory
  let log: LineLog

  /// Where the line is that another repeats; `version` is nil in the file itself.
  private struct Origin {
    var version: Int64?
    var row: UInt32
  }

  /// A line that repeats another.
  struct Found {
    var line: LineLog.Line
    var version: Int64?
    var row: UInt32
  }

  /// The lines of one organisation and period.
  struct List {
    var organisation: String
    var period: Period
    /// As the ledger keeps them.
    var lines: [ComparedLines.Line] = []
    /// In order of their rows.
    var found: [Found] = []
  }

  /// - Parameter unit: whose a line is, and of when.
  func search(unit: (LineLog.Line) -> (organisation: String, period: Period)) throws -> [List] {
    var lines: [String: [Period: [LineLog.Line]]] = [:]
    for line in log.lines {
      let (organisation, period) = unit(line)
      lines[organisation, default: [:]][period, default: []].append(line)
    }
    var lists: [List] = []
    for (organisation, byPeriod) in lines.sorted(by: { $0.key < $1.key }) {
      let origins = try origins(of: byPeriod.values.flatMap { $0 }, organisation, periods: byPeriod.keys.sorted())
      for (period, lines) in byPeriod.sorted(by: { $0.key < $1.key }) {
        var list = List(organisation: organisation, period: period)
        for line in lines.sorted(by: Self.precedes) where line.fingerprint != list.lines.last?.fingerprint {
          list.lines.append(ComparedLines.Line(fingerprint: line.fingerprint, row: line.row))
        }
        list.found = lines.compactMap { line in
          origins[line.number].map { Found(line: line, version: $0.version, row: $0.row) }
        }
        lists.append(list)
      }
    }
    return lists
  }

  private static func precedes(_ one: LineLog.Line, _ other: LineLog.Line) -> Bool {
    (one.fingerprint, one.row) < (other.fingerprint, other.row)
  }

  /// For each line that repeats another, by its number, where that is: in the earliest list, or further up in the file.
  private func origins(
    of unsorted: [LineLog.Line], _ organisation: String, periods: [Period]
  ) throws -> [UInt32: Origin] {
    guard let first = periods.first, let last = periods.last else { return [:] }
    let lines = unsorted.sorted(by: Self.precedes)
    var origins: [UInt32: Origin] = [:]
    let own = source.restates == .nothing ? [] : Set(periods)
    let span = first.advanced(months: -settings.months)...last.advanced(months: settings.months)
    try history.forEachList(of: organisation, in: span) { list in
      // What the file takes the place of can't be what it repeats.
      guard !own.contains(list.period) else { return }
      var at = 0
      for line in lines where origins[line.number] == nil {
        while at < list.lines.count && list.lines[at].fingerprint < line.fingerprint { at += 1 }
        guard at < list.lines.count else { return }
        if list.lines[at].fingerprint == line.fingerprint {
          origins[line.number] = Origin(version: list.version, row: list.lines[at].row)
        }
      }
    }
    var head = lines.first
    for line in lines.dropFirst() {
      if let first = head, first.fingerprint == line.fingerprint {
        if origins[line.number] == nil { origins[line.number] = Origin(version: nil, row: first.row) }
      } else {
        head = line
      }
    }
    return origins
  }
}
