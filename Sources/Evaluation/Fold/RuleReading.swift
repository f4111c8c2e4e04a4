import Finance
import RuleLanguage

/// What a rule's tests say, subject by subject and slot by slot.
struct RuleReading {
  private let condition: Column.Lanes?
  private let onlyWhen: Column.Lanes?
  private let clears: Column.Lanes?
  private let tests: [(severity: UInt8, lanes: Column.Lanes)]
  /// Slots in which the rule is in effect.
  let effective: Range<Int>

  init(_ rule: RuleStep, _ columns: [Column], _ axis: PeriodAxis) {
    condition = rule.condition.map { columns[$0].lanes }
    onlyWhen = rule.onlyWhen.map { columns[$0].lanes }
    clears = rule.clears.map { columns[$0].lanes }
    tests = rule.tests.map { ($0.severity, columns[$0.step].lanes) }
    let from = rule.from.map { min(max(axis.slot($0), 0), axis.width) } ?? 0
    let to = rule.to.map { min(max(axis.slot($0) + 1, 0), axis.width) } ?? axis.width
    effective = from..<max(from, to)
  }

  /// Whether the rule speaks of the subject then.
  @inline(__always) func applies(_ subject: Int, _ slot: Int) -> Bool {
    condition.map { $0.truth($0.start(subject) + slot) == .true } ?? true
  }

  @inline(__always) func result(_ subject: Int, _ slot: Int) -> PeriodResult {
    var reading = PeriodResult.Reading()
    for test in tests { reading.take(test.lanes.truth(test.lanes.start(subject) + slot), at: test.severity) }
    return reading.result(
      applies: onlyWhen.map { $0.truth($0.start(subject) + slot) } ?? .true,
      clears: clears.map { $0.truth($0.start(subject) + slot) })
  }
}

// MARK: - Rules that read other rules

extension Engine {
  func breach(_ number: Int, _ rule: RuleStep, _ region: Region) {
    let result = columns[number].lanes
    read(rule, region) { row, slot, outcome in
      let index = result.start(row) + slot
      if outcome.unknownReason != 0 {
        result.setUnknown(index, outcome.unknownReason)
      } else {
        result.set(index, Truth(outcome.severityRank > 0))
      }
    }
  }

  func severity(_ number: Int, _ rule: RuleStep, _ region: Region) {
    let result = columns[number].lanes
    read(rule, region) { row, slot, outcome in
      let index = result.start(row) + slot
      if outcome.unknownReason != 0 {
        result.setUnknown(index, outcome.unknownReason)
      } else {
        result.set(index, whole: Int64(outcome.severityRank))
      }
    }
  }

  /// Where the rule does not speak of the subject, or is not in effect, nothing is breached.
  private func read(_ rule: RuleStep, _ region: Region, _ body: (Int, Int, PeriodResult) -> Void) {
    let reading = RuleReading(rule, columns, axis)
    for touch in region {
      for slot in touch.slots {
        let speaks = reading.effective.contains(slot) && reading.applies(touch.row, slot)
        body(touch.row, slot, speaks ? reading.result(touch.row, slot) : .known(severity: 0, isCleared: true))
      }
    }
  }
}
