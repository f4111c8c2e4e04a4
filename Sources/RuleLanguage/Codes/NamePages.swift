extension CodePage {
  /// R3xx: names.
  static let ofNames: [RuleCode: CodePage] = [
    .unknownName: CodePage(
      "A misspelt name must not pass for a figure that is always missing. A text stands in quotation marks.",
      wrong: "  watch forcast - plan\n  red above £5m",
      right: "  watch forecast - plan\n  red above £5m"),
    .declaredTwice: CodePage(
      "With two declarations nobody knows which one a rule reads.",
      wrong: "let gap = forecast - plan\nlet gap = plan - forecast",
      right: "let gap = forecast - plan\nlet headroom = plan - forecast", .declarations),
    .unknownFunction: CodePage(
      "There is no such function; `outturn help` shows one by its name.",
      wrong: "  watch runrate(actual)\n  red above £5m",
      right: "  watch run_rate(actual)\n  red above £5m"),
    .unknownDimension: CodePage(
      "A measure can be cut only by the dimensions that its figures came with: any other cut would be empty.",
      wrong: "  watch position[category is \"acute\"]\n  red below £0",
      right: "  watch forecast[category is \"acute\"]\n  red above £5m"),
    .circularLets: CodePage(
      "A let that is defined by itself has no value.",
      wrong: "let gap = forecast - excess\nlet excess = gap - plan",
      right: "let gap = forecast - plan\nlet excess = gap - £1m", .declarations),
    .circularRules: CodePage(
      "A rule that waits for its own result never has one.",
      wrong: "  red when breach(example)",
      right: "  red when forecast > £5m"),
    .unknownRule: CodePage(
      "Only a rule of the same folder can be asked for its result.",
      wrong: "  red when breach(exmaple_of_another)",
      right: "  red when forecast > £5m"),
    .unlikeSubjects: CodePage(
      "A rule about organisations has no result for a region: say which organisations of the region are meant.",
      wrong: """
        rule one "One"
          for each organisation
          red when forecast > £5m
          message "{organisation}"

        rule many "Many"
          for each region
          red when breach(one)
          message "{region}"
        """,
      right: """
        rule one "One"
          for each organisation
          red when forecast > £5m
          message "{organisation}"

        rule many "Many"
          for each region
          red when count(breach(one) over organisation where kind is "PCT") > 5
          message "{region}"
        """, .declarations),
    .unknownFormat: CodePage(
      "Formats say how a value is shown: signed, words, over_under, 0dp to 6dp, k, m, bn.",
      wrong: "  red when forecast > £5m\n  message \"{forecast | millions}\"",
      right: "  red when forecast > £5m\n  message \"{forecast | m}\""),
    .wrongArguments: CodePage(
      "The function takes more or fewer arguments; `outturn help` and its name show which.",
      wrong: "  red when growth(forecast, 2) > 5%",
      right: "  red when growth(forecast) > 5%"),
    .unknownWord: CodePage(
      "A word that the grammar does not know here would change nothing, silently.",
      wrong: "measure budget money full year referenced", right: "measure budget money full year reference",
      .declarations),
    .unknownColumn: CodePage(
      "A table is read by one of its columns.",
      wrong: """
        table limits by kind
          "PCT"     amber £1m
          otherwise amber £2m

        rule example "An example"
          for each organisation
          watch forecast - plan
          amber above limits.red
          message "{organisation}"
        """,
      right: """
        table limits by kind
          "PCT"     amber £1m
          otherwise amber £2m

        rule example "An example"
          for each organisation
          watch forecast - plan
          amber above limits.amber
          message "{organisation}"
        """, .declarations),
  ]
}
