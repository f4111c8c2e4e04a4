import Finance
import RuleLanguage

/// The three counts behind a share or a count, as amounts (ten-thousandths).
struct Tallies {
  let expected: Column
  let known: Column
  let matching: Column

  init(subjects: Int, width: Int, isShared: Bool) {
    func column() -> Column { Column(.whole, subjects: subjects, width: width, isShared: isShared) }
    (expected, known, matching) = (column(), column(), column())
  }

  subscript(tally: Tally) -> Column {
    switch tally {
    case .expected: expected
    case .known: known
    case .matching: matching
    }
  }

  var lanes: TallyLanes { TallyLanes(expected: expected.lanes, known: known.lanes, matching: matching.lanes) }
}

struct TallyLanes {
  let expected: Column.Lanes
  let known: Column.Lanes
  let matching: Column.Lanes

  /// Counts of members.
  func set(_ index: Int, expected: Int, known: Int, matching: Int) {
    self.expected.set(index, whole: Int64(expected) * Amount.scale)
    self.known.set(index, whole: Int64(known) * Amount.scale)
    self.matching.set(index, whole: Int64(matching) * Amount.scale)
  }
}
