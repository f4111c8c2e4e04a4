import Finance
import RuleLanguage

/// What a rule's tests say, subject by subject and slot by slot.
struct RuleReading {
  private let condition: Column.Lanes?
  private let onlyWhen: Column.Lanes?
  private let clears: Column.Lanes?
  private let tests: [Test]

  private struct Test {
    var severity: UInt8
    var lanes: Column.Lanes
  }

  init(_ rule: RuleStep, _ columns: [Column]) {
    condition = rule.condition.map { columns[$0].lanes }
    onlyWhen = rule.onlyWhen.map { columns[$0].lanes }
    clears = rule.clears.map { columns[$0].lanes }
    tests = rule.tests.map { Test(severity: $0.severity, lanes: columns[$0.step].lanes) }
  }

  /// Whether the rule speaks of the subject then; where it does not, nothing is breached.
  func applies(_ subject: Int, _ slot: Int) -> Bool {
    condition.map { $0.truth($0.start(subject) + slot) == .true } ?? true
  }

  func result(_ subject: Int, _ slot: Int) -> PeriodResult {
    guard applies(subject, slot) else { return .quiet }
    var reading = PeriodResult.Reading()
    for test in tests { reading.take(test.lanes.truth(test.lanes.start(subject) + slot), at: test.severity) }
    return reading.result(
      applies: onlyWhen.map { $0.truth($0.start(subject) + slot) } ?? .true,
      clears: clears.map { $0.truth($0.start(subject) + slot) })
  }

  // MARK: A part of a row at once

  /// No test is anything but false in any period that exists, and that is what clears: there is nothing to fold.
  ///
  /// - Parameter exists: for each slot the raw value of a truth that is known.
  @inline(__always)
  func isQuiet(_ subject: Int, _ slots: Range<Int>, where exists: Lane<UInt8>, from start: Int) -> Bool {
    guard clears == nil else { return false }
    var any: UInt8 = 0
    for test in tests {
      let (states, first) = (test.lanes.states, test.lanes.start(subject))
      // All bits where the period exists, else none: no branch, so that many slots are looked at at once.
      for slot in slots { any |= states[first &+ slot] & (0 &- exists[start &+ slot]) }
    }
    return any == 0
  }

  /// The results of a row's slots, as raw bytes, by slot. Two short passes over bytes, which the processor does many of at once.
  @inline(__always)
  func read(
    _ subject: Int, _ slots: Range<Int>, where exists: Lane<UInt8>, from start: Int, into results: Lane<UInt8>
  ) {
    guard condition == nil && onlyWhen == nil && clears == nil else {
      for slot in slots where exists[start &+ slot] == Truth.true.rawValue {
        results[slot] = result(subject, slot).rawValue
      }
      return
    }
    for slot in slots { results[slot] = 0 }
    for test in tests {
      let (states, first, severity) = (test.lanes.states, test.lanes.start(subject), test.severity)
      for slot in slots {
        let (truth, gathered) = (states[first &+ slot], results[slot])
        // As in a result: the breach, a bit for each reason, and the highest severity that can't be decided.
        let breach = max(gathered & 3, truth == 1 ? severity : 0)
        let reasons = (gathered & 24) | (truth == 2 ? 8 : 0) | (truth == 3 ? 16 : 0)
        let undecided = max(gathered >> 5, truth >= 2 ? severity : 0)
        results[slot] = breach | reasons | undecided << 5
      }
    }
    for slot in slots {
      let gathered = results[slot]
      let (breach, undecided) = (gathered & 3, gathered >> 5)
      let reason: UInt8 = gathered & 8 != 0 ? 8 : gathered & 16
      let known = breach | (undecided > breach ? undecided << 5 : 0)
      results[slot] = breach != 0 ? known : reason != 0 ? reason : PeriodResult.quiet.rawValue
    }
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

  /// Where the rule is not in effect, nothing is breached.
  private func read(_ rule: RuleStep, _ region: Region, _ body: (Int, Int, PeriodResult) -> Void) {
    let reading = RuleReading(rule, columns)
    let effective = axis.slots(from: rule.from, to: rule.to)
    for touch in region {
      for slot in touch.slots {
        body(touch.row, slot, effective.contains(slot) ? reading.result(touch.row, slot) : .quiet)
      }
    }
  }
}
