package import Evaluation
package import RuleLanguage

/// Runs the tests of a rule set.
package enum TestSuite {
  /// All of them, on so many threads at once; the outcomes in the order of the tests.
  ///
  /// - Parameters:
  ///   - program: the rule set that the tests stand in.
  ///   - traits: what a measure's source says of it, by the measure's name.
  package static func run(
    _ tests: [RuleTest], of program: Program, traits: [String: MeasureTraits] = [:], threads: Int
  ) async -> [TestOutcome] {
    // A test runs its own rule: the others would only be laid out anew for each of a thousand tests.
    var parts: [String: Program] = [:]
    for test in tests where parts[test.rule] == nil { parts[test.rule] = program.part(for: test.rule) }
    let known = parts
    return await withTaskGroup(of: [(Int, TestOutcome)].self) { group in
      // Neighbours are alike in what they cost: dealt out in turn, the threads end together.
      for thread in 0..<max(threads, 1) {
        group.addTask {
          stride(from: thread, to: tests.count, by: max(threads, 1)).map { ($0, outcome(of: tests[$0], known, traits)) }
        }
      }
      var outcomes = [TestOutcome?](repeating: nil, count: tests.count)
      for await some in group { for (number, outcome) in some { outcomes[number] = outcome } }
      return outcomes.compactMap { $0 }
    }
  }

  private static func outcome(
    of test: RuleTest, _ parts: [String: Program], _ traits: [String: MeasureTraits]
  ) -> TestOutcome {
    guard let program = parts[test.rule] else {
      preconditionFailure("the checker lets no test name a rule that is not there")
    }
    var run = TestRun(test, program, traits)
    return run.outcome()
  }
}
