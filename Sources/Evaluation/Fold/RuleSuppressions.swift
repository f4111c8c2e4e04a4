import Finance
import RuleLanguage

/// Where a rule's suppressions hold, subject by subject and slot by slot. They hide what fires and change nothing of the
/// fold underneath, so that what still fires when they end comes back at once.
struct RuleSuppressions {
  private let parts: [Part]

  private struct Part {
    var condition: Column.Lanes
    /// Slots from here on end after the last day.
    var end: Int
  }

  init(_ rule: Plan.RulePlan, _ engine: Engine) {
    let calendar = engine.plan.program.calendar
    parts = rule.suppressions.map { suppression in
      let end = suppression.until.flatMap { last in
        engine.axis.slots.first { calendar.lastDay(engine.axis.period($0)) > last }
      }
      return Part(condition: engine.columns[suppression.condition].lanes, end: end ?? engine.axis.width)
    }
  }

  /// Which is the first to hold; an unknown condition does not.
  func first(_ subject: Int, _ slot: Int) -> Int? {
    parts.firstIndex { slot < $0.end && $0.condition.truth($0.condition.start(subject) + slot) == .true }
  }

  func apply(to codes: Lane<UInt8>, _ subject: Int, _ slots: Range<Int>) {
    for part in parts {
      let start = part.condition.start(subject)
      for slot in slots.clamped(to: 0..<part.end) where part.condition.truth(start + slot) == .true {
        codes[slot] = FoldCode(rawValue: codes[slot]).suppressed.rawValue
      }
    }
  }
}
