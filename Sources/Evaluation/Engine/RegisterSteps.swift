import Finance
import RuleLanguage

// Steps that read literals, the register, and who reported.

extension Engine {
  func fillLiteral(_ number: Int) {
    let lanes = columns[number].lanes
    for slot in axis.slots {
      switch plan.steps[number].kernel {
      case .whole(let value): lanes.set(slot, whole: value)
      case .quotient(let numerator, let denominator): lanes.set(slot, numerator: numerator, denominator: denominator)
      case .truth(let truth): lanes.set(slot, Truth(truth))
      case .text(let text): lanes.set(slot, whole: texts.code(text))
      case .month: lanes.set(slot, whole: Int64(axis.period(slot).month) * Amount.scale)
      case .thisPeriod: lanes.set(slot, whole: Int64(axis.period(slot).ordinal))
      case .yearLookup(let lookup):
        lanes.set(slot, lookUp(lookup, nil, organisation: nil, slot).outcome, texts)
      case .due(let measures):
        if let day = dueDay(measures, axis.period(slot)) {
          lanes.set(slot, whole: Int64(day.daysSince1970))
        } else {
          lanes.setUnknown(slot, UnknownReason.undefined.rawValue)
        }
      default: preconditionFailure("not a literal")
      }
    }
  }

  /// The earliest of the days until which the measures are to be returned; nil where none of them has one.
  func dueDay(_ measures: [Int], _ period: Period) -> Day? {
    measures.compactMap { measure in
      let reading = plan.readings[measure]
      return reading.traits.deadline?.day(of: period, reading.measure.step, plan.program.calendar)
    }.min()
  }

  func readAttribute(_ number: Int, _ name: String, _ region: Region) {
    let subjects = axis(ofFrame: plan.steps[number].frame)
    let lanes = columns[number].lanes
    for touch in region {
      let organisation = Int(subjects.organisations[touch.row])
      for slot in touch.slots {
        lanes.set(lanes.start(touch.row) + slot, whole: texts.code(register.text(name, organisation, slot)))
      }
    }
  }

  func readKey(_ number: Int, _ position: Int, _ region: Region) {
    let subjects = axis(ofFrame: plan.steps[number].frame)
    let lanes = columns[number].lanes
    for touch in region {
      let code = texts.code(subjects.subjects[touch.row].keys[position])
      for slot in touch.slots { lanes.set(lanes.start(touch.row) + slot, whole: code) }
    }
  }

  func lookUp(_ number: Int, _ lookup: LookupStep, _ region: Region) {
    let subjects = axis(ofFrame: plan.steps[number].frame)
    let keys = plan.steps[number].operands.first.map { columns[$0].lanes }
    let lanes = columns[number].lanes
    for touch in region {
      let organisation = subjects.hasOrganisation ? Int(subjects.organisations[touch.row]) : nil
      for slot in touch.slots {
        let key = keys.map { texts[$0.wholes[$0.start(touch.row) + slot]] }
        lanes.set(
          lanes.start(touch.row) + slot, lookUp(lookup, key, organisation: organisation, slot).outcome, texts)
      }
    }
  }

  /// - Parameters:
  ///   - key: what the table goes by; nil is the year.
  ///   - organisation: the subject's, where it has one.
  func lookUp(_ lookup: LookupStep, _ key: String?, organisation: Int?, _ slot: Int) -> TableLookup.Found {
    let table = tables[lookup.table]
    let names =
      table.hasOverrides
      ? organisation.map { [register.text("code", $0, slot), register.name($0, slot)] } ?? [] : []
    return table.find(
      key.map(Table.RowKey.text) ?? .year(Int(axis.period(slot).year)), organisation: names, column: lookup.column,
      as: lookup.type)
  }

  /// A truth for each organisation behind the step's subjects.
  func flag(_ number: Int, _ region: Region, _ isTrue: (_ organisation: Int, _ slot: Int) -> Bool) {
    let subjects = axis(ofFrame: plan.steps[number].frame)
    let lanes = columns[number].lanes
    for touch in region {
      let organisation = Int(subjects.organisations[touch.row])
      for slot in touch.slots { lanes.set(lanes.start(touch.row) + slot, Truth(isTrue(organisation, slot))) }
    }
  }

  /// The first day on which any of the measures was returned.
  func receive(_ number: Int, _ measures: [Int], _ region: Region) {
    let subjects = axis(ofFrame: plan.steps[number].frame)
    let lanes = columns[number].lanes
    let days = measures.compactMap { ledger.received[$0]?.lanes }
    for touch in region {
      let organisation = Int(subjects.organisations[touch.row])
      for slot in touch.slots {
        let known = days.filter { $0.unknownState($0.start(organisation) + slot) == 0 }
        if let first = known.map({ $0.wholes[$0.start(organisation) + slot] }).min() {
          lanes.set(lanes.start(touch.row) + slot, whole: first)
        } else {
          lanes.setUnknown(lanes.start(touch.row) + slot, UnknownReason.missing.rawValue)
        }
      }
    }
  }

  /// While on the register: it reported one of the measures, or was due to.
  func isThere(_ measures: [Int], _ organisation: Int, _ slot: Int) -> Bool {
    register.isPresent(organisation, slot) && measures.contains { ledger.isPresent($0, organisation, slot) }
  }

  func anyPresence(_ number: Int, _ region: Region) {
    let lanes = columns[number].lanes
    let operands = plan.steps[number].operands.map { columns[$0].lanes }
    for touch in region {
      for slot in touch.slots {
        let isAny = operands.contains { $0.truth($0.start(touch.row) + slot) == .true }
        lanes.set(lanes.start(touch.row) + slot, Truth(isAny))
      }
    }
  }

  /// From the first to the last slot in which somebody is present and the rule speaks of them: there are no gaps.
  func exist(_ number: Int, _ existence: ExistenceStep, _ region: Region) {
    let presence = columns[existence.presence].lanes
    let condition = existence.condition.map { columns[$0].lanes }
    let result = columns[number].lanes
    let effective = axis.slots(from: existence.from, to: existence.to)
    var end = endOfExisting(number)
    for touch in region {
      func isPresent(_ slot: Int) -> Bool { presence.truth(presence.start(touch.row) + slot) == .true }
      let present = effective.filter { slot in
        isPresent(slot) && existence.folds(month: slot % PeriodAxis.slotsInYear, isPresent: true)
          && condition.map { $0.truth($0.start(touch.row) + slot) == .true } ?? true
      }
      for slot in axis.slots {
        let isWithin = present.first.map { $0 <= slot } ?? false && present.last.map { slot <= $0 } ?? false
        let folds = existence.folds(month: slot % PeriodAxis.slotsInYear, isPresent: isPresent(slot))
        result.set(result.start(touch.row) + slot, Truth(isWithin && folds))
        if isWithin && folds { end = max(end, slot + 1) }
      }
    }
    ends.lane[number] = Int32(end)
  }

  // MARK: Library functions

  /// One call for each element: what a kernel reads is handed to it as values.
  func call(_ number: Int, _ kernel: SeriesKernel, _ types: [ValueType], _ type: ValueType, _ region: Region) {
    let operands = plan.steps[number].operands.map { columns[$0].lanes }
    let result = columns[number].lanes
    for touch in region {
      for slot in touch.slots {
        let outcome = kernel.evaluate(axis.period(slot), plan.program.calendar) { argument, period in
          let source = axis.slot(period)
          guard axis.slots.contains(source) else { return .unknown(.missing) }
          let lanes = operands[argument]
          return lanes.outcome(lanes.start(touch.row) + source, types[argument], texts)
        }
        result.set(result.start(touch.row) + slot, outcome, texts)
      }
    }
  }
}
