import Foundation
import FuzzInputs
import TestKit
import Testing

/// Whatever a file holds, checking it ends soon, says where, and never traps. `OUTTURN_FUZZ=600` goes on for ten minutes;
/// `OUTTURN_FUZZ_SEED` runs one seed again.
@Suite(.serialized) struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let duration = Duration.seconds(environment["OUTTURN_FUZZ"].flatMap(Int.init) ?? 2)
  private static let seed = environment["OUTTURN_FUZZ_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...UInt64.max)
  /// Of one file of at most 60 kB, in a debug build on a busy machine.
  private static let longest = Duration.seconds(5)

  @Test(arguments: FuzzTarget.allCases)
  func whateverIsInAFile(_ target: FuzzTarget) {
    let seeds = target.seeds(in: [DiagnosticTests.folder, ShippedRulesTests.root])
    var mutator = Mutator(seed: Self.seed, corpus: seeds)
    let clock = ContinuousClock()
    let end = clock.now + Self.duration
    var count = 0
    while clock.now < end {
      let bytes = mutator.next()
      count += 1
      var complaints: [String] = []
      let took = cpuTime { complaints = target.complaints(about: bytes) }
      #expect(
        complaints.isEmpty,
        "seed \(Self.seed), input \(count): \(complaints)\n\(String(decoding: bytes, as: UTF8.self))")
      #expect(took < Self.longest, "seed \(Self.seed), input \(count), \(bytes.count) bytes took \(took)")
    }
    #expect(count > 10)
  }
}
