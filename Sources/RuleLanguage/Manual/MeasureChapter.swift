extension Manual {
  package static let measures = Chapter(
    title: "Measures",
    introduction: [
      "A measure is a column of figures. Its declaration says of what kind they are and what stretch of time one of them "
        + "stands for, so that nothing is compared that does not go together."
    ],
    pages: [
      ManualPage(
        "measure",
        also: [
          "in period", "year to date", "full year", "at period end", "basis", "unit", "full", "high", "low",
        ],
        "Declares figures that sources read and rules speak of.",
        syntax: [
          "measure NAME TYPE [BASIS] [reference] [adverse high | adverse low]",
          "        [every month | quarter | year] [by DIMENSION, …] [\"TITLE\"]",
          "TYPE:  money | count | ratio | number | unit price",
          "BASIS: in period | year to date | full year | at period end",
        ],
        [
          "The basis says what one figure stands for, and money and counts need one. A flow of one month is `in period`, a "
            + "running total since M1 `year to date`, a plan or forecast of the whole year `full year`, a balance or a headcount "
            + "`at period end`. It stands directly behind the type.",
          "The names are those that sources give to their columns, under `measures:`.",
        ],
        example: """
          measure budget   money full year reference          "Budget for the year"
          measure paid     money year to date adverse high    "Paid since April"
          measure invoices count in period by category        "Invoices received"
          measure cash     money at period end adverse low    "Cash in the bank"
          measure uptake   ratio                              "Share of posts that are filled"
          """, .declarations,
        mistakes: [.basisMissing, .unlikeBases, .basisUnfit, .unknownWord, .measureWithoutData]),
      ManualPage(
        "reference", "A measure that is stated once and read all year: a plan, an allocation, a tariff.",
        syntax: ["measure NAME TYPE BASIS reference"],
        [
          "A `full year` reference holds within its year, one `at period end` until it is stated anew; a figure of M0 serves "
            + "from M1 on. A reference makes no period of its own: a rule waits for what is reported beside it. Any other figure "
            + "stands in its own period and is never carried forward."
        ],
        example: """
          measure budget money full year reference "Budget for the year"
          measure list_size count at period end reference "Patients on the list"
          """, .declarations),
      ManualPage(
        "adverse", also: ["adverse high", "adverse low", "favourable"],
        "Says which way is bad, so that words can say so.",
        syntax: ["adverse high", "adverse low"],
        [
          "Spending is `adverse high`, income or a surplus `adverse low`. The direction follows through + and - and a minus "
            + "turns it. The formats `words` (£2.4m adverse) and `over_under` need it, and so does what stands behind the point of "
            + "a sum: `net.adverse`."
        ],
        example: """
            let net = sum(position over organisation where kind is "Trust")
            overall
            watch net
            red below £0
            message "Trusts are {net | words}: {net.adverse_count} of them are adverse by {net.adverse}"
          """, mistakes: [.directionUnclear]),
      ManualPage(
        "every", also: ["every month", "every quarter", "every year", "quarter", "month"],
        "How often a measure is reported: every month, unless it says otherwise.",
        syntax: ["every month", "every quarter", "every year"],
        [
          "A figure of a quarter stands in its third month, one of a year in M12. A rule takes the longest steps of the measures "
            + "that it reads, references left out: on yearly figures `persists for 2 periods` means two years."
        ],
        example: """
          measure net_budget money full year reference every year "Budget by the budget return"
          measure net_outturn money full year adverse high every year "Outturn by the outturn return"

          rule over_outturn "Outturn over budget"
            for each organisation
            only when net_budget > £0 and net_outturn - net_budget >= £250k
            watch net_outturn / net_budget
            red above 105%
            persists for 2 periods
            message "{organisation}: {watched} of its budget, the second year in a row"
          """, .declarations, mistakes: [.figureMisplaced]),
      ManualPage(
        "dimension", also: ["by", "dimensions", "by dimension"],
        "A key by which figures are told apart: a category, a service.",
        syntax: ["dimension NAME [\"TITLE\"]", "measure … by NAME, NAME"],
        [
          "A measure has the dimensions behind `by` and no others. Read without a slice it is the sum of its cells, and a cell "
            + "that was there the period before and is missing now makes that sum unknown, unless the source says `absent: zero` "
            + "or `absent: unchanged`. A slice reads some of the cells: `outturn help slice`."
        ],
        example: """
          dimension programme "Programme of spending"
          measure outlay money in period adverse high by programme

          rule capital_outlay "Capital spending"
            for each organisation
            red when outlay[programme is "capital"] > £5m
            message "{organisation} spent {outlay[programme is "capital"]} on capital, of {outlay} in all"
          """, .declarations, mistakes: [.unknownDimension]),
    ])
}
