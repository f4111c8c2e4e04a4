extension CodePage {
  /// R2xx: types, units and bases.
  static let ofQuantities: [RuleCode: CodePage] = [
    .unlikeTypes: CodePage(
      "Money and heads do not add up to anything. Divide them for a unit price, or multiply a unit price by a count.",
      wrong: "  watch spent + activity\n  red above £5m",
      right: "  watch spent / activity\n  red above previous(spent / activity) * 105%"),
    .unlikeComparison: CodePage(
      "A text is the same or not, money is more or less than money: a comparison of unlike things is never what was meant.",
      wrong: "  red when kind > \"PCT\" and forecast > £5m",
      right: "  red when kind is \"PCT\" and forecast > £5m"),
    .plainNumberForMoney: CodePage(
      "`5` beside money could be five pounds or five million. An amount has its currency and its size.",
      wrong: "  watch forecast - plan\n  red above 5",
      right: "  watch forecast - plan\n  red above £5m"),
    .percentageForPoints: CodePage(
      "From 4% to 6% is two percentage points, and a rise of 50%. The difference of two percentages is in points.",
      wrong: "  watch growth(forecast) - growth(plan)\n  red above 2%",
      right: "  watch growth(forecast) - growth(plan)\n  red above 2pp"),
    .pointsForPercentage: CodePage(
      "A share is a percentage; only the difference of two percentages is in points.",
      wrong: "  watch forecast / plan\n  red above 105pp",
      right: "  watch forecast / plan\n  red above 105%"),
    .plainNumberForRatio: CodePage(
      "`0.2` beside a percentage was meant as 20% by one reader and as 0.2% by another.",
      wrong: "  watch forecast / plan\n  red above 1.05",
      right: "  watch forecast / plan\n  red above 105%"),
    .notACondition: CodePage(
      "Where something is true or not, a quantity alone says nothing: compare it.",
      wrong: "  red when forecast",
      right: "  red when forecast > £5m"),
    .noSuchProduct: CodePage(
      "Money times money is nothing that anybody has. A part of a whole is a division, a price times a count a product.",
      wrong: "  watch forecast * plan\n  red above £5m",
      right: "  watch forecast / plan\n  red above 105%"),
    .notAQuantity: CodePage(
      "Percentages of unlike bodies cannot be added up, and a text cannot be watched.",
      wrong: "  overall\n  watch sum(forecast / plan over organisation where kind is \"PCT\")\n  red above 105%",
      right: "  overall\n  watch mean(forecast / plan over organisation where kind is \"PCT\")\n  red above 105%"),
    .unlikeBases: CodePage(
      "Six months' spend against a year's plan is the mistake that spreadsheets make most: it looks half as bad as it is.",
      wrong: "  red when actual > plan",
      right: "  red when run_rate(actual) > plan"),
    .basisMissing: CodePage(
      "£10m of a month, of the year so far and of a whole year are three different things; only its declaration tells them apart.",
      wrong: "measure budget money reference", right: "measure budget money full year reference", .declarations),
    .basisUnfit: CodePage(
      "A function knows what it needs: a run rate goes on from a total to date, a running total has no month before M1.",
      wrong: "  watch run_rate(spent)\n  red above £5m",
      right: "  watch run_rate(ytd(spent))\n  red above £5m"),
    .argumentUnfit: CodePage(
      "The function does not know what to do with such a value.",
      wrong: "  watch growth(target)\n  red above 5%",
      right: "  watch change_on_year(target)\n  red above 5pp"),
    .directionUnclear: CodePage(
      "`words` says adverse or favourable, and one of them would be wrong where nothing says which way is bad news.",
      wrong: "  red when plan > £5m\n  message \"{plan | words}\"",
      right: "  red when forecast > £5m\n  message \"{forecast | words}\""),
    .formatUnfit: CodePage(
      "A size such as `m` is for amounts, a sign is said in one way, and a condition is no value to show.",
      wrong: "  red when forecast > £5m\n  message \"{forecast / plan | m}\"",
      right: "  red when forecast > £5m\n  message \"{forecast | m}\""),
    .foreignCurrency: CodePage(
      "The ledger is in one currency, and nothing is converted.",
      wrong: "  red when forecast > $5m",
      right: "  red when forecast > £5m"),
    .bareMeasure: CodePage(
      "Everybody's figures added up would count a parent and its parts twice. Say of whom, and whether they are added.",
      wrong: "  for each region\n  watch position\n  red below £0",
      right: "  for each region\n  watch sum(position over organisation where kind is \"PCT\")\n  red below £0"),
    .outOfRange: CodePage(
      "The number is none that is possible here.",
      wrong: "  watch forecast - plan\n  red above £5m\n  persists for 0 periods",
      right: "  watch forecast - plan\n  red above £5m\n  persists for 2 periods"),
    .subjectUnfit: CodePage(
      "A region has no peers and the whole has no kind: these belong to one organisation.",
      wrong: "  overall\n  watch count(peers)\n  red above 5",
      right: "  overall\n  watch count(organisation where kind is \"PCT\")\n  red above 5"),
    .columnMixed: CodePage(
      "A column of a table is one quantity: a limit of 1% for some and £1m for others cannot stand in one band.",
      wrong: """
        table limits by kind
          "PCT"     amber 1%
          otherwise amber £1m
        """,
      right: """
        table limits by kind
          "PCT"     amber 1%
          otherwise amber 2%
        """, .declarations),
  ]
}
