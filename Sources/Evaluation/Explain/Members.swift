import Finance
import RuleLanguage

/// The members of a population as a reader meets them: by name, those that count first.
struct Members {
  struct Member {
    var row: Int
    var name: String
  }

  let engine: Engine
  let outerFrame: Frame

  /// Everyone in the population of an outer subject in a slot whose `where` is true. What depends on the owner is
  /// computed for that subject when this returns.
  func list(_ aggregate: AggregateStep, of outer: Int, _ slot: Int) -> [Member] {
    let grouping = engine.grouping(aggregate.population.grouping)
    return engine.members(aggregate, grouping, of: outer, slot..<slot + 1).compactMap { number in
      let row = Int(number)
      guard grouping.belongs(row, to: outer, slot),
        aggregate.population.condition.map({ truth($0, row, slot) == .true }) ?? true
      else { return nil }
      return Member(row: row, name: name(row, in: aggregate.population.memberFrame, slot))
    }
  }

  /// "Newham, Barnet and 3 more": those for whom the value is true, largest first by the order, each with how its size is
  /// shown where that is asked for.
  func names(
    _ aggregate: AggregateStep, by order: Int?, first: Int?, size shown: ((Quotient) -> String)?, of outer: Int,
    _ slot: Int
  ) -> String {
    guard let value = aggregate.value else { preconditionFailure("names say what of whom") }
    let sizes = list(aggregate, of: outer, slot).compactMap { member -> (name: String, size: Quotient?)? in
      guard truth(value, member.row, slot) == .true else { return nil }
      return (member.name, order.flatMap { number($0, member.row, slot) })
    }
    let sorted = sizes.sorted { left, right in
      switch (left.size, right.size) {
      case (let one?, let other?) where one != other: one > other
      case (.some, nil): true
      case (nil, .some): false
      default: left.name < right.name
      }
    }.map { member in
      guard let shown, let size = member.size else { return member.name }
      return "\(member.name) (\(shown(size)))"
    }
    guard !sorted.isEmpty else { return "none" }
    let shown = sorted.prefix(first ?? sorted.count)
    let rest = sorted.count - shown.count
    if rest > 0 { return shown.joined(separator: ", ") + " and \(rest) more" }
    return shown.count == 1 ? shown[0] : shown.dropLast().joined(separator: ", ") + " and " + shown[shown.count - 1]
  }

  private func number(_ step: Int, _ row: Int, _ slot: Int) -> Quotient? {
    let lanes = engine.columns[step].lanes
    let index = lanes.start(row) + slot
    return lanes.unknownState(index) == 0 ? lanes.quotient(index) : nil
  }

  func truth(_ step: Int, _ row: Int, _ slot: Int) -> Truth {
    let lanes = engine.columns[step].lanes
    return lanes.truth(lanes.start(row) + slot)
  }

  private func name(_ row: Int, in frame: Int, _ slot: Int) -> String {
    let axis = engine.axis(ofFrame: frame)
    let parts = zip(axis.frame.keys, axis.subjects[row].keys).compactMap { key, value -> String? in
      // What the outer subject has as well says nothing of the member, unless it is all there is.
      if axis.frame.keys.count > 1 && outerFrame.keys.contains(key) { return nil }
      return key == .organisation ? engine.register.name(Int(axis.organisations[row]), slot) : value
    }
    return parts.joined(separator: ", ")
  }
}
