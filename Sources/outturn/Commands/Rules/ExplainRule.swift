import ArgumentParser
import Bookkeeping
import Daemon
import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import Storage

/// `outturn rules explain`
struct ExplainRule: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why a rule says what it says: every number with its file and row, and what would change the verdict.",
    discussion: """
      Without --at it is the subject's latest period. A rule that speaks of one subject alone needs no --subject. What
      --format json prints is described by Deploy/schemas/outturn.explanation.v1.json.

      Examples:
        outturn rules explain overspend --subject "Eastmoor ICB"
        outturn rules explain overspend --subject QE1 --at "2024-25 M8" --as-of 2024-12-20
        outturn rules explain deficits_spreading --ledger ledger.db --rules rules --register organisations.csv
      """)

  @OptionGroup var options: RehearsalOptions
  @OptionGroup var output: FormatOption
  @Argument(help: "The rule, by name.") var name: String
  @Option(help: "Whom it is about: a code or a name; values joined by commas where the rule is for each of several.")
  var subject: String?
  @Option(help: "The period, as \"2013-14 M8\".") var at: String?
  @Option(help: "As it was known at the end of this day (UTC), as 2014-02-01.") var asOf: String?

  func run() throws {
    let (rehearsal, store, grounds) = try options.opened()
    _ = try rehearsal.rules(called: [name])
    guard let rule = rehearsal.program.rules.first(where: { $0.name == name }) else { return }
    let verdict = try store.look { snapshot in
      let record = try asOf.map { try Record.sequence(atEndOf: $0, in: snapshot) }
      let evaluator = try rehearsal.evaluator(of: [name], asOf: record, in: snapshot)
      let search = SubjectSearch(evaluator, rule, rehearsal.register)
      let subject = try search.subject(subject)
      let period = try search.period(at, of: subject)
      return try rehearsal.explain(
        rule, subject, at: period, in: evaluator, asOf: record, sources: grounds.sourcesOfMeasures, snapshot)
    }
    guard let verdict else { throw Complaint.found("\(name) says nothing of that.") }
    let text = ExplanationText(verdict, rehearsal.program)
    switch output.format {
    case .text:
      print(text.text)
      if grounds.configuration != nil, grounds.register == nil { print("\nNote: \(Setup.withoutRegister.message).") }
    case .json: try printJSON(text.json)
    }
  }
}

extension Record {
  /// What was known at the end of a day.
  static func sequence(atEndOf text: String, in snapshot: Snapshot) throws -> RecordSequence {
    guard let day = Day(iso: text) else {
      throw Complaint.couldNotRun("--as-of takes a day, as 2014-02-01; not \(text.printable)")
    }
    return try sequence(at: Moment(startOf: day.advanced(days: 1)), in: snapshot)
  }
}

/// Finds whom and when a person means, among those of whom a rule has something to say.
struct SubjectSearch {
  private let evaluator: Evaluator
  private let rule: RuleLanguage.Rule
  private let register: Register
  private let subjects: [Subject]
  private var calendar: FinancialCalendar { evaluator.program.calendar }

  init(_ evaluator: Evaluator, _ rule: RuleLanguage.Rule, _ register: Register) {
    self.evaluator = evaluator
    self.rule = rule
    self.register = register
    subjects = evaluator.subjects(of: rule.name)
  }

  func subject(_ written: String?) throws -> Subject {
    guard let first = subjects.first else {
      throw Complaint.found("The ledger has no period for \(rule.name): nothing that it reads was returned by then.")
    }
    guard let written else {
      if subjects.count == 1 { return first }
      throw Complaint.couldNotRun("Whom? --subject takes a code or a name. \(speaking)")
    }
    let parts = rule.frame.keys.count < 2 ? [written] : written.split(separator: ",").map(trimmed)
    if let found = subjects.first(where: { matches($0, parts) }) { return found }
    throw Complaint.couldNotRun(
      "\(rule.name) has nothing to say of \(Wording.quoted(written)): "
        + (Suggestion.question(written, among: labels) ?? "it speaks of \(Wording.list(subjects.map(label)))."))
  }

  func period(_ written: String?, of subject: Subject) throws -> Period {
    let periods = evaluator.periods(of: rule.name, subject)
    guard let last = periods.last else { throw Complaint.found("\(rule.name) says nothing of \(label(subject)).") }
    guard let written else { return last }
    let period: Period
    do {
      period = try calendar.parse(written).period
    } catch {
      throw Complaint.couldNotRun("--at: \(error)")
    }
    guard periods.contains(period) else {
      let known = periods.map { calendar.label($0, rule.step) }
      let span = known.count < 3 ? Wording.list(known) : "\(known[0]) to \(known[known.count - 1])"
      throw Complaint.couldNotRun(
        "\(rule.name) has nothing to say of \(label(subject)) in \(Wording.quoted(written)); there is \(span).")
    }
    return period
  }

  private func matches(_ subject: Subject, _ parts: [String]) -> Bool {
    subject.keys.count == parts.count
      && zip(zip(rule.frame.keys, subject.keys), parts).allSatisfy { key, part in
        if key.1.lowercased() == part.lowercased() { return true }
        guard key.0 == .organisation, case .found(let code) = register.find(part) else { return false }
        return code == key.1
      }
  }

  private func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private func label(_ subject: Subject) -> String {
    zip(rule.frame.keys, subject.keys).map { key, value in
      guard key == .organisation, let name = register.organisation(value)?.name, name != value else { return value }
      return "\(name) (\(value))"
    }.joined(separator: ", ")
  }

  private var labels: [String] {
    subjects.flatMap { subject -> [String] in
      let names = zip(rule.frame.keys, subject.keys).map { key, value in
        key == .organisation ? register.organisation(value)?.name ?? value : value
      }
      return [subject.keys.joined(separator: ", "), names.joined(separator: ", ")]
    }
  }

  /// Those of whom it says something now, before all of them.
  private var speaking: String {
    let firing = evaluator.activeStandings().map(\.key.subject)
    guard !firing.isEmpty else { return "It speaks of \(Wording.list(subjects.map(label)))." }
    return "Over the line: \(Wording.list(firing.map(label))), of \(subjects.count)."
  }
}
