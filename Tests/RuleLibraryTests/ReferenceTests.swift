import Evaluation
import Foundation
import RuleLibrary
import Testing

/// The reference that is kept beside the rules is the one that the code gives. `RECORD_SNAPSHOTS=1` renews it.
@Suite struct ReferenceTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Rules/REFERENCE.md")

  @Test func isUpToDate() throws {
    let now = Reference(.all, logic: TruthTables.all, fold: FoldTimeline.table).markdown
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(now.utf8).write(to: Self.file)
    } else {
      let kept = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
      #expect(kept == now, "Rules/REFERENCE.md is stale: outturn rules reference > Rules/REFERENCE.md")
    }
  }
}
