extension Manual {
  package static let rules = Chapter(
    title: "Rules: about whom, and when",
    introduction: [
      "A rule says about whom it is, what it watches, when that is worth an alert, and what is then said. Its clauses stand in "
        + "any order."
    ],
    pages: [
      ManualPage(
        "rule", "Declares a rule.", syntax: ["rule NAME [formerly NAME] \"TITLE\"", "  CLAUSES"],
        [
          "It needs `for each` or `overall`, a band or a `when`, and a `message`; an `owner`, a `runbook` and a `test` beside it are "
            + "asked for by a warning. Each clause stands once, but for bands, conditions, `let`, `label` and `suppress when`.",
          "What it watches and when it fires is worked out a period at a time. A rule that reads `year to date` or `full year` "
            + "measures starts anew in each year; what still fires at its end is closed with the year.",
        ],
        example: """
          rule overspend "Forecast overspend against plan"
            for each organisation where kind is "PCT"
            only when plan > £0 and forecast - plan >= £250k
            watch (forecast - plan) / plan
            amber above 1%
            red above 2%
            persists for 2 periods
            clears below 0.5%
            message "{organisation} forecasts {forecast - plan} ({watched | signed}) over its plan"
            runbook "Ask the finance lead what moved since last month."
            owner "financial-control"
          """, .declarations, mistakes: [.clauseMissing, .clauseTwice, .ownerMissing, .runbookMissing, .testMissing]),
      ManualPage(
        "formerly", "A rule's former name, so that its alerts go on under the new one.",
        syntax: ["rule NAME formerly OLDNAME \"TITLE\""],
        [
          "Without it a renamed rule is a removed one and a new one: the old alerts are retired and the new rule opens its own. It "
            + "can be left out again once the renamed rule has run."
        ],
        example: """
          rule over_plan formerly overspend "Forecast overspend against plan"
            for each organisation
            red when forecast - plan > £5m
            message "{organisation} is over its plan"
          """, .declarations, mistakes: [.declaredTwice]),
      ManualPage(
        "for each", also: ["each", "group", "subject", "organisation", "code", "kind", "region", "parent"],
        "About whom a rule is: one alert for each of them.",
        syntax: ["for each NAME [and NAME …] [where CONDITION]"],
        [
          "NAME is `organisation`, a column of the register (`kind`, `region` …), a dimension, or several of them joined by `and`: "
            + "`for each organisation and category` has a subject for each cell. Behind `where` stands what the register says, never "
            + "figures.",
          "Where the subject is a group and no single organisation, a measure is read through `sum`, `share` and their like, so that a parent "
            + "and its parts are never added together by accident: `for each region` with `sum(position over organisation where …)`.",
        ],
        example: """
            for each region where region is not ""
            watch sum(position over organisation where kind is "PCT")
            red below £0
            message "{region}: {watched | words}"
          """, mistakes: [.bareMeasure, .readsMoreThanRegister, .subjectUnfit]),
      ManualPage(
        "overall", "A rule about everybody together: one alert in all.", syntax: ["overall"],
        ["Measures are read through `sum`, `share`, `count` and their like, over a population."],
        example: """
            overall
            watch share(position < £0 over organisation where kind is "PCT")
            coverage at least 75%
            red above 20%
            message "{watched} of them are in deficit"
          """, mistakes: [.bareMeasure, .populationWithoutKind, .populationWithoutCoverage]),
      ManualPage(
        "effective", also: ["effective in", "effective from"], "From when to when a rule is in force.",
        syntax: ["effective in YEAR", "effective from YEAR|PERIOD [to YEAR|PERIOD]"],
        [
          "Outside of it the rule says nothing. An alert that still fires when the rule ends is announced as expired. A limit that "
            + "changes with the year is better a table `by year`."
        ],
        example: """
            effective from 2013-14 M4 to 2014-15
            red when forecast > £5m
          """, mistakes: [.endsBeforeItStarts, .malformedPeriod]),
      ManualPage(
        "only when", also: ["only"], "A condition that has to hold before anything is breached: what is material.",
        syntax: ["only when CONDITION"],
        [
          "Where it is false nothing is breached, and an alert clears. Where it is unknown so is the rule's result, unless no band is "
            + "reached anyway. It is the place for a base above zero and for a least amount of money beside a percentage."
        ],
        example: """
            only when plan > £0 and forecast - plan >= £250k
            watch (forecast - plan) / plan
            red above 5%
          """, mistakes: [.notACondition, .baseUnguarded, .percentageAlone]),
    ])
}
