import RuleLanguage

extension Engine {
  /// What new figures have changed of the columns that hold them.
  struct Arrived {
    /// By figure.
    var figures: [Region]
    /// Whose years were settled.
    var organisations: Region
  }

  func settle(_ touched: Set<Evaluator.OrganisationYear>, _ holdings: Holdings) -> Arrived {
    var organisations = RegionBuilder()
    for one in touched where axis.contains(year: one.year) {
      let slots = axis.slots(ofYear: one.year)
      organisations.add(Int(one.organisation), ledger.reachesLaterYears ? slots.lowerBound..<axis.width : slots)
    }
    let region = organisations.region
    let kept = zip(ledger.figures, ledger.keys).map { column, key in
      let subjects = frames[frames.number(of: key.frame)]
      return Kept(column, rows(of: region, in: subjects))
    }
    for touch in region {
      for start in stride(from: touch.slots.lowerBound, to: touch.slots.upperBound, by: PeriodAxis.slotsInYear) {
        ledger.settle(organisation: touch.row, slots: axis.yearSlots(of: start), holdings: holdings, frames: frames)
      }
    }
    return Arrived(figures: kept.map { $0.changed() }, organisations: region)
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
