import Finance
import RuleLanguage

/// The folded states of one rule: a row a subject, a byte a slot.
final class RuleFold {
  private let states: Buffer<UInt8>
  let width: Int
  let subjects: Int
  let isByYear: Bool
  /// Some row is, or was, stale.
  private(set) var hasBeenStale = false
  /// The rank of the severity that people were told of last: a byte for each subject and each fold of its row, 0 where
  /// nothing is open.
  private let announced: Buffer<UInt8>
  /// How many slots are folded together, and how many such folds a row has.
  private let span: Int
  private let folds: Int

  init(subjects: Int, width: Int, isByYear: Bool) {
    self.subjects = subjects
    self.width = width
    self.isByYear = isByYear
    span = isByYear ? PeriodAxis.slotsInYear : max(width, 1)
    states = Buffer(count: subjects * width, filler: FoldCode.none.rawValue)
    folds = width / span
    announced = Buffer(count: subjects * folds, filler: 0)
  }

  /// A slot outside the row has no state.
  func code(_ subject: Int, _ slot: Int) -> FoldCode {
    (0..<width).contains(slot) ? FoldCode(rawValue: states.lane[subject * width + slot]) : .none
  }

  struct Changed: Hashable {
    var subject: Int32
    /// Counted from the axis's first; 0 where a row is folded as a whole.
    var year: Int32
  }

  // MARK: Folding

  /// Folds what is touched again, and says which folds came out differently. After a quiet period nothing is pending and
  /// nothing is counted: a fold starts at the last one before what is touched.
  ///
  /// - Parameter onlyNews: alerts that stand as was announced of them, and those of which there is nothing to announce, are
  ///   not told of.
  func fold(_ rows: Region, _ rule: Plan.RulePlan, _ engine: Engine, onlyNews: Bool = false) -> [Changed] {
    let folding = Folding(rule, engine, width: width)
    // From there on no period exists for anybody.
    let end = engine.endOfExisting(rule.existence)
    let kept = states.lane
    var changed: [Changed] = []
    // Most rows are touched in the same slots.
    var together = Together(of: 0, span, end)
    for touch in rows {
      let row = touch.row &* width
      var slot = touch.slots.lowerBound
      let last = min(touch.slots.upperBound, end)
      while slot < last {
        if !together.has(slot) { together = Together(of: slot / span, span, end) }
        var from = slot
        while from > together.start && kept[row &+ from &- 1] != FoldCode.quiet.rawValue { from &-= 1 }
        folding.fold(touch.row, from..<together.end)
        keep(folding.codes.lane, from..<together.end, of: touch.subject, together, end, onlyNews, &changed)
        slot = together.end
      }
    }
    return changed
  }

  /// The slots that are folded together, as far as any of them exists.
  private struct Together {
    let number: Int
    let start: Int
    let end: Int

    init(of number: Int, _ span: Int, _ end: Int) {
      self.number = number
      start = number * span
      self.end = min(start + span, end)
    }

    @inline(__always) func has(_ slot: Int) -> Bool { start <= slot && slot < end }
    var slots: Range<Int> { start..<max(start, end) }
  }

  /// Stores the codes of some slots where they are others than before.
  @inline(__always)
  private func keep(
    _ codes: Lane<UInt8>, _ slots: Range<Int>, of subject: Int32, _ together: Together, _ end: Int, _ onlyNews: Bool,
    _ changed: inout [Changed]
  ) {
    let (kept, row) = (states.lane, Int(subject) &* width)
    var (difference, either): (UInt8, UInt8) = (0, 0)
    for slot in slots {
      difference |= kept[row &+ slot] ^ codes[slot]
      either |= kept[row &+ slot] | codes[slot]
    }
    guard difference != 0 else { return }
    // A bit that differs is set before or now.
    let isStale = either & FoldCode.stale != 0
    hasBeenStale = hasBeenStale || isStale
    let number = together.number
    let existed = exists(row, together.slots)
    for slot in slots { kept[row &+ slot] = codes[slot] }
    // A year's alert stands otherwise, too, when the next year begins or is gone again: its year is over, or no longer.
    if isByYear && number > 0 && existed != exists(row, together.slots) {
      let before = Changed(subject: subject, year: Int32(number - 1))
      let earlier = Together(of: number - 1, span, end).slots
      if exists(row, earlier) && changed.last != before && (!onlyNews || isNews(subject, number - 1, earlier, end)) {
        changed.append(before)
      }
    }
    if !onlyNews || isStale || isNews(subject, number, together.slots, end) {
      changed.append(Changed(subject: subject, year: Int32(number)))
    }
  }

  @inline(__always) private func exists(_ row: Int, _ slots: Range<Int>) -> Bool { last(row, slots).exists }

  /// The last state that there is.
  @inline(__always) private func last(_ row: Int, _ slots: Range<Int>) -> FoldCode {
    let kept = states.lane
    var slot = slots.upperBound
    while slot > slots.lowerBound {
      slot &-= 1
      if kept[row &+ slot] != FoldCode.none.rawValue { return FoldCode(rawValue: kept[row &+ slot]) }
    }
    return .none
  }

  // MARK: What was announced

  /// - Parameter year: counted from the axis's first.
  func note(_ severity: Severity?, announcedOf subject: Int, year: Int) {
    announced.lane[subject * folds + (isByYear ? year : 0)] = severity?.rawValue ?? 0
  }

  /// For each open alert what was announced of it.
  func forEachAnnounced(_ body: (_ subject: Int, _ year: Int, Severity) -> Void) {
    for index in 0..<subjects * folds {
      if let severity = Severity(rawValue: announced.lane[index]) { body(index / folds, index % folds, severity) }
    }
  }

  /// Whether a fold ends with something else than was announced of it, or with figures missing for too long.
  @inline(__always)
  private func isNews(_ subject: Int32, _ number: Int, _ slots: Range<Int>, _ end: Int) -> Bool {
    let row = Int(subject) &* width
    let last = last(row, slots)
    let known = announced.lane[Int(subject) &* folds &+ number]
    if last.firingRank != known || last.rawValue & FoldCode.stale != 0 { return true }
    return known != 0 && isByYear && exists(row, slots.upperBound..<max(end, slots.upperBound))
  }
}

/// Folds parts of one rule's rows.
private struct Folding {
  /// By slot: what the last part came to.
  let codes: Buffer<UInt8>
  private let results: Buffer<UInt8>
  private let reading: RuleReading
  private let suppressions: RuleSuppressions
  private let existence: Column.Lanes
  private let policy: FoldPolicy

  init(_ rule: Plan.RulePlan, _ engine: Engine, width: Int) {
    codes = Buffer(count: width, filler: 0)
    results = Buffer(count: width, filler: 0)
    reading = RuleReading(rule.step, engine.columns)
    suppressions = RuleSuppressions(rule, engine)
    existence = engine.columns[rule.existence].lanes
    policy = rule.policy
  }

  /// - Parameter slots: before the first of them nothing is pending.
  @inline(__always) func fold(_ row: Int, _ slots: Range<Int>) {
    let (start, exists, codes) = (existence.start(row), existence.states, codes.lane)
    if reading.isQuiet(row, slots, where: exists, from: start) {
      // A period that exists has the raw value of true, which is that of a quiet one.
      for slot in slots { codes[slot] = exists[start &+ slot] }
    } else {
      walk(row, slots)
    }
  }

  private func walk(_ row: Int, _ slots: Range<Int>) {
    let (start, exists, codes, results) = (existence.start(row), existence.states, codes.lane, results.lane)
    reading.read(row, slots, where: exists, from: start, into: results)
    var fold = Fold(policy)
    for slot in slots {
      codes[slot] =
        exists[start &+ slot] == Truth.true.rawValue
        ? fold.step(PeriodResult(rawValue: results[slot])).rawValue : FoldCode.none.rawValue
    }
    suppressions.apply(to: codes, row, slots)
  }
}
