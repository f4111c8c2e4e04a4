import Diagnostics
import Foundation
import Settings
import Testing

/// Every configuration that ships can be read as one; what the keys mean is tested where they are read.
@Suite struct ShippedConfigurationTests {
  static let checkout = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
  static let configurations =
    ["Deploy", "Rules"].flatMap { folder in
      FileManager.default.subpaths(atPath: checkout.appending(path: folder).path)?.map { "\(folder)/\($0)" } ?? []
    }
    .filter { $0.hasSuffix(".yaml") }

  @Test(arguments: configurations) func `is strict YAML`(path: String) throws {
    let bytes = try Data(contentsOf: Self.checkout.appending(path: path))
    let text = SourceText(name: path, bytes: Array(bytes))
    let problems = Problems()
    let node = SettingsDocument.parse(text, into: problems)
    let names = node?.entries()?.map(\.key) ?? []
    #expect(Set(["ledger", "rules", "sources", "routes", "receivers"]).isSubset(of: names))
    #expect(!problems.hasErrors, "\(TerminalRenderer().render(problems.diagnostics, in: [text]))")
  }
}
