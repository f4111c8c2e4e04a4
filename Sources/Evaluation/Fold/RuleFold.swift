import Finance
import RuleLanguage

/// The folded states of one rule: a row a subject, a byte a slot.
final class RuleFold {
  private let states: Buffer<UInt8>
  let width: Int
  let subjects: Int
  /// Some row is, or was, stale.
  private(set) var hasBeenStale = false

  init(subjects: Int, width: Int) {
    self.subjects = subjects
    self.width = width
    states = Buffer(count: subjects * width, filler: FoldCode.none.rawValue)
  }

  /// A slot outside the row has no state.
  func code(_ subject: Int, _ slot: Int) -> FoldCode {
    (0..<width).contains(slot) ? FoldCode(rawValue: states.lane[subject * width + slot]) : .none
  }

  struct Changed: Hashable {
    var subject: Int32
    /// Counted from the axis's first.
    var year: Int32
  }

  /// Folds the rows again, and says which years of which subjects came out differently. A row is folded whole: that
  /// costs less than keeping the counters of every period would.
  ///
  /// - Parameter onlyLoud: rows that neither fire nor are stale anywhere, now or before, are not told of.
  func fold(_ rows: Region, _ rule: Plan.RulePlan, _ engine: Engine, onlyLoud: Bool = false) -> [Changed] {
    let reading = RuleReading(rule.step, engine.columns, width: width)
    let suppressions = RuleSuppressions(rule, engine)
    let existence = engine.columns[rule.existence].lanes
    let (results, codes) = (Buffer<UInt8>(count: width, filler: 0), Buffer<UInt8>(count: width, filler: 0))
    let (policy, isFoldedByYear) = (rule.policy, rule.isFoldedByYear)
    var changed: [Changed] = []
    for touch in rows {
      let start = existence.start(touch.row)
      let (exists, codes) = (existence.states, codes.lane)
      if reading.isQuiet(touch.row, where: exists, from: start) {
        // A period that exists has the raw value of true, which is that of a quiet one.
        for slot in 0..<width { codes[slot] = exists[start &+ slot] }
      } else {
        reading.read(touch.row, where: exists, from: start, into: results.lane)
        walk(results.lane, exists, start, policy, isFoldedByYear, into: codes)
        suppressions.apply(to: codes, touch.row)
      }
      keep(codes, touch.subject, onlyLoud, &changed)
    }
    return changed
  }

  @inline(__always)
  private func walk(
    _ results: Lane<UInt8>, _ exists: Lane<UInt8>, _ start: Int, _ policy: FoldPolicy, _ isFoldedByYear: Bool,
    into codes: Lane<UInt8>
  ) {
    var fold = Fold(policy)
    var slot = 0
    while slot < width {
      if isFoldedByYear { fold = Fold(policy) }
      let end = slot + PeriodAxis.slotsInYear
      while slot < end {
        codes[slot] =
          exists[start &+ slot] == Truth.true.rawValue
          ? fold.step(PeriodResult(rawValue: results[slot])).rawValue : FoldCode.none.rawValue
        slot += 1
      }
    }
  }

  /// Stores a row where it is another than before.
  @inline(__always)
  private func keep(_ codes: Lane<UInt8>, _ subject: Int32, _ onlyLoud: Bool, _ changed: inout [Changed]) {
    let (kept, start) = (states.lane, Int(subject) * width)
    var difference: UInt8 = 0
    for slot in 0..<width { difference |= kept[start &+ slot] ^ codes[slot] }
    guard difference != 0 else { return }
    // A bit that differs is set before or now.
    hasBeenStale = hasBeenStale || difference & FoldCode.stale != 0
    if onlyLoud {
      var isLoud = false
      for slot in 0..<width {
        isLoud = isLoud || FoldCode(rawValue: kept[start &+ slot]).isLoud || FoldCode(rawValue: codes[slot]).isLoud
      }
      guard isLoud else {
        for slot in 0..<width { kept[start &+ slot] = codes[slot] }
        return
      }
    }
    var comparison = RowComparison()
    for slot in 0..<width {
      comparison.take(FoldCode(rawValue: kept[start + slot]), FoldCode(rawValue: codes[slot]))
      kept[start + slot] = codes[slot]
      if slot % PeriodAxis.slotsInYear == PeriodAxis.slotsInYear - 1 {
        comparison.end(year: slot / PeriodAxis.slotsInYear) {
          changed.append(Changed(subject: subject, year: Int32($0)))
        }
      }
    }
  }
}
