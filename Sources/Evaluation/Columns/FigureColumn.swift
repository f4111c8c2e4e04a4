import Finance
import RuleLanguage

/// Which figures of the ledger make one column: a measure's, those that the slice lets through, for the subjects of a
/// frame that has an organisation.
struct FigureKey: Hashable {
  var measure: Int
  var slice: Slice
  var frame: Frame
  /// From when they are seen; nil for now.
  var vantage: Vantage?
}

/// A measure as the columns need it.
struct MeasureReading {
  /// How long a stated figure stands.
  enum Standing { case itsPeriod, itsYear, untilRestated }

  var measure: Measure
  var traits: MeasureTraits
  var standing: Standing
  /// What the stored whole numbers are parts of, where the measure is a quotient.
  var denominator: Int64

  init(_ measure: Measure, traits: MeasureTraits) {
    self.measure = measure
    self.traits = traits
    denominator = measure.type == .ratio || measure.type == .points ? Int64(Quotient.storedScale) : Amount.scale
    standing =
      switch (measure.isReference, measure.basis) {
      case (false, _), (true, .inPeriod), (true, .yearToDate): .itsPeriod
      case (true, .atPeriodEnd): .untilRestated
      case (true, .fullYear), (true, nil): .itsYear
      }
  }

  /// The slot whose cells these are compared with to find what is absent; nil at the year's start.
  func slotBefore(_ slot: Int) -> Int? {
    let month = slot % PeriodAxis.slotsInYear
    if month == 13 { return slot - 1 }
    let before = month - measure.step.months
    return before >= 1 ? slot - measure.step.months : nil
  }
}

extension Slice {
  func lets(_ series: Series) -> Bool {
    switch self {
    case .everything: true
    case .isValue(let dimension, let value):
      series.members.contains { $0.dimension == dimension && $0.value == value }
    case .not(let other): !other.lets(series)
    case .and(let left, let right): left.lets(series) && right.lets(series)
    case .or(let left, let right): left.lets(series) || right.lets(series)
    }
  }
}
