import ArgumentParser
import Daemon
import Diagnostics
import Drops
import RuleLanguage
import Storage

/// `outturn rules add`
struct AddRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Copies a rule pack into one's own rules; without a name, lists the packs there are.",
    discussion: """
      The pack gets a folder of its own name among the rules. All of them are checked together first, and nothing is
      written where anything is wrong, or where a file that differs would be lost.

      Examples:
        outturn rules add
        outturn rules add payments                       into the rules of the configuration
        outturn rules add ./packs/fleet --into rules     a pack by its path, into a folder

      Exit status: 0 the pack is there, 1 it was not added, 2 it could not run.
      """)

  @OptionGroup var configuration: ConfigurationOption
  @OptionGroup var output: FormatOption
  @Option(help: "The folder of rules. Otherwise that of the configuration.", completion: .directory) var into: String?
  @Flag(help: "Overwrite files of the pack that differ.") var force = false
  @Argument(help: "A pack's name, or the path of its folder.") var pack: String?

  func run() throws {
    do {
      guard let pack else { return try list() }
      guard let found = try RulePack.find(pack) else { throw try unknown(pack) }
      try add(found)
    } catch let error as StorageError {
      throw Complaint.couldNotRun("\(error.message). \(error.advice)")
    }
  }

  // MARK: The packs there are

  private struct Listed: Encodable {
    var name: String
    var folder: String
    var rules: Int
    var summary: [String]
  }

  private func list() throws {
    let packs = try RulePack.all()
    guard !packs.isEmpty else {
      throw Complaint.couldNotRun("There are no packs in \(Wording.list(RulePack.shelves)); name one by its path.")
    }
    let listed = packs.map {
      Listed(name: $0.name, folder: $0.folder, rules: $0.rules.tree.rules.count, summary: $0.summary)
    }
    guard output.format == .text else { return try printJSON(listed) }
    for pack in listed {
      print("\(pack.name.printable) (\(Wording.count(pack.rules, "rule")), \(pack.folder.printable))")
      for line in pack.summary { print("  \(line)") }
    }
    print("\nTo have one: outturn rules add NAME")
  }

  private func unknown(_ pack: String) throws -> Complaint {
    if pack.contains("/") { return .couldNotRun("There are no rules in \(pack.printable).") }
    let names = try RulePack.all().map(\.name)
    guard !names.isEmpty else {
      return .couldNotRun(
        "There is no rule pack called \(Wording.quoted(pack)), and none at all in \(Wording.list(RulePack.shelves)); name one by its path."
      )
    }
    let others = Suggestion.question(pack, among: names) ?? "there is \(Wording.list(names))."
    return .couldNotRun("There is no rule pack called \(Wording.quoted(pack)): \(others)")
  }

  // MARK: Adding one

  private func add(_ pack: RulePack) throws {
    let configuration = Configuration.load(self.configuration.resolved).configuration
    guard let folder = into ?? configuration?.rules else {
      throw Complaint.couldNotRun(
        "There is no configuration at \(self.configuration.resolved.printable) to say where the rules are: --into FOLDER does."
      )
    }
    let addition = try PackAddition(pack, into: folder)
    if addition.diagnostics.hasErrors {
      try? Findings.show(addition.diagnostics, in: addition.texts, as: .text)
      throw Complaint.found("\(pack.name.printable) was not added: nothing is written while anything is wrong.")
    }
    if addition.isNothing { return print("\(addition.folder.printable) has \(pack.name.printable) as it is.") }
    if !addition.overwritten.isEmpty, !force {
      for change in addition.overwritten {
        print(UnifiedDiff.between(change.old ?? SourceText(name: change.path, ""), change.new), terminator: "")
      }
      throw Complaint.found(
        "\(pack.name.printable) was not added: \(Wording.count(addition.overwritten.count, "file")) of yours "
          + "would be overwritten. With --force, that is done.")
    }
    try addition.write()
    print("Added \(pack.name.printable) to \(folder.printable):")
    for change in addition.changes where !change.isNothing { print("  \(change.path.printable)") }
    print("\nNext:")
    for (number, step) in steps(after: addition, in: folder, configuration).enumerated() {
      print("  \(number + 1). \(step)")
    }
  }

  /// What is left to do before the rules see a figure.
  private func steps(after addition: PackAddition, in folder: String, _ configuration: Configuration?) -> [String] {
    let read = Set(configuration?.sources.flatMap { Array($0.measures.names) } ?? [])
    let missing = addition.pack.rules.tree.measures.map(\.name.text).filter { !read.contains($0) }
    var steps: [String] = []
    if !missing.isEmpty {
      let reader =
        configuration == nil ? "No configuration reads" : "\(self.configuration.resolved.printable) does not read"
      var step = "\(reader) \(Wording.list(missing, "and", most: 6))."
      let sources = addition.pack.configuration?.sources.filter { !$0.measures.names.isDisjoint(with: missing) } ?? []
      if !sources.isEmpty {
        step +=
          " \(addition.pack.configurationPath.printable) shows how: "
          + (sources.count == 1 ? "source " : "sources ") + Wording.list(sources.map(\.name)) + "."
      }
      steps.append(step)
    }
    return steps + [
      "Names, limits and owners are yours to change: \(addition.folder.printable)",
      "outturn rules check \(folder.printable)", "outturn rules test \(folder.printable)",
    ]
  }
}
