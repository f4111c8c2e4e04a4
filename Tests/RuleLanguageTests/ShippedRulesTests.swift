import Diagnostics
import Foundation
import RuleLanguage
import RuleLibrary
import Testing

/// The rules that come with the product check clean, each folder as one set.
@Suite struct ShippedRulesTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Rules")

  /// Every folder below `Rules/` that holds rule files.
  static let sets: [String] = {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    let files = paths.filter { $0.hasSuffix(".rules") }
    return Set(files.map { ($0 as NSString).deletingLastPathComponent }).sorted()
  }()

  @Test func thereAreSome() { #expect(!Self.sets.isEmpty) }

  @Test(arguments: sets)
  func checksClean(_ set: String) throws {
    let folder = Self.root.appending(path: set)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".rules") }
      .sorted()
    let files = try names.map { name in
      SourceText(
        name: "Rules/\(set)/\(name)", bytes: Array(try Data(contentsOf: folder.appending(path: name))))
    }
    let loaded = RuleSet.load(files: files, library: .all)
    #expect(
      loaded.program != nil && loaded.diagnostics.isEmpty,
      "\n\(TerminalRenderer().render(loaded.diagnostics, in: loaded.texts))")
  }
}
