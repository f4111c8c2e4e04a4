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

/// A whole history played into rules. However many rules there are, only so many of their columns are in memory at a
/// time: the rules are taken in portions, on all processors, each through the whole history.
package struct ReplayRun: Sendable {
  private let program: Program
  private let rules: Set<String>?
  private let register: Register
  private let traits: [String: MeasureTraits]
  private let span: ReplaySpan
  private let years: ClosedRange<Int>?
  private let columnBytes: Int

  /// - Parameters:
  ///   - rules: these alone, without what the program itself reports; all for nil.
  ///   - years: those that the history speaks of.
  ///   - columnBytes: of all columns that are in memory at a time.
  package init(
    _ program: Program, rules: Set<String>? = nil, register: Register, traits: [String: MeasureTraits] = [:],
    span: ReplaySpan = ReplaySpan(), years: ClosedRange<Int>?, columnBytes: Int = 64 << 20
  ) {
    self.program = program
    self.rules = rules
    self.register = register
    self.traits = traits
    self.span = span
    self.years = years
    self.columnBytes = columnBytes
  }

  /// Plays the steps, oldest first.
  ///
  /// - Parameter progress: called now and then with the steps done and to do; from any thread, one call at a time.
  package func report(on steps: [ReplayStep], progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in })
    -> ReplayReport
  {
    let steps = steps.prefix { !span.isOver(at: $0.time) }
    let portions = portions(for: steps)
    let done = Mutex(0)
    let reports = Mutex([ReplayReport?](repeating: nil, count: portions.count))
    let kept = max(ReplayReport.mostKept / max(portions.count, 1), 1)
    DispatchQueue.concurrentPerform(iterations: portions.count) { number in
      var replay = Replay(program, rules: portions[number], register: register, traits: traits, years: years)
      var report = ReplayReport(span, keeping: kept)
      for step in steps {
        var (events, waiting) = replay.takePortion(step.change, from: step.drop, at: step.time)
        // That a return is late is seen by every portion, and said by the first; of single rules what they say is asked.
        if number > 0 || rules != nil { events.removeAll { $0.key.isReport } }
        report.take(events, rules == nil ? waiting : [:])
        if report.isFull { replay.fallSilent() }
        done.withLock { done in
          done += 1
          progress(done, steps.count * portions.count)
        }
      }
      reports.withLock { $0[number] = report }
    }
    return ReplayReport(
      joining: reports.withLock { $0.compactMap(\.self) }, on: steps, span, rules: program.rules.map(\.name),
      Writing(program, register: register, .sentence) { _ in nil })
  }

  private func portions(for steps: ArraySlice<ReplayStep>) -> [Set<String>] {
    let series = steps.reduce(into: Set<Series>()) { all, step in all.formUnion(step.change.series.values) }
    let portions = Portions(
      program, rules: rules, register: register, years: years?.count ?? 1, series: series.count)
    let (bytes, processors) = (portions.bytes, ProcessInfo.processInfo.activeProcessorCount)
    // It is not worth reading the history more than once for little.
    guard bytes > columnBytes / 4 else { return portions.names(within: .max) }
    return portions.names(within: min(columnBytes, bytes) / processors)
  }
}
