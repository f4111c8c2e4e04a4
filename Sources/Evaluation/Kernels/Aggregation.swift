import Finance
import RuleLanguage

extension Engine {
  /// Counts, adds up or orders the members of each touched outer subject.
  func aggregate(_ number: Int, _ aggregate: AggregateStep, _ region: Region) {
    let grouping = grouping(aggregate.population.grouping)
    let result = columns[number].lanes
    let tallies = tallies[number]?.lanes
    for touch in region {
      let members = self.members(aggregate, grouping, of: touch.row, touch.slots)
      var censuses = Array(repeating: Census(), count: touch.slots.count)
      for member in members {
        for slot in touch.slots where grouping.belongs(Int(member), to: touch.row, slot) {
          count(Int(member), slot, aggregate, &censuses[slot - touch.slots.lowerBound])
        }
      }
      for slot in touch.slots {
        let index = result.start(touch.row) + slot
        let census = slot - touch.slots.lowerBound
        tallies?.set(
          index, expected: censuses[census].expected, known: censuses[census].known,
          matching: censuses[census].matching)
        censuses[census].write(aggregate, to: result, index)
      }
    }
  }

  /// Who may belong to the outer subject in these slots. What depends on the owner is then computed for those.
  func members(_ aggregate: AggregateStep, _ grouping: Grouping, of outer: Int, _ slots: Range<Int>) -> [Int32] {
    let members = grouping.candidates(outer, slots)
    guard !aggregate.owned.isEmpty else { return members }
    // A shift in time may read any slot of what is owned.
    let rows = members.map { Touch(Int($0), axis.slots) }
    for step in aggregate.owned {
      if plan.steps[step].isOwn {
        copyOwner(step, outer)
      } else {
        run(step, plan.steps[step].isShared ? [Touch(0, axis.slots)] : rows)
      }
    }
    return members
  }

  private func copyOwner(_ step: Int, _ outer: Int) {
    let operand = columns[plan.steps[step].operands[0]].lanes
    let result = columns[step].lanes
    for slot in axis.slots { result.copy(slot, from: operand, operand.start(outer) + slot) }
  }

  @inline(__always)
  private func count(_ member: Int, _ slot: Int, _ aggregate: AggregateStep, _ census: inout Census) {
    var meets = Truth.true
    if let condition = aggregate.population.condition {
      let lanes = columns[condition].lanes
      meets = lanes.truth(lanes.start(member) + slot)
      if meets == .false { return }
    }
    census.expected += 1
    if meets.isUnknown { return census.note(unknown: meets.unknownState) }
    guard let value = aggregate.value else { return census.take(.true) }
    let lanes = columns[value].lanes
    let index = lanes.start(member) + slot
    if lanes.shape == .truth {
      census.take(lanes.truth(index))
    } else {
      census.take(lanes, index, for: aggregate.aggregate)
    }
  }

  // MARK: Presence

  func presenceOfMembers(_ number: Int, _ population: PopulationStep, _ region: Region) {
    let grouping = grouping(population.grouping)
    let inner = columns[plan.steps[number].operands[0]].lanes
    let condition = population.condition.map { columns[$0].lanes }
    let result = columns[number].lanes
    for touch in region {
      let members = grouping.candidates(touch.row, touch.slots)
      for slot in touch.slots {
        let isPresent = members.contains { member in
          let member = Int(member)
          return inner.truth(inner.start(member) + slot) == .true && grouping.belongs(member, to: touch.row, slot)
            && condition.map { $0.truth($0.start(member) + slot) != .false } ?? true
        }
        result.set(result.start(touch.row) + slot, Truth(isPresent))
      }
    }
  }

  // MARK: How far a change reaches

  /// The outer subjects and slots whose population has a touched member, or whose own value is touched.
  func reach(_ aggregate: AggregateStep, outerFrame: Int, regions: [Region]) -> Region {
    let shifts = aggregate.owned.contains { plan.steps[$0].kernel.shiftsTime }
    var members: Region = []
    for input in aggregate.memberInputs {
      members = members.united(with: region(regions[input], of: input, in: aggregate.population.memberFrame))
    }
    var owners: Region = []
    for input in aggregate.ownerInputs {
      owners = owners.united(with: region(regions[input], of: input, in: outerFrame))
    }
    let reached = reach(aggregate.population.grouping, members).united(with: owners)
    return shifts ? reached.mapSlots { _ in axis.slots } : reached
  }

  func reach(_ key: GroupingKey, _ members: Region) -> Region {
    guard !members.isEmpty else { return [] }
    let grouping = grouping(key)
    var builder = RegionBuilder()
    for touch in members {
      for outer in grouping.outers(touch.row, touch.slots) { builder.add(Int(outer), touch.slots) }
    }
    return builder.region
  }
}

extension Kernel {
  var shiftsTime: Bool {
    switch self {
    case .earlier, .lastYear, .yearToDate, .inMonth, .called: true
    default: false
    }
  }
}
