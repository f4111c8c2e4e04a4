import Daemon
import Diagnostics
import Finance
import RuleLanguage

/// `Benchmarks check RULES RUNS`: what `outturn rules check` does of a folder, but for starting.
///
/// Prints a JSON object of lists of seconds: `read` from the disk once, then as often as asked `check`, all the errors
/// and the program, and `lint`, the doubts about it.
struct Check {
  let folder: String
  let runs: Int

  init?(_ arguments: ArraySlice<String>) {
    let arguments = Array(arguments)
    guard arguments.count == 2, let runs = Int(arguments[1]) else { return nil }
    folder = arguments[0]
    self.runs = runs
  }

  func run() throws {
    var watch = Stopwatch()
    let (texts, problems) = watch.time("read") { Policy.read(folder) }
    guard problems.isEmpty else { throw Unusable(TerminalRenderer().render(problems, in: texts)) }
    for _ in 0..<runs {
      let loaded = watch.time("check") { Policy.check(texts) }
      guard loaded.program != nil else {
        throw Unusable(TerminalRenderer().render(loaded.diagnostics, in: loaded.texts))
      }
      _ = watch.time("lint") { loaded.lints(today: Clock.system.wall().day) }
    }
    print(watch.json)
  }
}
