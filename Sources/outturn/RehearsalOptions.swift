import ArgumentParser
import Daemon
import Diagnostics
import RuleLanguage
import Storage

/// Which ledger rules are run over, and which rules: what the configuration names, or others in place of them.
struct RehearsalOptions: ParsableArguments {
  @OptionGroup var configuration: ConfigurationOption
  @Option(help: "A ledger other than the configuration's.", completion: .file(extensions: ["db"]))
  var ledger: String?
  @Option(help: "A folder of rules other than the configuration's.", completion: .directory)
  var rules: String?
  @Option(help: "A register other than the configuration's: a CSV file.", completion: .file(extensions: ["csv"]))
  var register: String?

  /// Without --config, a ledger and rules that are both named need no configuration.
  func grounds(rulesAreElsewhere: Bool = false) throws -> Rehearsal.Grounds {
    let isEnough = ledger != nil && (rules != nil || rulesAreElsewhere) && configuration.path == nil
    let (grounds, diagnostics, texts) = Rehearsal.grounds(
      Rehearsal.Places(
        configuration: isEnough ? nil : configuration.resolved, ledger: ledger, rules: rules ?? (isEnough ? "." : nil),
        register: register))
    guard let grounds else { throw Complaint.couldNotRun(diagnostics, in: texts) }
    return grounds
  }

  /// The rules and the ledger; what is wrong with any of it is all told.
  func opened() throws -> (rehearsal: Rehearsal, store: ReadOnlyStore, grounds: Rehearsal.Grounds) {
    let grounds = try grounds()
    let (rehearsal, diagnostics, texts) = Rehearsal.load(rules: grounds.rules, on: grounds)
    guard let rehearsal else { throw Complaint.couldNotRun(diagnostics, in: texts) }
    return (rehearsal, try ReadOnlyStore.opened(grounds.ledger), grounds)
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
