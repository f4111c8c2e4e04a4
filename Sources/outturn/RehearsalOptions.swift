import Alerting
import ArgumentParser
import Daemon
import Diagnostics
import Finance
import RuleLanguage
import Storage

/// Which ledger rules are run over: what the configuration names, or others in place of it.
struct GroundsOptions: ParsableArguments {
  @OptionGroup var configuration: ConfigurationOption
  @Option(help: "A ledger other than the configuration's.", completion: .file(extensions: ["db"]))
  var ledger: String?
  @Option(help: "A register other than the configuration's: a CSV file.", completion: .file(extensions: ["csv"]))
  var register: String?

  /// Without --config, a ledger and rules that are both named need no configuration.
  func grounds(rules: String?) throws -> Rehearsal.Grounds {
    let isEnough = ledger != nil && rules != nil && configuration.path == nil
    let (grounds, diagnostics, texts) = Rehearsal.grounds(
      Rehearsal.Places(
        configuration: isEnough ? nil : configuration.resolved, ledger: ledger, rules: rules, register: register))
    guard let grounds else { throw Complaint.couldNotRun(diagnostics, in: texts) }
    return grounds
  }
}

/// Which rules are run over which ledger.
struct RehearsalOptions: ParsableArguments {
  @OptionGroup var places: GroundsOptions
  @Option(help: "A folder of rules other than the configuration's.", completion: .directory)
  var rules: String?

  /// The options behind a command that is named to a reader.
  var again: String {
    let others = [("ledger", places.ledger), ("register", places.register), ("rules", rules)]
    return places.configuration.again
      + others.compactMap { name, value in value.map { " --\(name) \(ConfigurationOption.word($0))" } }.joined()
  }

  /// The rules and the ledger; what is wrong with any of it is all told.
  func opened() throws -> (rehearsal: Rehearsal, store: ReadOnlyStore, grounds: Rehearsal.Grounds) {
    let grounds = try places.grounds(rules: rules)
    let (rehearsal, diagnostics, texts) = Rehearsal.load(rules: grounds.rules, on: grounds)
    guard let rehearsal else { throw Complaint.couldNotRun(diagnostics, in: texts) }
    return (rehearsal, try ReadOnlyStore.opened(grounds.ledger), grounds)
  }
}

/// Which part of a ledger's history is played, and how.
struct SpanOptions: ParsableArguments {
  @Option(help: "From this day, or about this period, on: 2014-01-01, or \"2013-14 M6\".") var from: String?
  @Option(help: "To the end of this day, or up to this period.") var to: String?
  @Flag(help: "Period by period, as the ledger has each now.") var byPeriod = false

  func span(_ calendar: FinancialCalendar) throws -> ReplaySpan {
    ReplaySpan(from: try edge(from, "--from", calendar), to: try edge(to, "--to", calendar, isEnd: true))
  }

  /// Plays a ledger, and says on a terminal how far it has come.
  func replay(
    _ rehearsal: Rehearsal, of rules: Set<String>? = nil, _ doing: String, in store: ReadOnlyStore
  ) throws -> ReplayReport {
    let span = try span(rehearsal.program.calendar)
    do {
      return try store.look { snapshot in
        defer { Terminal.endProgress() }
        return try rehearsal.replay(of: rules, span, byPeriod ? .byPeriod : .asReported, in: snapshot) { done, all in
          if done % 10 == 0 { Terminal.progress("\(doing): \(done * 100 / max(all, 1))% …") }
        }
      }
    } catch let flaw as ReplaySpan.Flaw {
      throw Complaint.couldNotRun(complaint(of: flaw, rehearsal.program.calendar))
    }
  }

  private func complaint(of flaw: ReplaySpan.Flaw, _ calendar: FinancialCalendar) -> String {
    let (from, to) = (from ?? "", to ?? "")
    func has(_ extent: ReplaySpan.Extent) -> String {
      let (days, periods) = (extent.days, extent.periods)
      let known = byPeriod ? "it is played period by period" : "its drops came on"
      return "The ledger has \(calendar.label(periods.lowerBound)) to \(calendar.label(periods.upperBound)); "
        + "\(known) \(days.lowerBound) to \(days.upperBound)."
    }
    func write(_ option: String, _ edge: ReplaySpan.Edge, _ day: Day, _ period: Period) -> String {
      switch edge {
      case .day: "\(option) \(day)"
      case .period: "\(option) \"\(calendar.label(period))\""
      }
    }
    switch flaw {
    case .isReversed(let extent):
      return "--from \(from) comes after --to \(to): write them the other way round, the earlier one with --from."
        + (extent.map { " " + has($0) } ?? "")
    case .isAfter(let edge, let extent):
      return "The ledger has nothing from \(from) on. \(has(extent)) Write a --from that is in it: "
        + write("--from", edge, extent.days.upperBound, extent.periods.upperBound) + " is its last."
    case .isBefore(let edge, let extent):
      return "The ledger has nothing up to \(to). \(has(extent)) Write a --to that is in it: "
        + write("--to", edge, extent.days.lowerBound, extent.periods.lowerBound) + " is its first."
    case .isBetween(let extent):
      return "The ledger learnt nothing from \(from) to \(to). \(has(extent)) Write a longer span."
    case .hasNoHistory: return "The ledger has no figures that these rules read: there is no span of it to play."
    }
  }

  /// A day or a period; a year is all of its periods.
  private func edge(
    _ text: String?, _ option: String, _ calendar: FinancialCalendar, isEnd: Bool = false
  ) throws -> ReplaySpan.Edge? {
    guard let text else { return nil }
    if let day = Day(iso: text) { return .day(day) }
    do {
      let (period, step) = try calendar.parse(text)
      guard step == .year, period.month == 12 else { return .period(period) }
      return .period(Period(year: Int(period.year), month: isEnd ? 13 : 0))
    } catch {
      throw Complaint.couldNotRun("\(option) takes a day, as 2014-01-31, or a period: \(error)")
    }
  }
}

extension Complaint {
  /// The command could not do its work because of what a person wrote.
  static func couldNotRun(_ diagnostics: [Diagnostic], in texts: [SourceText]) -> Complaint {
    couldNotRun(TerminalRenderer(colour: Terminal.errorHasColour).render(diagnostics, in: texts).trimmedEnd)
  }
}

extension Rehearsal {
  /// The rules that are meant by name, all for none; complains of a name that no rule has.
  func rules(called names: [String]) throws -> Set<String>? {
    let known = program.rules.map(\.name)
    for name in names where !known.contains(name) {
      throw Complaint.couldNotRun(
        "There is no rule called \(Wording.quoted(name)): "
          + (Suggestion.question(name, among: known) ?? "there is \(Wording.list(known))."))
    }
    return names.isEmpty ? nil : Set(names)
  }
}
