import Dispatch
package import Evaluation
package import Finance
import Foundation
package import RuleLanguage
import Synchronization

/// A part of a history, taken in at once.
package struct ReplayStep: Sendable {
  package var change: LedgerChange
  /// The drop that it came from; nil where it is a period of the ledger as it stands now.
  package var drop: Int64?
  package var time: Moment

  package init(change: LedgerChange, drop: Int64? = nil, time: Moment) {
    self.change = change
    self.drop = drop
    self.time = time
  }
}

/// A whole history played into rules. However many rules there are, the columns of a few hundred of them are in memory at
/// a time: the rules are taken in portions, on all processors, each through the whole history.
package struct ReplayRun: Sendable {
  private let program: Program
  private let register: Register
  private let traits: [String: MeasureTraits]
  private let span: ReplaySpan
  /// Rules by name.
  private let portions: [Set<String>]
  private let years: ClosedRange<Int>?

  /// Of all columns that are in memory at a time.
  private static let mostBytes = 1 << 30
  /// What one rule takes for a subject and period, as measured over rules that share most of their expressions.
  private static let bytesOfRule = 16
  /// Below this it is not worth reading the history more than once.
  private static let fewBytes = 32 << 20

  /// - Parameters:
  ///   - rules: these alone; all for nil.
  ///   - years: those that the history speaks of.
  package init(
    _ program: Program, rules: Set<String>? = nil, register: Register, traits: [String: MeasureTraits] = [:],
    span: ReplaySpan = ReplaySpan(), years: ClosedRange<Int>?
  ) {
    self.program = program
    self.register = register
    self.traits = traits
    self.span = span
    self.years = years
    let names = program.rules.map(\.name).filter { rules?.contains($0) ?? true }
    let elements = max(register.codes.count, 1) * (years?.count ?? 1) * 14
    let (perRule, processors) = (elements * ReplayRun.bytesOfRule, ReplayRun.processors)
    let count =
      names.count * perRule <= ReplayRun.fewBytes
      ? 1 : max(processors, (names.count * perRule * processors - 1) / ReplayRun.mostBytes + 1)
    let size = max(1, (names.count + count - 1) / count)
    portions = stride(from: 0, to: max(names.count, 1), by: size).map { Set(names[$0..<min($0 + size, names.count)]) }
  }

  private static let processors = ProcessInfo.processInfo.activeProcessorCount

  /// Plays the steps, oldest first.
  ///
  /// - Parameter progress: called now and then with the steps done and to do; from any thread, one call at a time.
  package func report(on steps: [ReplayStep], progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in })
    -> ReplayReport
  {
    let steps = steps.prefix { !span.isOver(at: $0.time) }
    let done = Mutex(0)
    let reports = Mutex([ReplayReport?](repeating: nil, count: portions.count))
    let kept = max(ReplayReport.mostKept / portions.count, 1)
    DispatchQueue.concurrentPerform(iterations: portions.count) { number in
      var replay = Replay(program, rules: portions[number], register: register, traits: traits, years: years)
      var report = ReplayReport(span, keeping: kept)
      for step in steps {
        report.take(replay.take(step.change, from: step.drop, at: step.time))
        if report.isFull { replay.fallSilent() }
        done.withLock { done in
          done += 1
          progress(done, steps.count * portions.count)
        }
      }
      reports.withLock { $0[number] = report }
    }
    return ReplayReport(joining: reports.withLock { $0.compactMap(\.self) }, span)
  }
}
