import Diagnostics
import Foundation
import RuleLanguage
import RuleLibrary
import TestKit
import Testing

/// Whatever a file holds, checking it ends soon, says where, and never traps. `OUTTURN_FUZZ=600` goes on for ten minutes;
/// `OUTTURN_FUZZ_SEED` runs one seed again.
@Suite(.serialized) struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let duration = Duration.seconds(environment["OUTTURN_FUZZ"].flatMap(Int.init) ?? 3)
  private static let seed = environment["OUTTURN_FUZZ_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...UInt64.max)
  /// Of one file of at most 60 kB, in a debug build on a busy machine.
  private static let longest = Duration.seconds(5)

  private static let corpus: [[UInt8]] = {
    var files = [Array(ExampleTests.text.utf8)]
    for name in DiagnosticTests.names {
      let bytes = (try? Data(contentsOf: DiagnosticTests.folder.appending(path: name))) ?? Data()
      files.append(Array(bytes[..<(bytes.range(of: Data(DiagnosticTests.line.utf8))?.lowerBound ?? bytes.endIndex)]))
    }
    let rules = FileManager.default.enumerator(at: ShippedRulesTests.root, includingPropertiesForKeys: nil)
    for case let url as URL in rules ?? .init() where url.pathExtension == "rules" {
      files.append(Array((try? Data(contentsOf: url)) ?? Data()))
    }
    return files
  }()

  @Test func whateverIsInAFile() throws {
    var mutator = Mutator(seed: Self.seed, corpus: Self.corpus)
    let clock = ContinuousClock()
    let end = clock.now + Self.duration
    var count = 0
    while clock.now < end {
      let bytes = mutator.next()
      count += 1
      let took = cpuTime { check(bytes, "seed \(Self.seed), input \(count)") }
      #expect(took < Self.longest, "seed \(Self.seed), input \(count), \(bytes.count) bytes took \(took)")
    }
    #expect(count > 10)
  }

  private func check(_ bytes: [UInt8], _ what: String) {
    let source = SourceText(name: "fuzzed.rules", bytes: bytes)
    let loaded = RuleSet.load(files: [source], library: .all)
    let found = loaded.diagnostics + loaded.lints(today: DiagnosticTests.today)
    #expect(found.filter { $0.severity == .error }.count <= 201, "\(what)")
    for diagnostic in found {
      let edits = diagnostic.repairs.flatMap(\.edits).map(\.span)
      for span in ([diagnostic.primary].compactMap { $0?.span } + diagnostic.secondary.map(\.span) + edits) {
        #expect(
          isWithin(span, bytes), "\(what): \(diagnostic.code) at \(span)\n\(String(decoding: bytes, as: UTF8.self))")
      }
    }
    _ = TerminalRenderer().render(found, in: loaded.texts)
    _ = Mending(found, in: loaded.texts)
    if let once = RuleSet.canonicalText(of: source, library: .all) {
      let twice = RuleSet.canonicalText(of: SourceText(name: "printed.rules", once), library: .all)
      #expect(twice == once, "\(what): what is printed is not read as the same\n\(once)")
    }
  }

  /// Inside the text, and not in the middle of a character.
  private func isWithin(_ span: Span, _ bytes: [UInt8]) -> Bool {
    guard span.text == 0, span.start >= 0, span.start <= span.end, span.end <= bytes.count else { return false }
    guard String(validating: bytes, as: UTF8.self) != nil else { return true }
    return [span.start, span.end].allSatisfy { $0 == bytes.count || bytes[Int($0)] & 0xC0 != 0x80 }
  }
}
