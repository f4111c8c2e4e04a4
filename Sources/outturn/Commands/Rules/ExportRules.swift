import ArgumentParser
import Daemon
import Diagnostics
import RuleLanguage
import RuleLibrary

/// `outturn rules export`
struct ExportRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "The rules of a folder as JSON, with their comments and tables; `rules import` makes the same of it.",
    discussion: """
      What it looks like is published as a JSON Schema: outturn rules schema

      Examples:
        outturn rules export Rules/payments > payments.json
        outturn rules export Rules/payments --format json | jq '.files[].declarations[] | select(.rule)'
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case json }

  @Argument(help: "The folder that the rules are in, or one rule file.", completion: .directory) var path = "."
  @Option(help: "There is one: json.") var format = Format.json

  func run() throws {
    let files = try RuleFiles.paths([path]).map(RuleFiles.read)
    let prefix = path.hasSuffix("/") ? path : path + "/"
    let named = files.map { file in
      let name = file.name.hasPrefix(prefix) ? String(file.name.dropFirst(prefix.count)) : RuleFiles.fileName(file.name)
      return SourceText(name: name, bytes: file.bytes)
    }
    let places = Dictionary(zip(named.map(\.name), files.map(\.name)), uniquingKeysWith: { first, _ in first })
    let (json, diagnostics) = RuleExchange.export(named, library: .all) { name, ruleFile in
      RuleFolder.tableFile(name, beside: places[ruleFile] ?? ruleFile)
    }
    try Findings.show(diagnostics, in: files, as: .text)
    if let json { print(json, terminator: "") }
  }
}
