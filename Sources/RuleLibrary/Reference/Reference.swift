import Diagnostics
import Finance
package import RuleLanguage

/// The reference of the language, as Markdown, out of the code: what it says is what the checker and the library do.
package struct Reference {
  private let library: FunctionLibrary
  private let logic: [ReferenceTable]
  private let fold: ReferenceTable

  /// - Parameters:
  ///   - logic: what `and`, `or` and `not` make of what is known and what is not.
  ///   - fold: how an alert follows its periods.
  package init(_ library: FunctionLibrary, logic: [ReferenceTable], fold: ReferenceTable) {
    self.library = library
    self.logic = logic
    self.fold = fold
  }

  package var markdown: String {
    let chapters = [
      chapter(Manual.files), chapter(Manual.measures) + bases, chapter(Manual.figures) + types, chapter(Manual.periods),
      chapter(Manual.rules), chapter(Manual.bands) + alerts, chapter(Manual.suppressions),
      chapter(Manual.messages) + formats, chapter(Manual.expressions) + operators,
      chapter(Manual.populations) + members,
      chapter(Manual.tables), chapter(Manual.tests), functions, codes,
    ]
    return "# Reference of the rule language\n\n" + introduction + contents(chapters) + index
      + chapters.map { "\n" + $0 }.joined()
  }

  // MARK: Finding one's way

  /// The titles of chapters, each with a link to it.
  private func contents(_ chapters: [String]) -> String {
    let titles = chapters.compactMap { $0.split(separator: "\n").first?.dropFirst("## ".count) }.map(String.init)
    return "\n" + titles.map { "- [\($0)](#\(anchor($0)))\n" }.joined()
  }

  /// Every word of the language with the page that it stands on.
  private var index: String {
    let entries = Manual.pages.flatMap { page in
      ([page.name] + page.words).map { (word: $0, anchor: anchor(page.name)) }
    }
    let links = entries.sorted { ($0.word.lowercased(), $0.anchor) < ($1.word.lowercased(), $1.anchor) }
      .map { "[`\($0.word.replacing("|", with: "\\|"))`](#\($0.anchor))" }
    return "\n**Every word:** " + links.joined(separator: " · ") + "\n\n"
      + "The same pages are shown by `outturn help WORD`, those of functions by `outturn help FUNCTION`.\n"
  }

  /// As code hosts make it of a heading.
  private func anchor(_ heading: String) -> String {
    String(
      heading.lowercased().compactMap {
        $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" ? $0 : $0 == " " ? "-" : nil
      })
  }

  private func chapter(_ chapter: Manual.Chapter) -> String {
    let pages = chapter.pages.map { "### `\($0.name)`\n\n\($0.markdown)\n" }
    return (["## \(chapter.title)\n"] + chapter.introduction.map { $0 + "\n" } + pages).joined(separator: "\n")
  }

  // MARK: The language

  private var introduction: String {
    """
    One rule watches one number for each subject, bands it (info, amber, red), and says in a sentence what it saw:

    ```outturn-rules
    currency GBP
    year starts in April

    measure plan     money full year reference     "Planned spend for the year"
    measure actual   money year to date adverse high "Spend to date"

    rule overspend "Heading for an overspend"
      for each organisation
      watch (run_rate(actual) - plan) / plan
      amber above 1%
      red above 2%
      persists for 2 periods
      message "{organisation} is heading for {run_rate(actual)} of {plan}: {watched | signed}"
      owner "financial-control"
    ```

    A measure says of what kind its figures are and for what stretch of time one stands. An expression is made of
    measures, numbers with their units, `+ - * /`, comparisons, `and or not`, functions, and sums, shares and counts over
    a population. A value that is not known is neither zero nor false: it stays unknown through every operation that hangs
    on it, and an unknown neither fires nor clears an alert.

    """
  }

  private var types: String {
    table(
      "Types", ["type", "what it is", "as a rule writes it"],
      ValueType.allCases.map { ["`\($0.rawValue)`", $0.meaning, $0.written] })
  }

  private var bases: String {
    table(
      "What an amount stands for", ["basis", "one figure is", "may be"],
      Basis.allCases.map { ["`\($0.rawValue)`", $0.meaning, $0.use] })
      + "\nAmounts are added, subtracted and compared where they have the same basis, or one side has none. A stock at "
      + "period end divides anything; a total to date divided by a full year is the progress through it.\n"
  }

  private var alerts: String { "\n### \(fold.title)\n\n" + fold.markdown }

  private var operators: String {
    let signs = OperatorTables.Sign.allCases
    return tables("What two kinds give", signs.map(OperatorTables.types))
      + tables("What two bases give", Array(OperatorTables.all.dropFirst(signs.count)))
      + tables("Logic with what is not known", logic)
  }

  private var members: String {
    table(
      "Behind the point", ["of", "member", "is"],
      Tally.allCases.map { ["a share or a count", "`.\($0.rawValue)`", $0.meaning] }
        + SumPart.allCases.map { ["a sum", "`.\($0.rawValue)`", $0.meaning] })
  }

  private var formats: String {
    // Each shown by itself, on one amount and one percentage.
    guard let pounds = Currency(code: "GBP") else { preconditionFailure("GBP is a currency's code") }
    let rows = ValueFormat.names.map { name -> [String] in
      guard let format = try? ValueFormat([name]) else { preconditionFailure("\(name) is a format") }
      let amount = Quotient(numerator: 2_437_500, denominator: 1)
      let ratio = Quotient(numerator: 1_234, denominator: 10_000)
      let money = format.text(amount, .money, in: pounds, adverseHigh: true)
      let percentage = format.text(ratio, .ratio, in: pounds, adverseHigh: true)
      return ["`\(name)`", money, ["k", "m", "bn"].contains(name) ? "" : percentage]
    }
    return table("Formats", ["format", "£2,437,500 over", "12.34% over"], rows)
      + "\nFormats stand behind a bar in a hole, `{watched | signed}`, and follow one another: `{overspent | m | 3dp}`.\n"
  }

  // MARK: Functions

  private var functions: String {
    var text = "## Functions\n\n"
    for topic in RuleFunction.Topic.allCases {
      text += "### \(topic.rawValue)\n\n"
      for function in library.inOrder where function.topic == topic { text += section(function) + "\n" }
    }
    return text
  }

  private func section(_ function: RuleFunction) -> String {
    var lines = ["#### `\(function.signature)`", "", function.summary, ""]
    for (name, what) in function.takes { lines.append("- `\(name)`: \(what)") }
    lines.append("- gives: \(function.givesSpoken)")
    lines.append("- formula: \(function.formula)")
    lines.append("- source: \(function.source)")
    for example in function.examples {
      lines += ["", "```"]
      for figures in example.given {
        lines.append(figures.head)
        lines += figures.lines.map { "   " + $0 }
      }
      if !example.other.isEmpty { lines.append("other  " + example.other.joined(separator: "; ")) }
      lines += ["\(example.expression)  gives \(example.gives) at \(example.at)", "```"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Codes

  private var codes: String {
    "## What is said about a rule file\n\n"
      + rows(
        ["code", "it says"], RuleCode.allCases.sorted { $0.rawValue < $1.rawValue }.map { [$0.rawValue, $0.meaning] })
      + "\nEach has a page with an example of it and what is right: `outturn help R204`.\n"
  }

  private func tables(_ title: String, _ tables: [ReferenceTable]) -> String {
    "\n### \(title)\n\n" + tables.map { "#### How `\($0.title)` comes out\n\n\($0.markdown)" }.joined(separator: "\n")
  }

  private func table(_ title: String, _ heading: [String], _ lines: [[String]]) -> String {
    "\n### \(title)\n\n" + rows(heading, lines)
  }

  private func rows(_ heading: [String], _ lines: [[String]]) -> String {
    ([heading, heading.map { _ in "---" }] + lines).map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }
}

extension ValueType {
  fileprivate var meaning: String {
    switch self {
    case .money: "an amount of the rules' currency, to a hundredth of a penny"
    case .count: "how many: patients, cases, posts"
    case .ratio: "a percentage of something"
    case .points: "percentage points: the difference of two percentages"
    case .number: "a plain number"
    case .unitPrice: "money for one of something: money divided by a count"
    case .severity: "info, amber or red, in that order"
    case .text: "a text: a name, a kind, a region"
    case .truth: "a condition: true, false or unknown"
    case .period: "a month of a financial year, M1 to M12; M0 the opening position, M13 final accounts"
    case .date: "a day"
    }
  }

  fileprivate var written: String {
    switch self {
    case .money: "`£1.5m`, `£250k`, `£106,000`"
    case .count: "`1,200`"
    case .ratio: "`2.5%`"
    case .points: "`1.4pp`"
    case .number: "`0.75`"
    case .unitPrice: "`£1,250` beside one, `cost / patients`"
    case .severity: "`amber`"
    case .text: "`\"PCT\"`"
    case .truth: "`true`, `forecast > plan`"
    case .period: "`2013-14 M8`"
    case .date: "`2014-03-31`"
    }
  }
}

extension Basis {
  fileprivate var meaning: String {
    switch self {
    case .inPeriod: "the flow of that month"
    case .yearToDate: "the running total from M1, as reported"
    case .fullYear: "the whole year, as stated in that month's return"
    case .atPeriodEnd: "a stock: a balance, a list size, a headcount"
    }
  }

  fileprivate var use: String {
    switch self {
    case .inPeriod: "summed over periods; `ytd` adds it up"
    case .yearToDate: "differenced; `in_month` gives the flow"
    case .fullYear: "compared between returns of a year; never added over periods"
    case .atPeriodEnd: "compared; divides anything; never added over periods"
    }
  }
}
