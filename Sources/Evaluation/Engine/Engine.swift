import Finance
import RuleLanguage

/// The columns of a plan over one span of periods, and how they are computed: all of them at first, then what a change
/// touches. A change of the
/// register, a subject that was not there, or a year outside the span takes a new one.
final class Engine {
  let plan: Plan
  let axis: PeriodAxis
  let texts = TextTable()
  let frames: Frames
  let register: RegisterColumns
  let ledger: LedgerColumns
  /// The program's tables, by their number.
  let tables: [TableLookup]
  /// One for each step.
  let columns: [Column]
  /// Of the steps that share or count.
  let tallies: [Int: Tallies]
  private let groupings: [GroupingKey: Grouping]
  private let presence: SubjectPresence
  /// Every subject and slot, by the plan's frames.
  let everything: [Region]
  private let shifts: [Int: PeriodAxis.Shift]
  /// Of the steps that say which periods exist: the end of the last that ever did for anybody.
  let ends: Buffer<Int32>

  init(_ plan: Plan, axis: PeriodAxis, frames: Frames, register: Register) {
    self.plan = plan
    self.axis = axis
    self.frames = frames
    ends = Buffer(count: plan.steps.count, filler: 0)
    let organisations = frames[frames.organisations].subjects.map { $0.keys[0] }
    self.register = RegisterColumns(
      register, codes: organisations, axis: axis, calendar: plan.program.calendar, texts: texts)
    tables = plan.program.tables.map(TableLookup.init)
    ledger = LedgerColumns(
      keys: plan.figures, readings: plan.readings, receivedMeasures: plan.received, frames: frames, axis: axis)
    presence = SubjectPresence(frames: frames, register: self.register, axis: axis)
    everything = plan.frames.map { frame in
      .everything(subjects: frames[frames.number(of: frame)].count, width: axis.width)
    }
    var tallies: [Int: Tallies] = [:]
    var columns: [Column] = []
    var shifts: [Int: PeriodAxis.Shift] = [:]
    for (number, step) in plan.steps.enumerated() {
      let subjects = frames[frames.number(of: plan.frames[step.frame])].count
      switch step.kernel {
      case .figures(let figure):
        columns.append(ledger.figures[figure])
        continue
      case .tally(let tally):
        guard let counts = tallies[step.operands[0]] else { preconditionFailure("tallies are of a share or count") }
        columns.append(counts[tally])
        continue
      case .aggregate(let aggregate) where aggregate.aggregate.toleratesGaps:
        tallies[number] = Tallies(subjects: subjects, width: axis.width, isShared: step.isShared)
      case .earlier(let months, let staysInYear):
        shifts[number] = axis.earlier(months: months, staysInYear: staysInYear)
      case .lastYear: shifts[number] = axis.fromLastYear
      default: break
      }
      columns.append(Column(step.shape, subjects: subjects, width: axis.width, isShared: step.isShared))
    }
    self.columns = columns
    self.tallies = tallies
    self.shifts = shifts
    let reading = KeyReading(register: self.register, texts: texts, axis: axis)
    groupings = Dictionary(
      uniqueKeysWithValues: plan.groupings.map { [presence] key in
        (key, Grouping(key, frames: frames, presence: presence, reading: reading))
      })
    for number in plan.steps.indices where plan.steps[number].isLiteral { fillLiteral(number) }
  }

  func grouping(_ key: GroupingKey) -> Grouping {
    guard let grouping = groupings[key] else { preconditionFailure("a plan lists its groupings") }
    return grouping
  }

  func subjects(of step: Step) -> Int { axis(ofFrame: step.frame).count }
  /// By a frame's number in the plan.
  func axis(ofFrame frame: Int) -> SubjectAxis { frames[frames.number(of: plan.frames[frame])] }

  func isPresent(_ subject: Int, _ slot: Int, inFrame frame: Int) -> Bool {
    presence.isPresent(subject, slot, in: frames.number(of: plan.frames[frame]))
  }

  /// Every subject and slot of a step's column.
  func everything(_ step: Step) -> Region {
    step.isShared ? [Touch(0, axis.slots)] : everything[step.frame]
  }

  /// The same part of a column in another's terms: where one row serves all subjects, all are touched.
  func region(_ region: Region, of step: Int, in frame: Int) -> Region {
    guard plan.steps[step].isShared, let first = region.first else { return region }
    return (0..<axis(ofFrame: frame).count).map { Touch($0, first.slots) }
  }

  // MARK: Computing a step

  /// Computes the region of a step from its operands' columns.
  func run(_ number: Int, _ region: Region) {
    let step = plan.steps[number]
    switch step.kernel {
    case .whole, .quotient, .truth, .text, .month, .thisPeriod, .yearLookup, .due, .figures, .tally, .own: break
    case .lookup(let lookup): self.lookUp(number, lookup, region)
    case .reported(let measures): flag(number, region) { row, slot in ledger.isReported(measures, row, slot) }
    case .received(let measures): receive(number, measures, region)
    case .presence(let measures): flag(number, region) { row, slot in isThere(measures, row, slot) }
    case .anyPresence: anyPresence(number, region)
    case .presenceOfMembers(let population): presenceOfMembers(number, population, region)
    case .existence(let existence): exist(number, existence, region)
    case .attribute(let name): readAttribute(number, name, region)
    case .key(let position): readKey(number, position, region)
    case .add: binary(number).add(region)
    case .subtract: binary(number).subtract(region)
    case .multiply: binary(number).multiply(region)
    case .divide(let isPercentage): binary(number).divide(region, isPercentage: isPercentage)
    case .negate: unary(number).negate(region)
    case .absolute: unary(number).absolute(region)
    case .rounded(let decimals): unary(number).round(region, decimals: decimals)
    case .compare(let ordering): binary(number).compare(region, ordering)
    case .compareByBounds(let ordering): boundedComparison(number).compare(region, ordering)
    case .and: binary(number).and(region)
    case .or: binary(number).or(region)
    case .not: unary(number).not(region)
    case .ifUnknown: binary(number).ifUnknown(region)
    case .earlier, .lastYear:
      guard let shift = shifts[number] else { preconditionFailure("a shift is made with its step") }
      unary(number).gather(region, shift)
    case .yearToDate(let months): unary(number).runningTotal(region, months: months)
    case .inMonth(let months): unary(number).partOfTotal(region, months: months)
    case .called(let kernel, let types, let result): call(number, kernel, types, result, region)
    case .aggregate(let aggregate): self.aggregate(number, aggregate, region)
    case .breach(let rule): breach(number, rule, region)
    case .severityOf(let rule): severity(number, rule, region)
    }
  }

  private func binary(_ number: Int) -> Binary {
    let operands = plan.steps[number].operands
    return Binary(left: columns[operands[0]].lanes, right: columns[operands[1]].lanes, result: columns[number].lanes)
  }

  private func unary(_ number: Int) -> Unary {
    Unary(operand: columns[plan.steps[number].operands[0]].lanes, result: columns[number].lanes)
  }

  private func boundedComparison(_ number: Int) -> BoundedComparison {
    let operands = plan.steps[number].operands
    guard let counts = tallies[operands[0]], case .aggregate(let aggregate) = plan.steps[operands[0]].kernel else {
      preconditionFailure("bounds are of a share or count")
    }
    return BoundedComparison(
      value: columns[operands[0]].lanes, tallies: counts.lanes, bound: columns[operands[1]].lanes,
      result: columns[number].lanes, isShare: aggregate.aggregate == .share)
  }

  /// The slots from there on exist for nobody, by a step that says which do.
  func endOfExisting(_ step: Int) -> Int { Int(ends.lane[step]) }

  /// For a shift in time: which slot it reads for this one, if any.
  func slotRead(by step: Int, at slot: Int) -> Int? {
    shifts[step].map { Int($0.sources[slot]) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// Whether a step asks for a month that its year does not have: what comes before M1 of a `full year` measure.
  func leavesYear(_ step: Int, at slot: Int) -> Bool {
    shifts[step].map { $0.sources[slot] == PeriodAxis.Shift.undefined } ?? false
  }

  // MARK: How far a change reaches

  /// What of a step must be computed again when these regions of its operands have changed.
  func reach(_ number: Int, _ regions: [Region]) -> Region {
    let step = plan.steps[number]
    func operands() -> Region {
      step.operands.reduce(into: Region()) { all, operand in
        guard !regions[operand].isEmpty else { return }
        let part = step.isShared ? regions[operand] : region(regions[operand], of: operand, in: step.frame)
        all = all.united(with: part)
      }
    }
    switch step.kernel {
    case .earlier, .lastYear:
      return operands().mapSlots { shifts[number]?.readers(of: $0) }
    case .existence:
      return operands().mapSlots { _ in axis.slots }
    case .yearToDate:
      return operands().mapSlots { $0.lowerBound..<axis.yearSlots(of: $0.upperBound - 1).upperBound }
    case .inMonth(let months):
      return operands().mapSlots { $0.lowerBound..<min($0.upperBound + months, axis.width) }
    case .called(let kernel, _, _):
      switch kernel.reach {
      case .months(let months):
        return operands().mapSlots { $0.lowerBound..<axis.slot(monthsAfter: $0.upperBound, months) }
      case .anyPeriod: return operands().mapSlots { _ in axis.slots }
      }
    case .aggregate(let aggregate):
      guard step.isShared else { return reach(aggregate, outerFrame: step.frame, regions: regions) }
      return aggregate.memberInputs.reduce(into: Region()) { all, input in
        all = all.united(with: regions[input].merged)
      }
    case .presenceOfMembers(let population):
      let members = regions[step.operands[0]]
      return step.isShared ? members.merged : reach(population.grouping, members)
    default: return operands()
    }
  }
}
