package import RuleLanguage

extension FunctionLibrary {
  /// Every function of the language. A new one is a file in `Functions/` and a line here.
  package static let all = FunctionLibrary([
    .previous, .change, .lastYear, .changeOnYear, .growth,
    .ytd, .inMonth,
    .straightLine, .runRate, .evenProfile,
    .abs, .greater, .lesser, .rounded, .ifUnknown, .month,
    .reported, .own,
    .breach, .severity,
  ])
}
