extension CodePage {
  /// R7xx: tests beside the rules.
  static let ofTests: [RuleCode: CodePage] = [
    .columnMissing: CodePage(
      "A figure belongs to somebody and is of something: a grid says whose and of what in columns of their own.",
      wrong: """
          given organisation | 2013-14 M6
                "Wessex"     | £6m
          expect "Wessex" at 2013-14 M6 red
        """,
      right: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
    .columnUnknown: CodePage(
      "A column is `organisation`, `measure`, what the register says of an organisation, a dimension, or a period.",
      wrong: """
          given organisation | kinds | measure  | 2013-14 M6
                "Wessex"     | "PCT" | forecast | £6m
          expect "Wessex" at 2013-14 M6 red
        """,
      right: """
          given organisation | kind  | measure  | 2013-14 M6
                "Wessex"     | "PCT" | forecast | £6m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
    .columnTwice: CodePage(
      "Of two columns for one period one would be passed over.",
      wrong: """
          given organisation | measure  | 2013-14 M6 | 2013-14 M6
                "Wessex"     | forecast | £6m        | £7m
          expect "Wessex" at 2013-14 M6 red
        """,
      right: """
          given organisation | measure  | 2013-14 M6 | 2013-14 M7
                "Wessex"     | forecast | £6m        | £7m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
    .cellUnfit: CodePage(
      "A figure is written as its measure is declared: money with its currency, a percentage with `%`.",
      wrong: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | 6
          expect "Wessex" at 2013-14 M6 quiet
        """,
      right: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
    .figureMisplaced: CodePage(
      "A figure of a quarter or a year stands in the month with which it ends, and nowhere else.",
      wrong: """
        measure budget money full year every year
        rule example "An example"
          for each organisation
          red when budget > £5m
          message "{organisation}"
        test example "over the line"
          given organisation | measure | 2013-14 M6
                "Wessex"     | budget  | £6m
          expect "Wessex" at 2013-14 M12 red
        """,
      right: """
        measure budget money full year every year
        rule example "An example"
          for each organisation
          red when budget > £5m
          message "{organisation}"
        test example "over the line"
          given organisation | measure | 2013-14 M12
                "Wessex"     | budget  | £6m
          expect "Wessex" at 2013-14 M12 red
        """, .declarations),
    .figureTwice: CodePage(
      "A grid says each figure once; a later one is a `drop` of its own.",
      wrong: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
                "Wessex"     | forecast | £7m
          expect "Wessex" at 2013-14 M6 red
        """,
      right: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          drop 2013-11-20 organisation | measure  | 2013-14 M6
                          "Wessex"     | forecast | £7m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
    .describedInTwoWays: CodePage(
      "What the register says of an organisation is one thing throughout a test.",
      wrong: """
          given organisation | kind  | measure  | 2013-14 M6
                "Wessex"     | "PCT" | forecast | £6m
                "Wessex"     | "CCG" | plan     | £5m
          expect "Wessex" at 2013-14 M6 red
        """,
      right: """
          given organisation | kind  | measure  | 2013-14 M6
                "Wessex"     | "PCT" | forecast | £6m
                             |       | plan     | £5m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
    .subjectNotGiven: CodePage(
      "Nothing is given of whom the test expects something: mostly the name is written in two ways.",
      wrong: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          expect "Wesex" at 2013-14 M6 red
        """,
      right: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
    .dropsOutOfOrder: CodePage(
      "Drops come in the order of their days, as they would have come.",
      wrong: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          drop 2013-12-20 organisation | measure  | 2013-14 M6
                          "Wessex"     | forecast | £7m
          drop 2013-11-20 organisation | measure  | 2013-14 M6
                          "Wessex"     | forecast | £8m
          expect "Wessex" at 2013-14 M6 red
        """,
      right: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          drop 2013-11-20 organisation | measure  | 2013-14 M6
                          "Wessex"     | forecast | £8m
          drop 2013-12-20 organisation | measure  | 2013-14 M6
                          "Wessex"     | forecast | £7m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
    .expectsNothing: CodePage(
      "A test that expects nothing passes whatever the rule does.",
      wrong: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
        """,
      right: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
    .expectationImpossible: CodePage(
      "The rule has no such severity, or shows no value: such a test could only fail.",
      wrong: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          expect "Wessex" at 2013-14 M6 amber
        """,
      right: """
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          expect "Wessex" at 2013-14 M6 red
        """, .test),
  ]
}
