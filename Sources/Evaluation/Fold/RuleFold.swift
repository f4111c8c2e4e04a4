import Finance
import RuleLanguage

/// The folded states of one rule: a row a subject, a byte a slot.
final class RuleFold {
  private let states: Buffer<UInt8>
  private let width: Int
  let subjects: Int

  init(subjects: Int, width: Int) {
    self.subjects = subjects
    self.width = width
    states = Buffer(count: subjects * width, filler: FoldCode.none.rawValue)
  }

  /// A slot outside the row has no state.
  func code(_ subject: Int, _ slot: Int) -> FoldCode {
    (0..<width).contains(slot) ? FoldCode(rawValue: states.lane[subject * width + slot]) : .none
  }

  /// Folds the rows again, and says which years of which subjects came out differently. A row is folded whole: that
  /// costs less than keeping the counters of every period would.
  func fold(_ rows: Region, _ rule: Plan.RulePlan, _ engine: Engine) -> [Changed] {
    let reading = RuleReading(rule.step, engine.columns, engine.axis)
    let presence = engine.columns[rule.presence].lanes
    let lane = states.lane
    var changed: [Changed] = []
    for touch in rows {
      let row = touch.row
      let span = RuleFold.span(row, rule, reading, presence)
      var fold = Fold(rule.policy)
      var comparison = RowComparison()
      for year in 0..<engine.axis.years {
        if rule.isFoldedByYear { fold = Fold(rule.policy) }
        let first = year * PeriodAxis.slotsInYear
        for month in 0..<PeriodAxis.slotsInYear {
          let slot = first + month
          var code = FoldCode.none
          if span.contains(slot) && rule.folds(month: month, isPresent: presence.truth(presence.start(row) + slot) == .true) {
            let applies = reading.applies(row, slot)
            code = fold.step(applies ? reading.result(row, slot) : .known(severity: 0, isCleared: true))
          }
          comparison.take(FoldCode(rawValue: lane[row * width + slot]), code)
          lane[row * width + slot] = code.rawValue
        }
        comparison.end(year: year) { changed.append(Changed(subject: touch.subject, year: Int32($0))) }
      }
    }
    return changed
  }

  /// From the first slot in which the period exists to the last: between them there are no gaps.
  private static func span(
    _ row: Int, _ rule: Plan.RulePlan, _ reading: RuleReading, _ presence: Column.Lanes
  ) -> Range<Int> {
    var (first, end) = (Int.max, 0)
    for slot in reading.effective where presence.truth(presence.start(row) + slot) == .true {
      let month = slot % PeriodAxis.slotsInYear
      guard rule.folds(month: month, isPresent: true), reading.applies(row, slot) else { continue }
      first = min(first, slot)
      end = slot + 1
    }
    return first < end ? first..<end : 0..<0
  }

  struct Changed: Hashable {
    var subject: Int32
    /// Counted from the axis's first.
    var year: Int32
  }
}
