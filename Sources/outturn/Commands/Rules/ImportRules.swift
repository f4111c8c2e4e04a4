import ArgumentParser
import Daemon
import Diagnostics
import RuleLanguage
import RuleLibrary
import Storage

/// `outturn rules import`
struct ImportRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Rule files from JSON, checked and laid out.",
    discussion: """
      Everything that is wrong is shown at its place in the JSON text, and nothing is written. Without a folder, a
      document of one file goes to standard output.

      Examples:
        outturn rules import payments.json --into Rules/payments
        outturn rules export Rules/payments | outturn rules import - --into /tmp/payments
        ./generate | outturn rules import - --check --format json
      """)

  @Argument(help: "The JSON file; - for standard input.", completion: .file(extensions: ["json"])) var json: String
  @Option(
    name: [.short, .customLong("into")], help: "The folder to write the rule files into.", completion: .directory)
  var folder: String?
  @Flag(help: "Write over files that are there.") var replace = false
  @Flag(help: "Write nothing; say what is wrong.") var check = false
  @Option(help: "Findings as text for reading, json for scripts, github for pull requests, sarif for code hosts.")
  var format = FindingsFormat.text

  func run() throws {
    let input =
      try json == "-"
      ? RuleFiles.readInput(limit: RuleExchange.largest) : RuleFiles.read(json, limit: RuleExchange.largest)
    let base = folder ?? "."
    let (files, diagnostics, texts) = RuleExchange.read(input, library: .all) { name, ruleFile in
      RuleFolder.tableFile(name, beside: base + "/" + ruleFile)
    }
    try Findings.show(diagnostics, in: texts, as: format)
    guard let files else { return }
    if check {
      if format == .text { print("In order: \(Wording.count(files.count, "file")).") }
    } else if let folder {
      try write(files, into: folder)
    } else if files.count == 1 {
      print(String(decoding: files[0].bytes, as: UTF8.self), terminator: "")
    } else {
      throw Complaint.couldNotRun("The document has \(files.count) files: name a folder for them with --into.")
    }
  }

  private func write(_ files: [SourceText], into folder: String) throws {
    let taken = files.map { folder + "/" + $0.name }.filter(Files.exists)
    guard replace || taken.isEmpty else {
      throw Complaint.couldNotRun(
        "\(Wording.list(taken.map(\.printable))) \(taken.count == 1 ? "is" : "are") there already; --replace writes over."
      )
    }
    do {
      for file in files {
        let path = folder + "/" + file.name
        try Files.makeFolder(Files.folder(of: path), mode: 0o755)
        try Files.replace(path, with: file.bytes)
        print(path.printable)
      }
    } catch {
      throw Complaint.couldNotRun("\(error)")
    }
  }
}
