import Finance
import RuleLanguage

/// A program made ready to run: its expressions as steps over columns, each after its operands.
struct Plan {
  var program: Program
  var readings: [MeasureReading]
  var frames: [Frame]
  var figures: [FigureKey]
  var steps: [Step]
  var rules: [RulePlan]
  /// The step of each node that has a column; a list of names has none.
  var stepOfNode: [NodeID: Int]
  var groupings: Set<GroupingKey>
  var populations: [NodeID: AggregateStep]
  /// From when beside now the ledger is looked at, and for which measures.
  var vantages: [Vantage: Set<Int>]
  /// Measures of which it is asked when they were first returned.
  var received: Set<Int>

  struct RulePlan {
    var step: RuleStep
    var policy: FoldPolicy
    /// A number of `frames`.
    var frame: Int
    /// The step that says which periods exist.
    var existence: Int
    var isFoldedByYear: Bool
    var suppressions: [Suppression]

    struct Suppression {
      /// A step.
      var condition: Int
      var until: Day?
      var reason: String
    }

    /// Every step that its states hang on.
    var steps: [Int] { step.steps + [existence] + suppressions.map(\.condition) }
  }
}

extension Plan {
  /// Whether all that is stated of a series is wanted: a figure is made of it, or subjects are known by it.
  func isRead(_ series: Series) -> Bool {
    frames.contains(where: \.hasDimension)
      || figures.contains { readings[$0.measure].measure.name == series.measure && $0.slice.lets(series) }
  }
}
