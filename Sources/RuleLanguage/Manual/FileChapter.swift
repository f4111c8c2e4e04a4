extension Manual {
  package static let files = Chapter(
    title: "The rule file",
    introduction: [
      "Rules stand in files whose names end in `.rules`, one policy a file. A folder with its subfolders is one rule set: "
        + "one currency, one start of the year, and names that are known in all its files, in whatever order they stand."
    ],
    pages: [
      ManualPage(
        "lines", also: ["indentation", "name", "names of things", "tab"], "What stands where in a file.",
        syntax: ["DECLARATION", "  CLAUSE", "    … AND THE REST OF IT"],
        [
          "A line at the left margin declares something: `currency`, `year`, `measure`, `dimension`, `table`, `let`, "
            + "`rule` or `test`. Below a rule its clauses are indented alike, mostly by two spaces, and stand in any order; a "
            + "line that is indented deeper continues the clause above it. Tabs are refused: they look different to each reader.",
          "A name is of small letters, digits and `_`, a letter first. Words of the language are no names. "
            + "`outturn rules fmt` lays files out one way.",
        ],
        example: """
            watch
              (forecast - plan) / plan
            red above 5%
            only when plan > £0
              and forecast - plan >= £250k
          """, mistakes: [.tab, .misplacedLine, .unknownDeclaration, .unknownClause, .notAName]),
      ManualPage(
        "comment", also: ["#", "allow"], "What stands behind `#` is for readers, and is not read by the program.",
        syntax: ["# TEXT", "# allow CODE[, CODE …]: REASON"],
        [
          "A comment that begins with `allow` is the exception: above a declaration, or on a line of its own inside it, it "
            + "allows a warning there, and says why. Errors cannot be allowed, and an allowance of what does not occur is a "
            + "warning itself."
        ],
        example: """
            # allow R510: every body answers for its plan, however small it is
            only when plan > £0
            watch (forecast - plan) / plan
            red above 5%
          """, mistakes: [.allowUnused, .allowUnclear]),
      ManualPage(
        "currency", "The currency of every amount in the folder.", syntax: ["currency CODE"],
        [
          "The code has three letters, as in GBP, EUR or UAH. Amounts are written with its symbol or with the code: "
            + "`£5m`, `UAH 5m`. Once a ledger holds figures its currency stays."
        ],
        example: """
          currency UAH
          year starts in January
          measure spent money in period adverse high
          rule large "A large amount"
            for each organisation
            red when spent > UAH 5m
            message "{organisation} spent {spent}"
          """, .file, mistakes: [.settingMissing, .settingTwice, .foreignCurrency]),
      ManualPage(
        "year starts in", also: Words.months, "The month that is M1.", syntax: ["year starts in MONTH"],
        [
          "The month is written in full, `January` to `December`. Where years start in January a year is written `2025`, and "
            + "otherwise with both its years, `2013-14`. Once a ledger holds figures it stays."
        ],
        example: """
          currency GBP
          year starts in April
          measure spent money in period adverse high
          rule large "A large amount"
            for each organisation
            effective from 2013-14
            red when spent > £5m
            message "{organisation} spent {spent}"
          """, .file, mistakes: [.settingMissing, .settingTwice, .malformedPeriod]),
      ManualPage(
        "let", "A name for an expression.", syntax: ["let NAME = EXPRESSION"],
        [
          "At the left margin it is known in every rule of the folder, among a rule's clauses in that rule alone. It stands "
            + "for its expression, which is worked out where it is read: of the member inside a population, of another period "
            + "inside `previous(…)`. It keeps a long rule readable, and one number in one place."
        ],
        example: """
          let overspent = forecast - plan

          rule overspend "Forecast overspend"
            for each organisation
            let tolerance = greater(plan * 1%, £250k)
            watch overspent
            red above tolerance
            message "{organisation} is {overspent} over, beyond {tolerance}"
          """, .declarations, mistakes: [.circularLets, .declaredTwice, .neverUsed, .expandsTooFar]),
    ])
}
