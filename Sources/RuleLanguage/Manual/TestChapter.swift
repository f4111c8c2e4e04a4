extension Manual {
  package static let tests = Chapter(
    title: "Tests",
    introduction: [
      "A test stands below its rule: figures, and what must come of them. `outturn rules test` runs them all, and `--coverage` names "
        + "the bands, conditions and clauses that none reaches."
    ],
    pages: [
      ManualPage(
        "test", "Figures and what a rule must say of them.",
        syntax: [
          "test RULE \"TITLE\"", "  given GRID", "  absent unknown|zero|unchanged", "  drop DATE GRID",
          "  expect SUBJECT at PERIOD STATE [\"VALUE\"]",
        ],
        [
          "Nothing but what the test gives is there: the register is made of its rows. A failure shows what was expected and what was found, "
            + "with the arithmetic and the states before. Rules that this one asks, by `breach(…)`, run with it."
        ],
        example: """
          rule overspend "Forecast overspend"
            for each organisation where kind is "PCT"
            watch forecast - plan
            red above £5m
            persists for 2 periods
            message "{organisation}: {watched}"

          test overspend "red in the second month over the line"
            given organisation | kind  | measure  | 2013-14 | 2013-14 M6 | 2013-14 M7
                  "Wessex"     | "PCT" | plan     | £100m   |            |
                               |       | forecast |         | £106m      | £106.5m
            expect "Wessex" at 2013-14 M6 pending red
            expect "Wessex" at 2013-14 M7 red "£6.5m"
          """, .declarations, mistakes: [.testMissing, .expectsNothing, .subjectNotGiven, .expectationImpossible]),
      ManualPage(
        "given", also: ["grid", "|"], "The figures of a test, as a table with bars between the cells.",
        syntax: [
          "given organisation | COLUMN … | measure | PERIOD | PERIOD …",
          "      \"NAME\"     | \"VALUE\"  | NAME    | FIGURE | FIGURE …",
        ],
        [
          "Columns are `organisation`; what the register says of one (`kind`, `region`, `code`, `parent`, `from`, `to`, `successors`), which a rule "
            + "with `where kind is …` needs; dimensions; `measure`; and periods. Figures are written as in rules, `£5m`, `2%`, `1,200`; a "
            + "`full year` figure that is stated once stands below its year, `2013-14`.",
          "A cell that is empty, or a `-` alone, was not returned. Below an organisation's name an empty cell stands for the same again. A row with "
            + "an organisation and no measure only says that it is on the register.",
        ],
        example: """
            given organisation | kind  | measure  | 2013-14 | 2013-14 M5 | 2013-14 M6
                  "Wessex"     | "PCT" | plan     | £5m     |            |
                               |       | forecast |         | -          | £6m
                  "Mercia"     | "PCT" |          |         |            |
            expect "Wessex" at 2013-14 M5 unknown
            expect "Wessex" at 2013-14 M6 red
          """, .test,
        mistakes: [
          .columnMissing, .columnUnknown, .columnTwice, .cellUnfit, .rowUnlikeHeading, .figureTwice,
          .describedInTwoWays,
        ]),
      ManualPage(
        "absent", also: ["left out"], "What it means in a test that a return leaves out a cell.",
        syntax: ["absent unknown | zero | unchanged"],
        [
          "A cell that the period before had, of a return that came with others and without it. `unknown`: what is added up from it is not "
            + "known. `zero`: it is £0. `unchanged`: it is what it was. In service the source says so, `absent: zero`; a test without this line goes by "
            + "the source where `outturn rules test` has a configuration at hand, in the folder of the rules or named with `--config`, and by `unknown` where it has none.",
          "Nothing of the measure for an organisation in a period is no return, and unknown whatever this says.",
        ],
        example: """
          measure paid money in period adverse high by category

          rule large "Much is paid"
            for each organisation
            watch paid
            red above £5m
            message "{organisation}: {watched}"

          test large "one of two categories is left out"
            given organisation | category | measure | 2013-14 M6 | 2013-14 M7
                  "Wessex"     | "Acute"  | paid    | £4m        | £6m
                               | "Mental" | paid    | £4m        |
            absent zero
            expect "Wessex" at 2013-14 M7 red "£6.0m"
          """, .declarations, mistakes: [.clauseTwice]),
      ManualPage(
        "drop", also: ["as of", "restatement"], "Figures that come later: a restatement, a late return.",
        syntax: ["drop DATE GRID", "expect SUBJECT at PERIOD as of DATE STATE"],
        [
          "A drop takes the place of what was given for the same organisation, measure and period, from its day on. Drops stand in the "
            + "order of their days. `as of` asks what was known at the end of a day."
        ],
        example: """
            given organisation | measure  | 2013-14 M6
                  "Wessex"     | forecast | £6m
            drop 2013-11-20 organisation | measure  | 2013-14 M6
                            "Wessex"     | forecast | £4m
            expect "Wessex" at 2013-14 M6 as of 2013-11-19 red
            expect "Wessex" at 2013-14 M6 withdrawn
          """, .test, mistakes: [.dropsOutOfOrder]),
      ManualPage(
        "expect", also: ["state", "states", "quiet", "pending", "stale", "suppressed", "withdrawn", "closed", "at"],
        "What the rule must say of a subject in a period.",
        syntax: [
          "expect \"NAME\" [and \"NAME\"] at PERIOD STATE [\"VALUE\"]", "expect overall at PERIOD STATE",
          "STATE: quiet | pending SEVERITY | info | amber | red | unknown | stale | suppressed | withdrawn | closed",
        ],
        [
          "`quiet`: nothing fires, and that is known. `pending red`: breached, and not yet for as many periods as it has to persist. "
            + "`info`, `amber`, `red`: it fires. `unknown`: what it needs was not returned; an alert that is held meanwhile is both "
            + "`red` and `unknown`. `stale`: it was not for longer than `if unknown hold for …` holds it, and `data_gap` is announced. `suppressed`: it would fire, and a suppression holds it back. `withdrawn`: a restatement took it back. "
            + "`closed`: it ended with the organisation.",
          "The text is the watched value as it is shown. A subject of several keys has its texts joined by `and`.",
        ],
        example: """
            given organisation | measure  | 2013-14 M6 | 2013-14 M7
                  "Wessex"     | forecast | £4m        | £6m
            expect "Wessex" at 2013-14 M6 quiet
            expect "Wessex" at 2013-14 M7 red
          """, .test, mistakes: [.subjectNotGiven, .expectationImpossible, .expectsNothing]),
    ])
}
