extension Lint {
  /// Every lint. A new one is a file beside this one, a code with its page, and a line here.
  static let all: [Lint] = [
    .ownerMissing, .runbookMissing, .testMissing, .neverUsed,
    .redNotStricter, .clearsWhileBreached, .conditionsAsBands,
    .baseUnguarded, .divisorChangesSign, .percentageAlone,
    .populationWithoutKind, .populationWithoutCoverage,
    .tableWithoutOtherwise, .suppressionExpired,
    .thousandsBehindPoint, .amountInBrackets, .columnOfFewRows, .overrideAsValue, .conditionDecided, .thousandsInList,
  ]
}
