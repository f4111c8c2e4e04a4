import Alerting
package import Bookkeeping
import Drops
package import Evaluation
package import Finance
import Hashing
package import RuleLanguage
package import Storage

/// A verdict with everything that led to it, and the files behind its figures.
package struct ExplainedVerdict: Sendable {
  package var rule: Rule
  package var explanation: Explanation
  /// The drops that figures came from, or came from first.
  package var drops: [DropID: Drop]
  /// By the number of the finding's source: what was said first, where that has been restated.
  package var firstStated: [Int: FirstStatement]
  /// By measure, the sources that it is delivered to, where the configuration says.
  package var sources: [String: [MeasureSource]]
}

/// Where a measure's figures come from.
package struct MeasureSource: Hashable, Sendable {
  package var name: String
  /// What its files are called, with their folder: `/srv/inbox/returns/*.csv`.
  package var files: [String]
}

extension Rehearsal.Grounds {
  /// The sources that each measure is delivered to, by the measure's name, in the order of the configuration.
  package var sourcesOfMeasures: [String: [MeasureSource]] {
    let pairs = (configuration?.sources ?? []).flatMap { source in
      let files = source.files.map { "\(source.inbox)/\($0.text)" }
      return source.measures.names.map { ($0, [MeasureSource(name: source.name, files: files)]) }
    }
    return Dictionary(pairs, uniquingKeysWith: +)
  }
}

extension Rehearsal {
  /// What a rule says of a subject in a period, with all that led to it.
  ///
  /// - Returns: nil where the rule has nothing to say of the subject then.
  package func explain(
    _ rule: Rule, _ subject: Subject, at period: Period, in evaluator: Evaluator, asOf record: RecordSequence? = nil,
    sources: [String: [MeasureSource]] = [:], _ reading: some Reading
  ) throws -> ExplainedVerdict? {
    guard let explanation = evaluator.explanation(of: rule.name, subject, at: period) else { return nil }
    var verdict = ExplainedVerdict(
      rule: rule, explanation: explanation, drops: [:], firstStated: [:], sources: sources)
    for (number, source) in explanation.finding.sources.enumerated() {
      let unit = Unit(source: source.source, organisation: source.organisation, period: source.period)
      verdict.firstStated[number] = try Ledger.firstStated(source.series, of: unit, asOf: record, in: reading)
    }
    let drops = explanation.finding.sources.map(\.drop) + verdict.firstStated.values.map(\.drop)
    for id in Set(drops) { verdict.drops[id] = try Ledger.drop(id, in: reading) }
    return verdict
  }
}
