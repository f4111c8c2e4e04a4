import RuleLanguage

extension Engine {
  /// What new figures have changed of the columns that hold them.
  struct Arrived {
    /// By figure.
    var figures: [Region]
    /// Whose periods were settled.
    var organisations: Region
  }

  func settle(_ touched: TouchedYears, _ holdings: Holdings) -> Arrived {
    let settled = reach(of: touched, holdings)
    var organisations = RegionBuilder()
    for (year, months) in settled {
      guard let first = months.first, let last = months.last else { continue }
      let start = axis.slots(ofYear: year.year).lowerBound
      organisations.add(Int(year.organisation), start + first..<start + last + 1)
    }
    let region = organisations.region
    let rowsOfFrame = frames.axes.map { rows(of: region, in: $0) }
    let kept = zip(ledger.figures, ledger.keys).map { column, key in
      Kept(column, rowsOfFrame[frames.number(of: key.frame)])
    }
    for (year, months) in settled {
      ledger.settle(
        organisation: Int(year.organisation), year: axis.slots(ofYear: year.year), months, holdings: holdings,
        frames: frames)
    }
    return Arrived(figures: kept.map { $0.changed() }, organisations: region)
  }

  /// What is touched and what hangs on that: later months of the year that returned something, which what is absent is
  /// seen by; and all later ones where something was stated that stands.
  private func reach(of touched: TouchedYears, _ holdings: Holdings) -> [TouchedYears.Year: Months] {
    var reached: [TouchedYears.Year: Months] = [:]
    for (year, months) in touched.months where axis.contains(year: year.year) {
      guard let first = months.first else { continue }
      guard !touched.standing.contains(year) else {
        reached[year] = months.through(from: first)
        continue
      }
      reached[year] = months.united(with: holdings.months(Int(year.organisation), year.year), from: first)
    }
    guard ledger.reachesLaterYears else { return reached }
    for year in touched.standing where axis.contains(year: year.year) {
      for later in year.year..<axis.lastYear {
        reached[TouchedYears.Year(organisation: year.organisation, year: later + 1)] = .all
      }
    }
    return reached
  }

  /// The subjects that are these organisations'.
  func rows(of organisations: Region, in subjects: SubjectAxis) -> Region {
    var rows: Region = []
    for touch in organisations {
      for row in subjects.subjects(ofOrganisation: touch.row) { rows.append(Touch(Int(row), touch.slots)) }
    }
    return rows.sorted { $0.subject < $1.subject }
  }
}
