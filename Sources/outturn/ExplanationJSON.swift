import Bookkeeping
import Daemon
import Evaluation
import Finance
import Hashing
import RuleLanguage

extension ExplanationText {
  struct JSON: Encodable {
    struct Value: Encodable {
      var shown: String
      var exact: String?
      init(_ quantity: Finding.Quantity) { (shown, exact) = (quantity.shown, quantity.exact) }
    }
    struct Line: Encodable {
      var depth: Int
      var expression: String
      var unit: String
      var value: Value
      var sources: [Int]
    }
    struct Limit: Encodable {
      var role: String
      var limit: String
      var isMet: Bool?
      var distance: Value?
    }
    struct Bound: Encodable {
      var relation: String
      var value: Value
      init(_ bound: Explanation.Bound) { (relation, value) = (bound.relation, Value(bound.value)) }
    }
    struct Way: Encodable {
      var expression: String
      var bound: Bound
      var further: Bound?
      var now: Value
      var of: String?
      var also: [Way]
      init(_ way: Explanation.Way) {
        (expression, bound, further) = (way.expression, Bound(way.bound), way.further.map(Bound.init))
        (now, of, also) = (Value(way.now), way.of, way.also.map(Way.init))
      }
    }
    struct Change: Encodable {
      var to: String
      var ways: [Way]
    }
    struct Past: Encodable {
      var period: String
      var result: String
      var watched: Value?
      var state: String
      var isStale: Bool
      var counts: String?
    }
    struct Missing: Encodable {
      var measure: String
      var expression: String
      var organisation: String
      var name: String
      var period: String
      /// Of several sources that could bring it the first.
      var source: String?
      /// What files that would bring it are called.
      var files: [String]
      /// The last day on which it was in time: 2013-12-20.
      var due: String?
    }
    struct Bounds: Encodable {
      var lowest: Value?
      var highest: Value?
      var atLeast: String
      var atMost: String
    }
    struct Source: Encodable {
      struct First: Encodable {
        var shown: String
        var drop: Int64
        var version: Int64
        var file: String
        var row: Int
        var restatements: Int
      }
      var measure: String
      var organisation: String
      var period: String
      var source: String
      var file: String
      var sha256: String
      var drop: Int64
      var version: Int64
      var firstRow: Int
      var rows: Int
      var firstReported: First?
    }
    /// `Deploy/schemas/outturn.explanation.v1.json`
    var schema = "outturn.explanation/1"
    var rule: String
    var title: String
    var file: String
    var line: Int
    var version: String
    var subject: [String]
    var name: String
    var period: String
    var result: String
    var state: String?
    var since: String?
    var openSince: String?
    var isStale: Bool
    var watched: Value?
    var sentence: String
    var detail: String?
    var arithmetic: [Line]
    var limits: [Limit]
    var changes: [Change]
    var outlook: [String]
    var missing: [Missing]
    var undefined: [String]
    var bounds: Bounds?
    var history: [Past]
    var sources: [Source]
  }

  var json: JSON {
    let (explanation, rule) = (verdict.explanation, verdict.rule)
    let finding = explanation.finding
    return JSON(
      rule: rule.name, title: rule.title, file: rule.file, line: rule.line, version: rule.version,
      subject: explanation.key.subject.keys, name: explanation.name, period: label(finding.period), result: result,
      state: explanation.state?.word, since: explanation.state?.levelSince.map(label),
      openSince: explanation.state?.since.map(label),
      isStale: explanation.state?.isStale ?? false, watched: finding.watched.map(JSON.Value.init),
      sentence: finding.sentence, detail: finding.detail,
      arithmetic: finding.arithmetic.map {
        JSON.Line(
          depth: $0.depth, expression: $0.expression, unit: $0.unit, value: JSON.Value($0.value), sources: $0.sources)
      },
      limits: explanation.limits.map {
        JSON.Limit(role: $0.role.word, limit: $0.words, isMet: $0.isMet, distance: $0.distance.map(JSON.Value.init))
      },
      changes: explanation.changes.map {
        JSON.Change(to: $0.outcome.words, ways: $0.ways.map(JSON.Way.init))
      },
      outlook: explanation.outlook,
      missing: explanation.missing.map {
        JSON.Missing(
          measure: $0.measure, expression: $0.expression, organisation: $0.organisation, name: $0.name,
          period: label($0.period), source: verdict.sources[$0.measure]?.first?.name,
          files: verdict.sources[$0.measure]?.flatMap(\.files) ?? [], due: $0.due?.description)
      },
      undefined: explanation.undefined,
      bounds: explanation.bounds.map {
        JSON.Bounds(
          lowest: $0.lowest.map(JSON.Value.init), highest: $0.highest.map(JSON.Value.init),
          atLeast: $0.mildest?.word ?? "nothing breached", atMost: $0.gravest?.word ?? "nothing breached")
      },
      history: explanation.history.map {
        JSON.Past(
          period: label($0.period), result: $0.unknown == nil ? $0.severity?.word ?? "nothing breached" : "not known",
          watched: $0.watched.map(JSON.Value.init), state: $0.state.word, isStale: $0.state.isStale, counts: $0.counts)
      },
      sources: finding.sources.enumerated().map(source))
  }

  private func source(_ number: Int, _ source: Finding.Source) -> JSON.Source {
    let arrival = verdict.drops[source.drop]?.arrival
    return JSON.Source(
      measure: source.measure, organisation: source.organisation, period: label(source.period), source: source.source,
      file: arrival?.name ?? "", sha256: arrival.map { hexadecimal($0.sha256) } ?? "", drop: source.drop,
      version: source.version, firstRow: source.firstRow, rows: source.rows,
      firstReported: verdict.firstStated[number].map { first in
        JSON.Source.First(
          shown: stated(first, source), drop: first.drop, version: first.version, file: file(first.drop),
          row: first.firstRow, restatements: first.restatements)
      })
  }
}
