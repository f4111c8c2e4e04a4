extension Manual {
  package static let populations = Chapter(
    title: "Members of a population",
    introduction: [
      "A rule about many reads them through one of these words: `sum(position over organisation where kind is \"PCT\")`. Members are "
        + "those on the register on the last day of the period."
    ],
    pages: [
      ManualPage(
        "over", also: ["where", "population", "anywhere", "in same", "same", "own"], "Over whom something is taken.",
        syntax: [
          "WORD(EXPRESSION over POPULATION)", "count(POPULATION)",
          "POPULATION: organisation | children | peers | predecessors | successors | ATTRIBUTE | DIMENSION",
          "            [anywhere | in same ATTRIBUTE] [where CONDITION]",
        ],
        [
          "The expression and the `where` are worked out for each member; `own(x)` inside is the subject outside. "
            + "`organisation` is everybody on the register, and under `for each region` those of that region in that period, unless "
            + "`anywhere` says otherwise. `in same region` takes those who share it with the subject.",
          "The `where` makes the population, the condition before `over` is what is counted in it: in "
            + "`share(position < £0 over organisation where kind is \"PCT\")` the share is of PCTs. Without a kind, parents and parts "
            + "are counted together.",
        ],
        example: """
            for each organisation where kind is "PCT"
            watch actual / mean(actual over organisation in same region where kind is "PCT")
            coverage at least 75%
            red above 150%
            only when actual >= £1m and mean(actual over organisation in same region where kind is "PCT") > £0
          """, mistakes: [.populationWithoutKind, .subjectUnfit, .ownOutsidePopulation, .bareMeasure]),
      ManualPage(
        "count", also: ["share", ".expected", ".known", ".matching", "expected", "known", "matching"],
        "How many members there are, or of how many something is true; and what part of them.",
        syntax: ["count(POPULATION)", "count(CONDITION over POPULATION)", "share(CONDITION over POPULATION)"],
        [
          "A share is those of whom it is true, divided by those of whom it is known. Behind the point of either stand the three numbers "
            + "it is made of: `hit.expected`, `hit.known`, `hit.matching`. How many have to be known says `coverage`. As a measure's type `count` is a number of patients, posts, cases."
        ],
        example: """
            overall
            let hit = share(position < £0 over organisation where kind is "PCT")
            watch hit
            coverage at least 75%
            red above 20%
            message "{hit.matching} of {hit.known} are in deficit ({hit.expected} in all)"
          """, mistakes: [.populationWithoutCoverage, .notACondition, .argumentUnfit]),
      ManualPage(
        "sum",
        also: [
          ".adverse", ".favourable", ".adverse_count", ".favourable_count", ".worst", ".best", "worst", "best", "total",
          "gross", "net",
        ],
        "All members added together.", syntax: ["sum(AMOUNT over POPULATION)"],
        [
          "It is strict: one member that is not known makes it unknown, since a sum without it would be a different one. Nobody at all comes "
            + "to £0. Percentages have no sum; divide two sums.",
          "A sum is the net of what is adverse and what is favourable. Behind its point stand both sides, how many are on each, "
            + "and the worst three by name: `net.adverse`, `net.adverse_count`, `net.worst`.",
        ],
        example: """
            overall
            let net = sum(position over organisation where kind is "PCT")
            watch net
            red below £0
            message "{net | words}: {net.adverse_count} in deficit by {net.adverse} together, worst {net.worst}"
          """, mistakes: [.notAQuantity, .bareMeasure, .directionUnclear]),
      ManualPage(
        "mean", also: ["median", "average"], "The mean, or the middle one, of a quantity over the members.",
        syntax: ["mean(QUANTITY over POPULATION)", "median(QUANTITY over POPULATION)"],
        [
          "Members that are not known are left out as long as `coverage` is met. The mean of percentages takes a small body for as much as a large "
            + "one: often the ratio of two sums is meant. Of nobody it is undefined."
        ],
        example: """
            overall
            watch median(position over organisation where kind is "PCT")
            coverage at least 75%
            red below £0
          """, mistakes: [.populationWithoutCoverage, .notAQuantity]),
      ManualPage(
        "highest", also: ["lowest", "maximum", "minimum"], "The largest, or the smallest, quantity among the members.",
        syntax: ["highest(QUANTITY over POPULATION)", "lowest(QUANTITY over POPULATION)"],
        [
          "Every member has to be known; of nobody it is undefined. Over periods in place of members: `highest_of` and `lowest_of`."
        ],
        example: """
            overall
            watch highest(forecast over organisation where kind is "PCT")
            red above £5m
          """, mistakes: [.notAQuantity]),
      ManualPage(
        "names", also: ["first", "by … first"], "The members of whom something is true, by name.",
        syntax: ["names(CONDITION over POPULATION [by QUANTITY] [first N])"],
        [
          "With `by` the largest stands first, else they stand in order of the alphabet; with `first 3` three are named, and the sentence "
            + "says how many more there are. For the smallest first, turn it round: `by -position`. It is a text, for messages."
        ],
        example: """
            overall
            watch count(position < £0 over organisation where kind is "PCT")
            red above 5
            message "In deficit: {names(position < £0 over organisation where kind is "PCT" by -position first 3)}"
          """, mistakes: [.notACondition, .populationWithoutKind]),
      ManualPage(
        "children", also: ["peers", "parts"], "Those below this organisation, or those of its kind.",
        syntax: ["WORD(… over children)", "WORD(… over peers)"],
        [
          "`children` have this organisation as their `parent` in the register; `peers` are all of its kind but itself. Both need a subject that is "
            + "an organisation."
        ],
        example: """
            watch forecast - sum(forecast over children)
            red outside -£1m to £1m
            only when count(children) > 0
          """, mistakes: [.subjectUnfit]),
      ManualPage(
        "predecessors", also: ["successors"], "Those whom this organisation took over from, or who took over from it.",
        syntax: ["WORD(… over predecessors)", "WORD(… over successors)"],
        [
          "The register's column `successors` says who they are, in any year. A predecessor reports no more, so its figures are read where "
            + "they stand: `last_year(x)` inside the population."
        ],
        example: """
            only when count(predecessors) > 0
            watch actual - sum(last_year(actual) over predecessors)
            red above £5m
            message "{organisation} has spent {watched} more than those it took over from"
          """, mistakes: [.subjectUnfit]),
    ])
}
