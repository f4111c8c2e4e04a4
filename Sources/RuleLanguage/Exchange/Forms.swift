/// The document: which keys which object has.
enum Forms {
  static let schema = "outturn.rules/1"

  static let document = Form([
    Form.Field("schema", .words([schema]), "The version of this form."),
    Form.Field("files", .list(.forms("file", [file]), atLeast: 1), "The rule files of one folder."),
    Form.Field(
      "table_files", .list(.forms("table_file", [tableFile]), atLeast: 1), required: false,
      "The CSV files that tables have their rows from."),
  ])

  private static let tableFile = Form([
    Form.Field("name", .path, "Its path inside the folder of rules."),
    Form.Field("text", .content, "All that it holds."),
  ])

  private static let file = Form([
    Form.Field("name", .fileName, "Its path inside the folder of rules; it ends in .rules."),
    Form.Field("declarations", .list(.forms("declaration", declarations), atLeast: 0), "What it declares, in order."),
    Form.Field("closing_comments", .list(.comment, atLeast: 0), required: false, "Comments at its end."),
  ])

  // MARK: Declarations

  private static let title = Form.Field("title", .text, required: false, "As people call it.")

  static let declarations: [Form] = [
    .line(.init("currency", .currency, "An ISO code: GBP.")),
    .line(.init("year_starts_in", .words(Words.months), "The month in which a year starts.")),
    .line(.init("dimension", .name, "What figures are broken down by."), title),
    .line(
      .init("measure", .name, "A figure that returns hold."),
      .init("type", .words(["money", "count", "ratio", "number", "unit price"]), "What it is a number of."),
      .init("basis", .words(Basis.allCases.map(\.rawValue)), required: false, "What one value stands for."),
      .init("reference", .mark, required: false, "Stated once, read all year."),
      .init("adverse", .words(["high", "low"]), required: false, "Which way is bad news."),
      .init("every", .words(["month", "quarter", "year"]), required: false, "How often it is returned; a month."),
      .init("by", .list(.name, atLeast: 1), required: false, "Its dimensions."),
      title),
    binding,
    .block(
      .init("table", .name, "Thresholds that differ."),
      .init("by", .name, "An attribute of organisations, or year."),
      .init("rows", .list(.forms("table_row", rows), atLeast: 1), required: false, "Its rows, where they stand here."),
      .init("from", .text, required: false, "The CSV file beside the rule file that has its rows.")),
    .block(
      .init("rule", .name, "A rule."),
      .init("formerly", .name, required: false, "What it was called before."),
      .init("title", .text, "As people call it."),
      .init("clauses", .list(.forms("clause", clauses), atLeast: 0), "What it says, in order.")),
    .block(
      .init("test", .name, "The rule under test."),
      .init("title", .text, "What is tested."),
      .init("given", .forms("grid", [grid]), "Figures that are there from the start."),
      .init("steps", .list(.forms("step", steps), atLeast: 0), "What comes, and what is expected.")),
  ]

  private static let binding = Form.line(
    .init("let", .name, "A name for an expression."), .init("value", .expression, "What it stands for."))

  private static let rows: [Form] = {
    let cells = Form.Field("cells", .columns, "Its values, by column.")
    return [
      .line(.init("value", .text, "Of the attribute that the table goes by."), cells),
      .line(.init("year", .literal(.year), "Where the table goes by year."), cells),
      .line(.init("organisation", .text, "One organisation, by name or code."), cells),
      .line(.init("otherwise", .mark, "All others."), cells),
    ]
  }()

  // MARK: Clauses

  private static let periods = Shape.whole(1...120)

  private static let bounds: [Form.Field] =
    ["above", "below", "at least", "at most"].map {
      Form.Field($0.replacing(" ", with: "_"), .expression, "The bound.")
    } + [
      Form.Field("outside", .pair(.expression), "The lower and the upper bound."),
      Form.Field("when", .expression, "The condition."),
    ]

  private static func severity(_ word: String) -> Form {
    .line(.init(word, .forms("band", bounds.map { Form([$0]) }), "When it is \(word)."))
  }

  static let clauses: [Form] = [
    .line(
      .init("for_each", .list(.name, atLeast: 1), "Whom it is about."),
      .init("where", .expression, required: false, "Which of them.")),
    .line(.init("overall", .mark, "About everything together.")),
    .line(
      .init(
        "effective",
        .forms(
          "effective",
          [
            Form([.init("in", .literal(.year), "A year.")]),
            Form([
              .init("from", .literal(.period), "The first."),
              .init("to", .literal(.period), required: false, "The last."),
            ]),
          ]), "When the rule is in force.")),
    binding,
    .line(.init("only_when", .expression, "What must be true for anything to be breached.")),
    .line(.init("watch", .expression, "The value that is held against the bands.")),
    severity("info"), severity("amber"), severity("red"),
    .line(.init("coverage", .literal(.percentage), "How much of a population must be known.")),
    .line(.init("persists_for", periods, "How many periods in a row.")),
    .line(
      .init(
        "clears",
        .forms("clearing", bounds.map { Form([$0, .init("for", periods, required: false, "How many periods.")]) }),
        "When it is over.")),
    .line(
      .init(
        "if_unknown",
        .either([
          .words(["hold", "clear"]),
          .forms(
            "unknown",
            [
              Form([.init("hold", periods, "Periods.")]),
              Form([.init("raise", .words(Words.severities), "A severity.")]),
            ]),
        ]), "What is done where the value is not known.")),
    .line(
      .init("suppress_when", .expression, "When nothing is raised."),
      .init("until", .either([.literal(.day), .literal(.year)]), required: false, "The last day or year of it."),
      .init("because", .text, "Why.")),
    .line(.init("message", .template, "What is said.")),
    .line(.init("detail", .template, "What is said beside it.")),
    .line(.init("runbook", .text, "Where it says what to do.")),
    .line(.init("owner", .text, "Who answers for the rule.")),
    .line(.init("label", .name, "A label's name."), .init("text", .text, "What it says.")),
  ]

  // MARK: Tests

  /// A text where an amount could stand.
  static let quotedText = Shape.forms("quoted", [Form([.init("text", .text, "A text.")])])

  private static let columns: [Form.Field] = [
    .init("columns", .list(.either([.name, .literal(.period)]), atLeast: 1), "The heading: keys, measure, periods."),
    .init("rows", .list(.row, atLeast: 0), "A cell for each column; null where nothing was returned."),
    .init("columns_comment", .comment, required: false, "A comment at the end of the heading's line."),
  ]

  private static let grid = Form.line(columns[0], columns[1], columns[2])

  /// What a cell may be beside a text, which is read by its column, and null.
  static let cells: [Form] = [
    Form([.init("text", .text, "A text in a column of figures.")]),
    Form([.init("name", .name, "A name in a column that is not of measures.")]),
    Form([.init("literal", .literal(.value), "A figure in a column that is not of figures.")]),
  ]

  static let steps: [Form] = [
    .line(.init("drop", .literal(.day), "The day on which figures came."), columns[0], columns[1], columns[2]),
    .line(
      .init("expect", .either([.text, .list(.text, atLeast: 1)]), "The subject; a text for each key. None: overall."),
      expectation[0], expectation[1], expectation[2], expectation[3]),
    .line(
      .init("expect_overall", .mark, "Of a rule about everything together."), expectation[0], expectation[1],
      expectation[2], expectation[3]),
    .line(.init("absent", .words(Words.absences), "What it means that a return leaves out a cell.")),
  ]

  private static let expectation: [Form.Field] = [
    .init("at", .literal(.period), "The period."),
    .init("as_of", .literal(.day), required: false, "As it was known on this day."),
    .init(
      "state",
      .words(Words.states.flatMap { $0 == "pending" ? Words.severities.map { "pending \($0)" } : [$0] }),
      "Where the alert stands."),
    .init("value", .text, required: false, "The watched value as it is shown."),
  ]
}
