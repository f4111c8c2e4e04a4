import Bookkeeping
package import Finance
package import RuleLanguage

/// Runs a program over the ledger: takes in what the ledger has learnt, computes again what that touches, and says
/// which alerts' standings have changed.
///
/// Live running and replay are this same thing fed with changes: a standing is a function of the ledger's visible
/// versions, the register, what was due, and the rules. Not for use from two threads at once.
package final class Evaluator {
  let plan: Plan
  /// The plan's rules by their names.
  let planNumbers: [String: Int]
  private(set) var holdings: Holdings
  private(set) var frames: Frames
  private(set) var register: Register
  /// The latest period that somebody reported, or that was due: how far time has come.
  private(set) var latest: Period?
  private let reference: Set<String>
  private let ruleNumbers: [String: Int]
  private var due: Set<DuePeriod> = []
  /// What was to be returned, and until when.
  private var expected: [ExpectedReturn: Day] = [:]
  private var years: ClosedRange<Int>?

  private(set) var engine: Engine?
  private(set) var folds: [RuleFold] = []

  /// What has come since the last run.
  private var touched = TouchedYears()
  private var touchedReturns: Set<ExpectedReturn> = []
  private var needsNewEngine = true
  /// The register is another than at first.
  private var hasNewRegister = false

  /// How many years the ledger may span: the columns are dense.
  package static let mostYears = 100

  /// - Parameters:
  ///   - rules: the names of those that are wanted; all for nil.
  ///   - traits: what a measure's source says of it, by the measure's name.
  package init(
    _ program: Program, rules: Set<String>? = nil, register: Register, traits: [String: MeasureTraits] = [:]
  ) {
    var planner = Planner(program, traits: traits)
    plan = planner.plan(rules)
    planNumbers = Dictionary(
      uniqueKeysWithValues: plan.rules.enumerated().map { (program.rules[$0.element.step.rule].name, $0.offset) })
    reference = Set(program.measures.filter(\.isReference).map(\.name))
    ruleNumbers = Dictionary(uniqueKeysWithValues: program.rules.enumerated().map { ($0.element.name, $0.offset) })
    holdings = Holdings(
      measures: Dictionary(
        uniqueKeysWithValues: plan.readings.enumerated().map { number, reading in
          (reading.measure.name, Holdings.Measure(number: number, stands: reading.standing != .itsPeriod))
        }), isRead: plan.isRead)
    self.register = register
    frames = Frames(plan.frames, register: register)
  }

  // MARK: Taking in

  /// Takes in what the ledger has learnt. The first change is the whole ledger. Nothing is computed before `run`.
  ///
  /// Figures of a year that would stretch the ledger over more than `mostYears` are passed over: a drop that speaks of
  /// them is a matter of its checks.
  package func take(_ change: LedgerChange) {
    if let register = change.register {
      self.register = register
      hasNewRegister = true
      frames.take(register)
      needsNewEngine = true
    }
    let numbers = holdings.numbers(of: change.series)
    for unit in change.touched {
      let organisation = frames.organisation(unit.organisation)
      touchReturn(unit)
      for vantage in [nil] + vantages(knowing: change).map(\.vantage) {
        let lost = holdings.forget(source: unit.source, organisation: organisation, unit.period, seen: vantage)
        for number in lost { frames.lose(number, of: organisation) }
        touch(organisation, unit.period, lost)
      }
    }
    for version in change.versions where spans(version.unit.period) {
      let organisation = frames.organisation(version.unit.organisation)
      let series = holdings.add(version, organisation: organisation, numbers: numbers, day: change.day)
      for number in series { frames.see(number, holdings.series[Int(number)], of: organisation) }
      if !series.isEmpty {
        touch(organisation, version.unit.period, series)
        touchReturn(version.unit)
      }
      // What is stated once is stated ahead of its time, too.
      let period = version.unit.period
      if latest.map({ $0 < period }) ?? true,
        series.contains(where: { !reference.contains(holdings.series[Int($0)].measure) })
      {
        latest = period
      }
    }
    takeEarlier(change, numbers)
    for period in change.due where spans(period.period) && due.insert(period).inserted {
      latest = max(latest ?? period.period, period.period)
      for organisation in organisations(of: period) { touch(organisation, period.period) }
      expect(period)
      if needsNewEngine == false { mark(period) }
    }
  }

  /// Those of the past days from which rules look at the ledger that know of a change, with what is read from there.
  private func vantages(knowing change: LedgerChange) -> [(vantage: Vantage, measures: Set<String>)] {
    plan.vantages.compactMap { vantage, measures in
      guard case .asOf(let day) = vantage, change.day.map({ $0 <= day }) ?? true else { return nil }
      return (vantage, Set(measures.map { program.measures[$0].name }))
    }
  }

  /// Takes a change into what is known from other times than now: what was first returned, and what was known on a day.
  private func takeEarlier(_ change: LedgerChange, _ numbers: SeriesNumbers) {
    guard !plan.vantages.isEmpty else { return }
    let first = Set((plan.vantages[.first] ?? []).map { program.measures[$0].name })
    let days = vantages(knowing: change)
    for version in change.versions where years?.contains(Int(version.unit.period.year)) == true {
      let organisation = frames.organisation(version.unit.organisation)
      var series = days.flatMap { vantage, measures in
        holdings.add(
          version, organisation: organisation, numbers: numbers, day: change.day, seen: vantage,
          where: { measures.contains($0.measure) })
      }
      if !first.isEmpty {
        series += holdings.addFirst(
          version, organisation: organisation, numbers: numbers, day: change.day, measures: first)
      }
      for number in series { frames.see(number, holdings.series[Int(number)], of: organisation) }
    }
  }

  /// Makes room for years that are still to come. Each that comes unexpected costs as much as the whole ledger.
  package func expect(_ years: ClosedRange<Int>) {
    _ = spans(Period(year: years.lowerBound, month: 0)) && spans(Period(year: years.upperBound, month: 0))
  }

  /// Nil for one that is not there.
  package func rule(called name: String) -> Rule? { ruleNumbers[name].map { program.rules[$0] } }

  /// - Parameter series: those of which figures have come or gone.
  private func touch(_ organisation: Int32, _ period: Period, _ series: [UInt32] = []) {
    touched.insert(period, of: organisation, stands: series.contains(where: holdings.stands))
  }

  private func touchReturn(_ unit: Unit) {
    let one = ExpectedReturn(source: unit.source, organisation: unit.organisation, period: unit.period)
    if expected[one] != nil { touchedReturns.insert(one) }
  }

  private func expect(_ due: DuePeriod) {
    guard let asked = due.asked else { return }
    for organisation in due.organisations ?? register.codes {
      let one = ExpectedReturn(source: asked.source, organisation: organisation, period: due.period)
      expected[one] = asked.deadline
      touchedReturns.insert(one)
    }
  }

  /// How a return that was due stands as of the last change; nil for one that was not.
  package func state(of one: ExpectedReturn) -> ExpectedReturn.State? {
    guard let deadline = expected[one] else { return nil }
    let cells = frames.organisationNumber(one.organisation).map { holdings.cells($0, one.period) } ?? []
    let origins = cells.map { holdings.origins[Int($0.version)] }.filter { $0.source == one.source }
    return ExpectedReturn.State(deadline: deadline, hasCome: !origins.isEmpty, came: origins.compactMap(\.day).min())
  }

  /// Stretches the years to take in a period's; false where that would be too many.
  private func spans(_ period: Period) -> Bool {
    let year = Int(period.year)
    guard let known = years else {
      years = year...year
      return true
    }
    if known.contains(year) { return true }
    let stretched = min(known.lowerBound, year)...max(known.upperBound, year)
    guard stretched.count <= Evaluator.mostYears else { return false }
    years = stretched
    needsNewEngine = true
    return true
  }

  private func organisations(of due: DuePeriod) -> [Int32] {
    (due.organisations ?? register.codes).map { frames.organisation($0) }
  }

  private func mark(_ due: DuePeriod) {
    guard let engine else { return }
    for name in due.measures {
      guard let measure = engine.ledger.measureNumber(name) else { continue }
      for organisation in organisations(of: due) where Int(organisation) < engine.frames.organisationCount {
        engine.ledger.markDue(measure: measure, organisation: Int(organisation), slot: engine.axis.slot(due.period))
      }
    }
  }

  // MARK: Running

  /// Computes what has been touched since the last run; the keys of the alerts whose standing is another than then, and
  /// after them those of returns that were due and may have come since, or are due since.
  ///
  /// - Parameter onlyNews: alerts of which nothing has to be said, by what was noted as announced, may be left out: a
  ///   replay has millions of those.
  @discardableResult
  package func run(onlyNews: Bool = false) -> [AlertKey] {
    guard let years else { return [] }
    // Another register may bring back an alert that time had gone past: what was noted does not tell.
    let onlyNews = onlyNews && !hasNewRegister
    if frames.forgetVanished() { needsNewEngine = true }
    let isGrown = engine.map { $0.frames.sizes != frames.sizes } ?? true
    let changed = needsNewEngine || isGrown ? runAnew(years, onlyNews) : runTouched(onlyNews)
    touched = TouchedYears()
    defer { touchedReturns.removeAll() }
    return changed + touchedReturns.map(\.key).sorted { $0.subject.keys.lexicographicallyPrecedes($1.subject.keys) }
  }

  private func runAnew(_ years: ClosedRange<Int>, _ onlyNews: Bool) -> [AlertKey] {
    let before = engine.map { (engine: $0, folds: folds) }
    let engine = Engine(plan, axis: PeriodAxis(years: years), frames: frames, register: register)
    self.engine = engine
    needsNewEngine = false
    for period in due { mark(period) }
    for organisation in 0..<frames.organisationCount {
      for year in years {
        engine.ledger.settle(
          organisation: organisation, year: engine.axis.slots(ofYear: year), .all, holdings: holdings, frames: frames)
      }
    }
    engine.computeAll()
    folds = plan.rules.map { rule in
      RuleFold(
        subjects: engine.axis(ofFrame: rule.frame).count, width: engine.axis.width, isByYear: rule.isFoldedByYear)
    }
    let changed = engine.foldAll(folds, onlyNews: onlyNews && before == nil)
    guard let before else { return keys(changed) }
    takeOverNotes(from: before.engine, before.folds)
    return keysDiffering(from: before.engine, before.folds)
  }

  /// Computes every expression and folds every rule again from the figures that are held in columns, and finds nothing
  /// changed: what a benchmark times.
  package func recompute() {
    guard let engine else { return }
    engine.computeAll()
    precondition(engine.foldAll(folds).allSatisfy(\.isEmpty), "the same figures fold to the same states")
  }

  private func runTouched(_ onlyNews: Bool) -> [AlertKey] {
    guard let engine else { return [] }
    let regions = engine.compute(touched, holdings: holdings)
    return keys(engine.fold(folds, regions, onlyNews: onlyNews))
  }

  // MARK: What was announced

  /// Notes the severity with which an alert is announced and open; nil once it is neither.
  package func note(_ severity: Severity?, announcedOf key: AlertKey) {
    guard let place = place(key.rule, key.subject) else { return }
    place.fold.note(severity, announcedOf: place.subject, year: key.year.map { $0 - place.engine.axis.firstYear } ?? 0)
  }

  private func takeOverNotes(from before: Engine, _ earlier: [RuleFold]) {
    guard let engine else { return }
    for (number, rule) in plan.rules.enumerated() {
      let (now, then) = (engine.axis(ofFrame: rule.frame), before.axis(ofFrame: rule.frame))
      earlier[number].forEachAnnounced { subject, year, severity in
        guard let row = now[then.subjects[subject]] else { return }
        folds[number].note(severity, announcedOf: row, year: year + before.axis.firstYear - engine.axis.firstYear)
      }
    }
  }

  // MARK: Keys

  private func keys(_ changed: [[RuleFold.Changed]]) -> [AlertKey] {
    guard let engine else { return [] }
    var keys: [AlertKey] = []
    for (rule, changes) in zip(plan.rules, changed) {
      let name = plan.program.rules[rule.step.rule].name
      let subjects = engine.axis(ofFrame: rule.frame).subjects
      for change in changes {
        keys.append(
          AlertKey(
            rule: name, subject: subjects[Int(change.subject)],
            year: rule.isFoldedByYear ? engine.axis.firstYear + Int(change.year) : nil))
      }
    }
    return keys
  }

  /// Of a new engine's alerts those that stood otherwise, or not at all, in the earlier one, and those that are gone.
  private func keysDiffering(from before: Engine, _ earlier: [RuleFold]) -> [AlertKey] {
    guard let engine else { return [] }
    var keys: [AlertKey] = []
    let years = min(engine.axis.firstYear, before.axis.firstYear)...max(engine.axis.lastYear, before.axis.lastYear)
    for (number, rule) in plan.rules.enumerated() {
      let (now, then) = (engine.axis(ofFrame: rule.frame), before.axis(ofFrame: rule.frame))
      for subject in now.subjects + then.subjects.filter({ now[$0] == nil }) {
        let (oldRow, newRow) = (then[subject], now[subject])
        let changed = yearsDiffering(years) { period in
          (
            oldRow.map { earlier[number].code($0, before.axis.slot(period)) } ?? .none,
            newRow.map { folds[number].code($0, engine.axis.slot(period)) } ?? .none
          )
        }
        let name = program.rules[rule.step.rule].name
        if rule.isFoldedByYear {
          keys += changed.map { AlertKey(rule: name, subject: subject, year: $0) }
        } else if !changed.isEmpty {
          keys.append(AlertKey(rule: name, subject: subject))
        }
      }
    }
    return keys
  }

  private func yearsDiffering(
    _ years: ClosedRange<Int>, _ codes: (Period) -> (was: FoldCode, now: FoldCode)
  ) -> [Int] {
    var comparison = RowComparison()
    var changed: [Int] = []
    for year in years {
      for month in 0..<PeriodAxis.slotsInYear {
        let (was, now) = codes(Period(year: year, month: month))
        comparison.take(was, now)
      }
      comparison.end(year: year) { changed.append($0) }
    }
    return changed
  }
}
