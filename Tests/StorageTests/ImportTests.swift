import Foundation
import Testing

@Suite struct ImportTests {
  /// Only Storage knows what the database is. A stage has its SQL in its `Tables.swift` and writes through `Transaction`.
  @Test func onlyStorageImportsGRDB() throws {
    let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let sources = checkout.appending(path: "Sources")
    let files = try #require(FileManager.default.subpaths(atPath: sources.path)).filter { $0.hasSuffix(".swift") }
    #expect(files.contains("Storage/Store.swift"))
    let importing = try files.filter { file in
      let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
      return text.split(separator: "\n").contains { $0.contains("import GRDB") }
    }
    #expect(importing.filter { !$0.hasPrefix("Storage/") } == [])
  }
}
