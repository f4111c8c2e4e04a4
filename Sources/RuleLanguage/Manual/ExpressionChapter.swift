extension Manual {
  package static let expressions = Chapter(
    title: "Expressions",
    introduction: [
      "From the loosest to the tightest: `or`, `and`, `not`, comparisons, `+ -`, `* /`, a minus before a value, a point or a slice "
        + "behind one. Parentheses say otherwise."
    ],
    pages: [
      ManualPage(
        "arithmetic", also: ["+", "-", "*", "/", "plus", "minus", "times", "divided"],
        "Adding, subtracting, multiplying and dividing quantities.",
        syntax: ["A + B", "A - B", "A * B", "A / B", "-A"],
        [
          "What is added or subtracted is of one kind and stands for the same stretch of time; two amounts divided give a percentage, "
            + "an amount by a count a unit price. The tables of operators show every pair. The minus between two values has "
            + "spaces beside it. Divided by zero is unknown."
        ],
        example: """
            only when plan > £0 and forecast - plan >= £250k
            watch (forecast - plan) / plan
            red above 5%
          """, mistakes: [.unlikeTypes, .unlikeBases, .noSuchProduct, .crampedMinus, .divisorChangesSign]),
      ManualPage(
        "comparison", also: ["=", "!=", "<", "<=", ">", ">=", "is", "is not", "compare"],
        "Compares two values of one kind.",
        syntax: ["A < B", "A <= B", "A > B", "A >= B", "A = B", "A != B", "A is B", "A is not B"],
        [
          "`is` and `=` mean the same. Texts are the same or not, and have no order; severities have one, info below amber below red. Comparisons "
            + "are joined by `and`, never chained."
        ],
        example: """
            for each organisation where kind is not "Trust"
            red when forecast - plan > £5m
          """, mistakes: [.unlikeComparison, .chainedComparison, .plainNumberForMoney, .notAName]),
      ManualPage(
        "and", also: ["or", "not", "condition"], "Joins conditions.", syntax: ["A and B", "A or B", "not A"],
        [
          "`and` binds before `or`, and `not` before both. What is decided without a part that is not known is decided: the tables of "
            + "logic below show each case."
        ],
        example: """
            red when forecast > £5m and not (plan > £4m or actual < £1m)
          """, mistakes: [.notACondition]),
      ManualPage(
        "between", "Whether a value lies between two others, both included.", syntax: ["A between LOW and HIGH"],
        ["The opposite is `not (A between LOW and HIGH)`; for a band on both sides there is `outside LOW to HIGH`."],
        example: """
            red when forecast between £1m and £5m
          """, mistakes: [.chainedComparison, .unlikeComparison]),
      ManualPage(
        "in", also: ["not in", "in (…)"], "Whether a value is one of several.",
        syntax: ["A in (B, C, …)", "A not in (B, C, …)"],
        [
          "Values between commas have no commas in themselves: `(1000, 2000)`. In a population `in same` is something else."
        ],
        example: """
            for each organisation where kind in ("PCT", "Trust")
            red when forecast > £5m
          """, mistakes: [.unlikeComparison, .valueNotInData]),
      ManualPage(
        "slice", also: ["[", "]", "[…]"], "Reads some of a measure's cells: those of one category, of some services.",
        syntax: ["EXPRESSION[CONDITION]"],
        [
          "The condition speaks of the measure's dimensions. It holds for every measure in the expression before it, so "
            + "`(forecast - plan)[category is \"acute\"]` cuts both."
        ],
        example: """
            watch (forecast - plan)[category is "acute"]
            red above £5m
          """, mistakes: [.unknownDimension, .valueNotInData]),
      ManualPage(
        "severity", also: ["breach", "severities"], "What another rule says of the same subject.",
        syntax: ["breach(RULE)", "severity(RULE) >= amber"],
        [
          "`breach(rule)` is whether it is info or worse in this period, `severity(rule)` how severe; both are the result of the period "
            + "itself, before it has persisted and whatever suppresses it. Inside a population they are of the member. Rules that "
            + "wait for each other in a circle are refused."
        ],
        example: """
          rule over_plan "Over plan"
            for each organisation
            watch forecast - plan
            amber above £1m
            red above £5m
            message "{organisation}: {watched}"

          rule many_over_plan "Many are over plan"
            overall
            watch count(severity(over_plan) >= red over organisation where kind is "PCT")
            red above 5
            message "{names(breach(over_plan) over organisation where kind is "PCT" by forecast - plan first 3)}"
          """, .declarations, mistakes: [.unknownRule, .circularRules, .unlikeSubjects]),
    ])

  package static let tables = Chapter(
    title: "Tables",
    introduction: ["A limit that differs between kinds, regions or years stands in a table, not in a rule for each."],
    pages: [
      ManualPage(
        "table", also: ["otherwise", "from", "table by year", "override", "csv"],
        "Limits and other values by kind, by region, by year; with exceptions for one organisation.",
        syntax: [
          "table NAME by ATTRIBUTE | DIMENSION | year", "  \"VALUE\"              COLUMN VALUE COLUMN VALUE …",
          "  organisation \"NAME\"  COLUMN VALUE …", "  otherwise            COLUMN VALUE …",
          "table NAME by ATTRIBUTE from \"FILE.csv\"", "NAME.COLUMN",
        ],
        [
          "A rule reads a column, `limits.red`, for its subject: the row of the organisation itself goes first (by its name or code), then that "
            + "of its kind, then `otherwise`. A row that says nothing of a column leaves it to the next; where no row says it, it is "
            + "unknown. A table `by year` has rows such as `2013-14`.",
          "The rows may stand in a CSV file beside the rule file. Its first column is what the table goes by, with `otherwise` for "
            + "the rest; a column `organisation`, with the first one empty, holds exceptions; values are written as in a rule.",
        ],
        example: """
          table limits by kind
            "PCT"                  amber 0.5% red 1%
            "Area team"            amber 2%   red 5%
            organisation "Wessex"             red 3%
            otherwise              amber 1%   red 2%

          rule over_plan "Over plan"
            for each organisation
            only when plan > £0 and forecast - plan >= £250k
            watch (forecast - plan) / plan
            amber above limits.amber
            red above limits.red
            message "{organisation}: {watched | signed}, red is from {limits.red}"

          test over_plan "its own red line, the amber one of its kind"
            given organisation | kind  | measure  | 2013-14 | 2013-14 M6 | 2013-14 M7
                  "Wessex"     | "PCT" | plan     | £100m   |            |
                               |       | forecast |         | £102m      | £104m
            expect "Wessex" at 2013-14 M6 amber "2.0%"
            expect "Wessex" at 2013-14 M7 red "4.0%"
          """, .declarations,
        mistakes: [.tableWithoutOtherwise, .unknownColumn, .columnMixed, .tableFileUnreadable, .tableFileMalformed]),
      ManualPage(
        "table from a file", also: ["table file", "table from"], "A table whose rows stand in a CSV file.",
        syntax: ["table NAME by ATTRIBUTE from \"FILE.csv\""],
        [
          "The file stands in the folder of its rule file. An empty cell leaves its column to the next row that applies. Mistakes in it are "
            + "shown with line and column, as those of rules are."
        ],
        example: """
          currency GBP
          year starts in April
          measure forecast money full year adverse high
          table limits by kind from "limits.csv"
          rule large "A large forecast"
            for each organisation
            watch forecast
            red above limits.red
            message "{organisation}: {watched}"
          ---- limits.csv
          kind,organisation,red
          PCT,,£5m
          ,Wessex,£9m
          otherwise,,£7m
          """, .file, mistakes: [.tableFileUnreadable, .tableFileMalformed, .rowUnlikeHeading]),
    ])
}
