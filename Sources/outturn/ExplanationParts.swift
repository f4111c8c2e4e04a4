import Diagnostics
import Evaluation
import Finance
import RuleLanguage

/// What an explanation shows wherever it stands, line by line: the arithmetic as a tree, each limit with how far it is,
/// and the periods up to this one.
struct ExplanationParts {
  let explanation: Explanation
  let label: (Period) -> String

  var arithmetic: [String] {
    TreeText.lines(
      explanation.finding.arithmetic.map { line in
        TreeText.Line(
          depth: line.depth, expression: line.expression, shown: line.value.shown, exact: line.value.exact,
          unit: line.unit, sources: line.sources)
      })
  }

  var limits: [String] {
    var table = Table([("LIMIT", .left), ("", .left), ("REACHED", .left), ("DISTANCE", .left)])
    for limit in explanation.limits {
      table.add([
        limit.role.word, limit.words.printable, limit.isMet.map { $0 ? "yes" : "no" } ?? "not known",
        limit.distance?.shown ?? "",
      ])
    }
    return table.lines
  }

  var history: [String] {
    guard !explanation.history.isEmpty else { return [] }
    var table = Table([("PERIOD", .left), ("RESULT", .left), ("WATCHED", .right), ("THEN", .left), ("COUNTS", .left)])
    for past in explanation.history {
      let result = past.unknown == nil ? past.severity?.word ?? "·" : "not known"
      table.add([
        label(past.period), result, past.watched?.shown ?? "", past.state.word + (past.state.isStale ? ", stale" : ""),
        past.counts ?? "",
      ])
    }
    return table.lines
  }
}
