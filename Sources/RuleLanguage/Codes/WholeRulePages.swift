extension CodePage {
  /// R4xx: how a rule, and a folder of rules, is put together.
  static let ofRulesAsAWhole: [RuleCode: CodePage] = [
    .settingMissing: CodePage(
      "Without the year's start nobody knows which month M1 is, without the currency what `£5m` is compared with.",
      wrong: """
        measure forecast money full year
        rule example "An example"
          for each organisation
          red when forecast > £5m
          message "{organisation}"
        """,
      right: """
        currency GBP
        year starts in April
        measure forecast money full year
        rule example "An example"
          for each organisation
          red when forecast > £5m
          message "{organisation}"
        """, .file),
    .noRules: CodePage(
      "A folder without rules watches nothing, which is hardly what it is for.",
      wrong: "currency GBP\nyear starts in April",
      right: """
        currency GBP
        year starts in April
        measure forecast money full year
        rule example "An example"
          for each organisation
          red when forecast > £5m
          message "{organisation}"
        """, .file),
    .clauseMissing: CodePage(
      "Every rule says whom it is about, when it fires, and what it then says.",
      wrong: "rule example \"An example\"\n  red when forecast > £5m\n  message \"{period}\"",
      right: "rule example \"An example\"\n  for each organisation\n  red when forecast > £5m\n  message \"{period}\"",
      .declarations),
    .bandWithoutWatch: CodePage(
      "A band is a stretch of the watched value: without a `watch` there is none.",
      wrong: "  red above £5m",
      right: "  watch forecast - plan\n  red above £5m"),
    .clauseTwice: CodePage(
      "Of two such clauses one would be passed over.",
      wrong: "  watch forecast - plan\n  red above £5m\n  persists for 2 periods\n  persists for 3 periods",
      right: "  watch forecast - plan\n  red above £5m\n  persists for 2 periods"),
    .readsMoreThanRegister: CodePage(
      "Who is watched must not come and go with the figures. What depends on figures stands in `only when`.",
      wrong: "  for each organisation where plan > £0\n  red when forecast > £5m",
      right: "  for each organisation where kind is \"PCT\"\n  only when plan > £0\n  red when forecast > £5m"),
    .endsBeforeItStarts: CodePage(
      "The rule would never be in force.",
      wrong: "  effective from 2014-15 to 2013-14\n  red when forecast > £5m",
      right: "  effective from 2013-14 to 2014-15\n  red when forecast > £5m"),
    .ownOutsidePopulation: CodePage(
      "`own` is the subject's value, said from inside a population; outside of one the value is its own anyway.",
      wrong: "  watch own(forecast)\n  red above £5m",
      right: "  watch count(peers where forecast > own(forecast))\n  red above 5"),
    .expandsTooFar: CodePage(
      "Lets that are built on one another, each used several times, grow beyond what can be computed. Use fewer of them.",
      wrong:
        "  let total_1 = forecast + plan\n  let total_2 = total_1 + plan\n  # … and so on\n  watch total_500\n  red above £5m",
      right: "  watch forecast + 500 * plan\n  red above £5m",
      elided: [(3...500).map { "\n  let total_\($0) = total_\($0 - 1) + plan" }.joined() + "\n  #"]),
    .redNotStricter: CodePage(
      "Where red begins at or before amber, amber never shows: mostly two numbers were swapped.",
      wrong: "  watch forecast - plan\n  amber above £5m\n  red above £2m",
      right: "  watch forecast - plan\n  amber above £2m\n  red above £5m"),
    .settingTwice: CodePage(
      "A folder is one rule set, with one currency and one start of the year. They stand once, in whichever of its files.",
      wrong: """
        currency GBP
        currency USD
        year starts in April
        measure forecast money full year
        rule example "An example"
          for each organisation
          red when forecast > £5m
          message "{organisation}"
        """,
      right: """
        currency GBP
        year starts in April
        measure forecast money full year
        rule example "An example"
          for each organisation
          red when forecast > £5m
          message "{organisation}"
        """, .file),
    .tableFileUnreadable: CodePage(
      "The table's rows stand in a file beside the rule file, and it is not there or cannot be read.",
      wrong: """
        currency GBP
        year starts in April
        measure forecast money full year
        table limits by kind from "limts.csv"
        rule example "An example"
          for each organisation
          watch forecast
          red above limits.red
          message "{organisation}"
        ---- limits.csv
        kind,red
        PCT,£1m
        """,
      right: """
        currency GBP
        year starts in April
        measure forecast money full year
        table limits by kind from "limits.csv"
        rule example "An example"
          for each organisation
          watch forecast
          red above limits.red
          message "{organisation}"
        ---- limits.csv
        kind,red
        PCT,£1m
        """, .file),
    .tableFileMalformed: CodePage(
      "The first line of the file names its columns: what the table goes by, and what it says of each.",
      wrong: """
        currency GBP
        year starts in April
        measure forecast money full year
        table limits by kind from "limits.csv"
        rule example "An example"
          for each organisation
          watch forecast
          red above limits.red
          message "{organisation}"
        ---- limits.csv
        sort,red
        PCT,£1m
        """,
      right: """
        currency GBP
        year starts in April
        measure forecast money full year
        table limits by kind from "limits.csv"
        rule example "An example"
          for each organisation
          watch forecast
          red above limits.red
          message "{organisation}"
        ---- limits.csv
        kind,red
        PCT,£1m
        """, .file),
  ]
}
