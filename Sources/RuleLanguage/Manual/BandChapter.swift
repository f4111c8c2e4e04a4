extension Manual {
  package static let bands = Chapter(
    title: "What is watched, and when it is an alert",
    introduction: [
      "A period's result is the severest band or condition that is reached. What fires follows from the results one after the "
        + "other: see how an alert follows its periods, below."
    ],
    pages: [
      ManualPage(
        "watch", also: ["watched"], "The number that a rule bands, shows and explains.", syntax: ["watch EXPRESSION"],
        [
          "It is a quantity: money, a percentage, points, a count, a number. Bands stand beside it, in its unit. `watched` is its value, in "
            + "messages and in the conditions behind it. An alert shows it with its distance to each band, and "
            + "`outturn rules explain` with every number that it was made of."
        ],
        example: """
            only when plan > £0 and forecast - plan >= £250k
            watch (forecast - plan) / plan
            amber above 1%
            red above 2%
            message "{organisation}: {watched | signed}"
          """, mistakes: [.bandWithoutWatch, .notAQuantity, .baseUnguarded]),
      ManualPage(
        "amber", also: ["red", "info", "band", "above", "below", "at least", "at most"],
        "A band: from where on the watched value is info, amber or red.",
        syntax: [
          "info | amber | red  above | below | at least | at most  VALUE",
          "info | amber | red  outside LOW to HIGH",
          "info | amber | red  when CONDITION",
        ],
        [
          "The three severities stand in the order info, amber, red; a rule uses those that it needs. `above` and `below` leave the limit "
            + "itself out, `at least` and `at most` take it in. The limit is an expression of the same unit: a literal, a column of a "
            + "table, a `let`."
        ],
        example: """
            watch forecast - plan
            info above £0
            amber at least £1m
            red at least £5m
          """,
        mistakes: [
          .redNotStricter, .bandWithoutWatch, .expectedSomethingElse, .plainNumberForRatio, .percentageForPoints,
        ]),
      ManualPage(
        "outside", also: ["to", "outside to"], "A band on both sides: below the one limit or above the other.",
        syntax: ["info | amber | red  outside LOW to HIGH"],
        ["The limits themselves lie inside. For what may not move either way: a profile, a price, a share."],
        example: """
            only when plan > £0 and plan >= £250k
            watch (forecast - plan) / plan
            amber outside -2% to 2%
            red outside -5% to 5%
          """, mistakes: [.expectedSomethingElse, .redNotStricter]),
      ManualPage(
        "when", also: ["red when", "amber when", "info when"],
        "A condition of its own for a severity, beside the bands or in their place.",
        syntax: ["info | amber | red  when CONDITION"],
        [
          "For what is no matter of more or less: a return that is missing, two things at once. Conditions that compare one quantity with "
            + "several limits are better bands of a `watch`, which shows how far it is over the line."
        ],
        example: """
            only when forecast >= £250k
            watch forecast / plan
            red above 105%
            amber when plan <= £0
          """, mistakes: [.notACondition, .conditionsAsBands]),
      ManualPage(
        "persists for", also: ["persists", "for"], "Over how many periods a breach has to stand before it is an alert.",
        syntax: ["persists for N periods"],
        [
          "One, where nothing is said. Until then the state is pending. What fires is the severity that every one of these periods "
            + "reached: red and then amber fires amber. An unknown period pauses the count and does not break it."
        ],
        example: """
            watch forecast - plan
            red above £5m
            persists for 2 periods
          """, mistakes: [.clauseTwice, .outOfRange]),
      ManualPage(
        "clears", also: ["clears when"], "When an alert is over: at a limit of its own, and after how many periods.",
        syntax: [
          "clears above | below | at least | at most VALUE [for N periods]", "clears when CONDITION [for N periods]",
        ],
        [
          "Without it an alert is over in the first period in which nothing is breached. With a limit beyond the band, an alert does "
            + "not come and go while the value lies close to the line; in between it stays at the lowest severity that the rule has."
        ],
        example: """
            watch forecast - plan
            amber above £2m
            red above £5m
            clears below £1m for 2 periods
          """, mistakes: [.clearsWhileBreached]),
      ManualPage(
        "coverage", also: ["coverage at least"], "Of how many members a share, a mean or a median has to be known.",
        syntax: ["coverage at least PERCENTAGE"],
        [
          "90% where nothing is said. Below it the value is unknown, unless the severity would be the same whatever the missing ones "
            + "say: then it is decided, and marked certain. Above it, while some are missing, it is marked provisional. "
            + "A mean or a median can be anything until all are known, and is never certain before. Sums, lowest and highest always need every member."
        ],
        example: """
            overall
            watch share(position < £0 over organisation where kind is "PCT")
            coverage at least 75%
            red above 20%
          """, mistakes: [.populationWithoutCoverage, .outOfRange]),
      ManualPage(
        "if unknown", also: ["if", "hold", "raise", "clear"], "What is done in a period whose result is unknown.",
        syntax: ["if unknown hold [for N periods]", "if unknown raise info | amber | red", "if unknown clear"],
        [
          "`hold for 2 periods` where nothing is said: the alert stays as it is, after two periods it is marked stale and a data gap is "
            + "announced. `raise` counts the period as a breach, for returns whose absence is itself the finding; `clear` counts it as "
            + "in order.",
          "A data gap is an organisation's, however many of its rules wait. A rule for each region, or overall, announces none of its own: "
            + "`outturn rules explain` names who is missing, and `return_late` whoever has not returned to a source that has a `due:`.",
        ],
        example: """
            watch spent
            red above £5m
            if unknown raise amber
          """, mistakes: [.clauseTwice]),
    ])

  package static let suppressions = Chapter(
    title: "Suppressions",
    introduction: [
      "An exception that was agreed is written into the rule, with its reason and its end, where everybody sees it."
    ],
    pages: [
      ManualPage(
        "suppress when", also: ["suppress", "suppression", "until", "because"],
        "Holds an alert back while something is so, and says why.",
        syntax: ["suppress when CONDITION [until DATE|YEAR] because \"REASON\""],
        [
          "What would fire is worked out as ever, is shown as suppressed with its reason, and is told to nobody. When the suppression "
            + "ends and it still fires, it is announced then. A condition that is unknown suppresses nothing, and other rules that read "
            + "`breach(…)` see the result as it is.",
          "`until` is judged by a period's last day: a period that ends on that day or before is suppressed, the next is not, "
            + "whatever day its return comes on. With a year it is the year's last day. A rule may have several.",
        ],
        example: """
          rule deficit "A deficit"
            for each organisation
            watch position
            red below £0
            suppress when organisation is "Wessex" until 2013-10-31 because "its recovery plan was agreed"
            message "{organisation}: {watched}"

          test deficit "held back until its period ends after 31 October"
            given organisation | measure  | 2013-14 M7 | 2013-14 M8
                  "Wessex"     | position | -£5m       | -£5m
            expect "Wessex" at 2013-14 M7 suppressed
            expect "Wessex" at 2013-14 M8 red
          """, .declarations, mistakes: [.suppressionExpired, .expectedSomethingElse, .notACondition])
    ])
}
