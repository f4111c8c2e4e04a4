import Bookkeeping
import Daemon
import Diagnostics
import Evaluation
import Finance
import RuleLanguage
import RuleLibrary
import Storage

/// What the data has, as far as an editor shows it: values of attributes and dimensions, and last values.
final class Facts {
  /// Values of attributes and dimensions by their names.
  private(set) var values: [String: Set<String>] = [:]
  /// What the register says of an organisation; nil without a register.
  let attributes: Set<String>?
  private let grounds: Rehearsal.Grounds
  private var glimpses: [String: String] = [:]

  /// - Parameter folder: from which paths are meant.
  /// - Returns: nothing where neither is given; or why they cannot be read, in words.
  static func load(config: String?, ledger: String?, from folder: String?) -> (facts: Facts?, complaint: String?) {
    guard config != nil || ledger != nil else { return (nil, nil) }
    func resolved(_ path: String) -> String { path.hasPrefix("/") ? path : (folder ?? ".") + "/" + path }
    let (grounds, diagnostics, _) = Rehearsal.grounds(
      Rehearsal.Places(
        configuration: config.map(resolved), ledger: ledger.map(resolved), rules: config == nil ? "." : nil))
    guard let grounds else { return (nil, diagnostics.first?.message ?? "the configuration names no ledger") }
    return (Facts(grounds), nil)
  }

  private init(_ grounds: Rehearsal.Grounds) {
    self.grounds = grounds
    attributes = grounds.register.map { Set($0.attributes).union(["parent"]) }
    for attribute in grounds.register?.attributes ?? [] {
      values[attribute] = Set(grounds.register?.values(of: attribute) ?? [])
    }
    // Without a register, organisations are what returns call them.
    values["organisation"] = Set(
      grounds.register?.rows.map(\.name) ?? (try? read { try Ledger.organisations(in: $0) }) ?? [])
    values["code"] = Set(grounds.register?.codes ?? [])
    for series in (try? read { try Ledger.series(in: $0) })?.values ?? [:].values {
      for member in series.members { values[member.dimension, default: []].insert(member.value) }
    }
  }

  private func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    try ReadOnlyStore(at: grounds.ledger, migrations: Schema.migrations).read(body)
  }

  /// The ledger may say something else by now.
  func forgetLastValues() { glimpses = [:] }

  // MARK: Last values

  /// The name of the rule whose message shows a value.
  static let glimpse = "glimpse"
  /// As many subjects as a person looks at in passing.
  private static let mostShown = 6

  /// What the messages of the rule called `glimpse` in these rules say now; nil where they mean nothing.
  ///
  /// - Parameter name: where the files of tables are beside.
  func lastValues(_ rules: String, as name: String) -> String? {
    if let known = glimpses[rules] { return known.isEmpty ? nil : known }
    let found = evaluated(SourceText(name: name, rules))
    glimpses[rules] = found ?? ""
    return found
  }

  private func evaluated(_ rules: SourceText) -> String? {
    let loaded = RuleSet.load(
      files: [rules], library: .all, attributes: attributes ?? RuleSet.usualAttributes, tableFiles: RuleFolder.tableFile
    )
    guard let program = loaded.program,
      let evaluator = try? read({ try Rehearsal(program: program, on: grounds).evaluator(in: $0) })
    else { return nil }
    let subjects = evaluator.subjects(of: Self.glimpse)
    let lines = subjects.prefix(Self.mostShown).compactMap { subject -> String? in
      guard let period = evaluator.periods(of: Self.glimpse, subject).last,
        let finding = evaluator.finding(for: AlertKey(rule: Self.glimpse, subject: subject), at: period, inFull: false)
      else { return nil }
      let who = evaluator.name(of: subject, rule: Self.glimpse, at: period).printable
      return "- \(who), \(program.calendar.label(period)): \(finding.sentence.printable)"
    }
    guard !lines.isEmpty else { return nil }
    let more = subjects.count - lines.count
    return (["Last values:"] + lines + (more > 0 ? ["- … and \(more) more"] : [])).joined(separator: "\n")
  }
}
