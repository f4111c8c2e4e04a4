package import RuleLanguage

extension FunctionLibrary {
  /// Every function of the language. A new one is a file in `Functions/` and a line here.
  package static let all = FunctionLibrary([
    .previous, .change, .lastYear, .changeOnYear, .growth, .lastYearEnd, .movingAverage, .highestOf, .lowestOf,
    .cumulative,
    .ytd, .inMonth, .straightLine, .runRate, .profiled, .evenProfile, .lastYearsProfile, .remaining,
    .priceEffect, .volumeEffect, .mixEffect, .costAbovePeers, .fullYearEffect, .underlyingPosition, .paybackPeriod,
    .compounded,
    .reported, .firstReported, .restated, .asOf, .daysLate,
    .breach, .severity, .own,
    .abs, .greater, .lesser, .rounded, .ifUnknown, .month, .periodsSince,
  ])
}
