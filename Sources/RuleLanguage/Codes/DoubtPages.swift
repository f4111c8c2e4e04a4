extension CodePage {
  /// R5xx: doubts about rules in which nothing is wrong; R6xx: the rules beside a ledger. A comment above the rule or in
  /// it allows one: `# allow R510: small bodies are what this rule is about`.
  static let ofDoubts: [RuleCode: CodePage] = [
    .ownerMissing: CodePage(
      "Whoever gets the alert asks who decided on the limit.",
      wrong: "  red when forecast > £5m",
      right: "  red when forecast > £5m\n  owner \"financial-control\""),
    .runbookMissing: CodePage(
      "An alert that says what is wrong and not what to do is closed unread the second time.",
      wrong: "  red when forecast > £5m",
      right: "  red when forecast > £5m\n  runbook \"https://finance.example/runbooks/forecast\""),
    .testMissing: CodePage(
      "A rule that nobody has seen fire may never fire. Three figures and what they lead to show that it does.",
      wrong: """
        rule example "An example"
          for each organisation
          red when forecast > £5m
          message "{organisation}"
        """,
      right: """
        rule example "An example"
          for each organisation
          red when forecast > £5m
          message "{organisation}"

        test example "over the line"
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          expect "Wessex" at 2013-14 M6 red
        """, .declarations),
    .neverUsed: CodePage(
      "What nothing reads misleads: a reader takes it for a part of the policy.",
      wrong: "  let headroom = plan - forecast\n  watch forecast - plan\n  red above £5m",
      right: "  let headroom = plan - forecast\n  watch headroom\n  red below -£5m"),
    .baseUnguarded: CodePage(
      "A percentage of nothing, or of less than nothing, is not known. A body without a plan would never be over it.",
      wrong: "  only when forecast >= £250k\n  watch forecast / plan\n  red above 105%",
      right: "  only when forecast >= £250k\n  watch forecast / plan\n  red above 105%\n  amber when plan <= £0"),
    .divisorChangesSign: CodePage(
      "Divided by a difference that turns negative, a loss shows as a gain; near zero the result is any number.",
      wrong: "  watch forecast / (forecast - plan)\n  red above 200%",
      right: "  only when plan > £0\n  watch (forecast - plan) / plan\n  red above 5%"),
    .conditionsAsBands: CodePage(
      "A `watch` with bands shows how far the value is over the line and can clear at another one; conditions cannot.",
      wrong: "  amber when forecast > £2m\n  red when forecast > £5m",
      right: "  watch forecast\n  amber above £2m\n  red above £5m"),
    .populationWithoutKind: CodePage(
      "The register has parents and their parts, and surveys beside those they ask: together they are counted twice.",
      wrong: "  overall\n  watch sum(position over organisation)\n  red below £0",
      right: "  overall\n  watch sum(position over organisation where kind is \"PCT\")\n  red below £0"),
    .populationWithoutCoverage: CodePage(
      "A share of those who have reported is one thing with nine in ten of them and another with three in ten.",
      wrong: "  overall\n  watch share(position < £0 over organisation where kind is \"PCT\")\n  red above 20%",
      right:
        "  overall\n  watch share(position < £0 over organisation where kind is \"PCT\")\n  coverage at least 75%\n  red above 20%"
    ),
    .percentageAlone: CodePage(
      "A small body passes any percentage by a few pounds, and its alerts hide those that matter.",
      wrong: "  only when plan > £0\n  watch (forecast - plan) / plan\n  red above 5%",
      right: "  only when plan > £0 and forecast - plan >= £250k\n  watch (forecast - plan) / plan\n  red above 5%"),
    .clearsWhileBreached: CodePage(
      "Between the two bounds the rule would be over the line and back at once; the breach goes first.",
      wrong: "  watch forecast - plan\n  red above £5m\n  clears below £6m",
      right: "  watch forecast - plan\n  red above £5m\n  clears below £4m"),
    .tableWithoutOtherwise: CodePage(
      "For a kind that no row names there is no limit, and a rule that reads it knows nothing of such bodies.",
      wrong: "table limits by kind\n  \"PCT\" red £5m",
      right: "table limits by kind\n  \"PCT\"     red £5m\n  otherwise red £9m", .declarations),
    .suppressionExpired: CodePage(
      "It holds nothing back any more, and a reader thinks it does.",
      wrong:
        "  red when forecast > £5m\n  suppress when organisation is \"Wessex\" until 2013-09-30 because \"its accounts are late\"",
      right:
        "  red when forecast > £5m\n  suppress when organisation is \"Wessex\" until 2999-12-31 because \"it has no budget\""
    ),
    .allowUnused: CodePage(
      "The comment allows a warning that is not there: it was mended, or the comment stands elsewhere than the rule.",
      wrong: "  # allow R505: every body has a plan\n  watch forecast\n  red above £5m",
      right: "  watch forecast\n  red above £5m"),
    .allowUnclear: CodePage(
      "Whoever reads the rule next year wants to know why the warning does not matter here. Errors cannot be allowed.",
      wrong: "  # allow R503\n  watch forecast\n  red above £5m",
      right: "  # allow R503: tried on last year's returns by hand\n  watch forecast\n  red above £5m"),
    .thousandsBehindPoint: CodePage(
      "In much of Europe a point groups thousands. Here it stands before decimals: £1.000 is one pound.",
      wrong: "  watch forecast\n  red above £1.000", right: "  watch forecast\n  red above £1,000"),
    .columnOfFewRows: CodePage(
      "What a row does not say, it takes from `otherwise`. A column that is misspelt in one row is such a column.",
      wrong: """
        table limits by kind
          "PCT"     amber 1% rad 10%
          "CCG"     amber 2% red 4%
          otherwise amber 1% red 2%
        """,
      right: """
        table limits by kind
          "PCT"     amber 1% red 10%
          "CCG"     amber 2% red 4%
          otherwise amber 1% red 2%
        """, .declarations),
    .overrideAsValue: CodePage(
      "Inside the quotation marks, or in the first column of a file, `organisation` is a part of the value.",
      wrong: "table limits by kind\n  \"organisation Wessex\" red £5m\n  otherwise red £9m",
      right: "table limits by kind\n  organisation \"Wessex\" red £5m\n  otherwise             red £9m", .declarations),
    .amountInBrackets: CodePage(
      "Accounts write what is below zero in brackets. In a rule brackets only group: (£5m) is five million.",
      wrong: "  watch position\n  red below (£5m)", right: "  watch position\n  red below -£5m"),
    .conditionDecided: CodePage(
      "Bounds the wrong way round, a figure compared with itself, two limits that exclude each other: the rule fires always or never, "
        + "and nobody sees why.",
      wrong: "  watch forecast\n  red outside £9m to £5m", right: "  watch forecast\n  red outside £5m to £9m"),
    .thousandsInList: CodePage(
      "Between the brackets of a list a comma is between two values, so that 1,000 is 1 and 0 there.",
      wrong: "  red when patients in (1,000, 2,000)", right: "  red when patients in (1000, 2000)"),
    .valueNotInData: CodePage(
      "A kind or category that no figure and no body has is mostly a misspelt one, and the rule then watches nobody.",
      wrong: "  for each organisation where kind is \"PTC\"\n  red when forecast > £5m",
      right: "  for each organisation where kind is \"PCT\"\n  red when forecast > £5m", .ledger),
    .alwaysFires: CodePage(
      "An alert that was never off is read by nobody. Its limit is not one, or the figures are not what it takes them for.",
      wrong: "  watch forecast\n  red above £0", right: "  watch forecast - plan\n  red above £5m", .ledger),
    .neverFires: CodePage(
      "It may be a limit for a bad year that never came. It may also be in the wrong unit, or about nobody.",
      wrong: "  watch forecast\n  red above £5bn", right: "  watch forecast\n  red above £5m", .ledger),
    .measureWithoutData: CodePage(
      "Whatever reads the measure is unknown throughout. Perhaps no source delivers it, or it is called otherwise there.",
      wrong: "  red when forecast - plan > £5m and position < £0",
      right: "  red when forecast - plan > £5m", .ledger),
    .neverReports: CodePage(
      "A body that is on the register and sends nothing is missing from every share and sum without a word. One that is no more has "
        + "its last day on the register.",
      wrong: "code,name,to\nWES,Wessex,\nMER,Mercia,\nKEN,Kent,",
      right: "code,name,to\nWES,Wessex,\nMER,Mercia,\nKEN,Kent,2012-03-31", .register),
  ]
}
