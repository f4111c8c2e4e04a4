extension Manual {
  package static let figures = Chapter(
    title: "Units and figures",
    introduction: [
      "Every number carries its unit, and every number is an exact decimal: nothing is rounded between a file and a "
        + "threshold. A value exactly on a threshold is not above it."
    ],
    pages: [
      ManualPage(
        "money", also: ["amount", "k", "m", "bn", "unit price"],
        "An amount, with its currency and, if need be, its size.",
        syntax: ["£106,000", "£250k", "£1.5m", "£12bn", "UAH 5m"],
        [
          "k is a thousand, m a million, bn a thousand million. A comma groups three digits, a point stands before decimals, "
            + "of which there are at most four. There is no amount without a currency; a negative one has its minus first, `-£5m`.",
          "Money divided by a count is a unit price, and a unit price times a count is money again. Beside a unit price an amount "
            + "that is written out, in the rule or in a table, is one too: `watch actual / patients` and `amber above £1,250`, "
            + "`cost / patients between £900 and £1,250`, `actual > £1,250 * patients`. Money that was returned is a total and "
            + "never becomes a price by itself.",
        ],
        example: """
            watch actual
            amber above £250k
            red above £1.5m
          """, mistakes: [.malformedUnit, .malformedNumber, .plainNumberForMoney, .foreignCurrency]),
      ManualPage(
        "percentage", also: ["%", "ratio", "pp", "points", "percentage points"],
        "`2%` is a share of something, `2pp` a difference of two percentages.", syntax: ["2.5%", "1.4pp"],
        [
          "Two amounts divided by one another give a percentage. The difference of two percentages is percentage points, and "
            + "is compared with points. Beside a percentage `1` in a sum is 100%: `1 + growth(x)`."
        ],
        example: """
            only when last_year(actual) > £0 and last_year(activity) > 0
            watch growth(actual) - growth(activity)
            amber above 2pp
            red above 5pp
          """,
        mistakes: [.plainNumberForRatio, .percentageForPoints, .pointsForPercentage, .baseUnguarded]),
      ManualPage(
        "number", also: ["figures", "decimals"], "A plain number, and a count of something.",
        syntax: ["12", "1,200", "0.75"],
        [
          "A count is compared with plain numbers; money and percentages are not. `count` declares a measure of how many, and "
            + "`count(…)` counts members of a population."
        ],
        example: """
            watch activity
            amber above 1,200
            red above 1,500
          """, mistakes: [.malformedNumber, .unlikeTypes]),
      ManualPage(
        "text", also: ["quotation marks", "true", "false", "bool"],
        "A text stands in quotation marks; a condition is true, false or unknown.",
        syntax: ["\"Area team\"", "true", "false"],
        [
          "Names of organisations, kinds, regions and values of dimensions are texts, and are compared letter by letter with "
            + "`is`, `is not` and `in (…)`. What the register leaves empty is `\"\"`. A text ends on its line."
        ],
        example: """
            for each organisation where kind is "Area team" and region is not ""
            red when forecast[category in ("acute", "mental health")] > £5m
          """, mistakes: [.openText, .notAName, .unknownName, .valueNotInData]),
      ManualPage(
        "unknown", also: ["missing", "undefined", "not known", "data_gap"],
        "What was not reported, or cannot be worked out, is unknown: neither zero nor false.",
        syntax: ["if unknown …", "if_unknown(EXPRESSION, VALUE)", "reported(MEASURE)"],
        [
          "A figure that was not returned is missing; a division by zero, or a percentage of a base at or below zero, is "
            + "undefined. Either stays unknown through all that hangs on it: a sum with a missing member is unknown. What is decided "
            + "without it stays decided: `false and` an unknown is false.",
          "An unknown neither fires nor clears an alert, and counters wait. After two such periods the alert is marked stale, and "
            + "one `data_gap` is announced for the organisation. `if unknown` says otherwise for a rule.",
        ],
        example: """
            watch spent + if_unknown(previous(spent), £0)
            red above £5m
            if unknown hold for 3 periods
          """, mistakes: [.neverReports, .measureWithoutData]),
    ])

  package static let periods = Chapter(
    title: "Periods and dates",
    introduction: [
      "Everything happens in months of a financial year. Periods run without gaps: where nobody reported the period is there, "
        + "and unknown."
    ],
    pages: [
      ManualPage(
        "period", also: ["year", "m0", "m1", "m12", "m13", "periods"], "A month of a financial year, or a year.",
        syntax: ["2013-14 M8", "2013-14", "2025 M3", "2 periods"],
        [
          "M1 is the first month of the year, M12 the last, M0 the opening position and M13 the final accounts. In expressions "
            + "`period` is the one that is looked at. A year is written with both its years, or as `2025` where years start in January."
        ],
        example: """
            effective from 2013-14 M4
            only when period >= 2013-14 M6
            watch moving_average(spent, 3 periods)
            red above £5m
            message "{period}: {watched} a month"
          """, mistakes: [.malformedPeriod, .crampedMinus]),
      ManualPage(
        "date", also: ["day", "dates"], "A day: year, month, day.", syntax: ["2014-03-31"],
        [
          "Days stand in `until`, in the drops of tests, behind `as of` and in `as_of(x, date)`. Nothing in a rule reads today's date."
        ],
        example: """
            red when actual - as_of(actual, 2014-03-31) > £1m
          """, mistakes: [.malformedPeriod]),
    ])
}
