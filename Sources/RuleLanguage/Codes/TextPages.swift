extension CodePage {
  /// R1xx: the text as it is written.
  static let ofTheText: [RuleCode: CodePage] = [
    .fileTooLarge: CodePage(
      "A rule file is read by people. One that is larger than 1 MiB is no policy, or not a rule file. Keep one policy in a file.",
      wrong: "  # Minutes of the committee …\n  red when forecast > £5m",
      right: "  # Agreed by the committee on 14 May 2013; the minutes are in the archive\n  red when forecast > £5m",
      elided: [String(repeating: "\n  # so many lines of them", count: 50_000)]),
    .notUTF8: CodePage(
      "Names and signs such as £ have several encodings; a file in another one would be read as something else. Save it as UTF-8.",
      wrong: "  red when forecast > £5m\n  owner \"Ren\u{FFFD}e Dubois\"",
      right: "  red when forecast > £5m\n  owner \"Renée Dubois\""),
    .tab: CodePage(
      "A tab is as wide as each editor makes it, so that two people see different indentation, and indentation has a meaning.",
      wrong: "\twatch forecast - plan\n\tred above £5m",
      right: "  watch forecast - plan\n  red above £5m"),
    .hiddenCharacter: CodePage(
      "A character that nobody sees can make a rule say something else than it seems to: reverse a line, split a name in two.",
      wrong: "  watch fore\u{200B}cast - plan\n  red above £5m",
      right: "  watch forecast - plan\n  red above £5m"),
    .lineTooLong: CodePage(
      "A line of more than 2,000 bytes cannot be read by a person. Break it: a line that is indented deeper continues its clause.",
      wrong: "  # Agreed by the committee, where it was said that … and so on\n  red when forecast > £5m",
      right: "  # Agreed by the committee on 14 May 2013,\n  # with one voice against it\n  red when forecast > £5m",
      elided: [String(repeating: "it is too much, ", count: 130)]),
    .unexpectedCharacter: CodePage(
      "The sign means something in a spreadsheet, a letter or another language, and nothing in a rule.",
      wrong: "  red when forecast ≥ £5m && plan > £0",
      right: "  red when forecast >= £5m and plan > £0"),
    .openText: CodePage(
      "Without its second quotation mark the text would go on over the lines below.",
      wrong: "  red when forecast > £5m\n  owner \"finance",
      right: "  red when forecast > £5m\n  owner \"finance\""),
    .malformedNumber: CodePage(
      "A comma groups three digits and a point stands before decimals; `1,50` could be either.",
      wrong: "  red when forecast > £1,50",
      right: "  red when forecast > £1.50"),
    .malformedPeriod: CodePage(
      "A financial year is written with both its years, and a period with its year and month, so that nobody reads another one.",
      wrong: "  effective in 2013-15\n  red when forecast > £5m",
      right: "  effective in 2013-14\n  red when forecast > £5m"),
    .malformedUnit: CodePage(
      "`m` is a million and nothing else, money has its currency, and `%` stands at its number: a threshold is read at a glance.",
      wrong: "  red when forecast > 5m",
      right: "  red when forecast > £5m"),
    .crampedMinus: CodePage(
      "With spaces around the minus between two values, `2013-14` is a year and `a - b` a difference.",
      wrong: "  red when forecast -plan > £5m",
      right: "  red when forecast - plan > £5m"),
    .expectedSomethingElse: CodePage(
      "The sentence breaks off, or goes on in a way that the language does not know.",
      wrong: "  watch forecast - plan\n  red > £5m",
      right: "  watch forecast - plan\n  red above £5m"),
    .unknownDeclaration: CodePage(
      "What stands at the left margin declares something: a measure, a rule, a table. Anything else would be passed over in silence.",
      wrong: "mesure budget money full year", right: "measure budget money full year", .declarations),
    .unknownClause: CodePage(
      "A misspelt clause would be a clause that is not there.",
      wrong: "  watch forecast - plan\n  red above £5m\n  persist for 2 periods",
      right: "  watch forecast - plan\n  red above £5m\n  persists for 2 periods"),
    .nestedTooDeep: CodePage(
      "An expression that is nested more than 100 deep, or a chain of more than 200 parts, cannot be followed. Name its parts with `let`. "
        + "Nor can lists of thousands of values, and tables of more than a million cells.",
      wrong: "  red when (((((…forecast - plan…))))) > £5m",
      right: "  let overspent = forecast - plan\n  red when overspent > £5m",
      elided: [String(repeating: "(", count: 120), String(repeating: ")", count: 120)]),
    .tooManyFindings: CodePage(
      "Two hundred findings are shown. Mend those first: most of the others mostly go with them.",
      wrong: "mesure budget money full year\n# … and hundreds of lines like it",
      right: "measure budget money full year", .declarations,
      elided: [String(repeating: "\nmesure budget money full year", count: 300) + "\n#"]),
    .malformedHole: CodePage(
      "A brace in a message opens a hole that shows a value. A brace that is meant as a brace is written twice.",
      wrong: "  red when forecast > £5m\n  message \"{organisation is over\"",
      right: "  red when forecast > £5m\n  message \"{organisation} is over\""),
    .holeOutOfPlace: CodePage(
      "Only messages and details are filled in for each alert. An owner or a runbook is the same for all of them.",
      wrong: "  red when forecast > £5m\n  owner \"{organisation}\"",
      right: "  red when forecast > £5m\n  owner \"finance\""),
    .notAName: CodePage(
      "Names are of small letters, digits and `_`, and are no words of the language, so that a sentence has one reading. A text "
        + "that a value is compared with is no name: a kind, a region or a category stands in quotation marks.",
      wrong: "  for each organisation where kind is PCT\n  red when forecast > £5m",
      right: "  for each organisation where kind is \"PCT\"\n  red when forecast > £5m"),
    .chainedComparison: CodePage(
      "`a < b < c` means different things to different readers.",
      wrong: "  red when £1m < forecast < £5m",
      right: "  red when forecast between £1m and £5m"),
    .misplacedLine: CodePage(
      "Indentation says what belongs together: clauses of a rule are indented alike, and a deeper line continues the one above.",
      wrong: "  watch forecast - plan\n    red above £5m\n  amber above £1m",
      right: "  watch forecast - plan\n  red above £5m\n  amber above £1m"),
    .rowUnlikeHeading: CodePage(
      "A row with a cell too few would put every figure behind it under the wrong heading.",
      wrong: """
        rule example "An example"
          for each organisation
          red when forecast > £5m
          message "{organisation}"

        test example "over the line"
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast
          expect "Wessex" at 2013-14 M6 red
        """,
      right: """
        rule example "An example"
          for each organisation
          red when forecast > £5m
          message "{organisation}"

        test example "over the line"
          given organisation | measure  | 2013-14 M6
                "Wessex"     | forecast | £6m
          expect "Wessex" at 2013-14 M6 red
        """, .declarations),
  ]
}
