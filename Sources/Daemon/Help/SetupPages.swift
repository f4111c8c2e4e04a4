extension ConfigurationPage {
  /// C100 and C130 on: the configuration, the register and the rules together.
  static func ofSetups(_ code: SetupCode) -> ConfigurationPage {
    switch code {
    case .configurationUnreadable:
      ConfigurationPage(
        "Nothing can be checked without it. Where none is named, it is ./outturn.yaml or else /etc/outturn/outturn.yaml.",
        wrong: "outturn check --config outturn.yml",
        right: "outturn check --config outturn.yaml", .command)
    case .registerUnreadable:
      ConfigurationPage(
        "Without the register nobody knows whose figures arrive. A path is read from the configuration's own folder.",
        wrong: "register: department.csv",
        right: "register: departments.csv")
    case .registerRow:
      ConfigurationPage(
        "Every row has a code, by which figures are taken in, and a name, by which people are told.",
        wrong: "code,name\nLIB,Libraries\n,Museums",
        right: "code,name\nLIB,Libraries\nMUS,Museums", .register)
    case .registerFlaw:
      ConfigurationPage(
        "Parents and successors are rows of the register themselves, nobody is a part of itself, and the rows of one code do not "
          + "overlap in time.",
        wrong: "code,name,parent\nLIB,Libraries,\nMUS,Museums,CUL",
        right: "code,name,parent\nCUL,Culture,\nLIB,Libraries,CUL\nMUS,Museums,CUL", .register)
    case .noRegister:
      ConfigurationPage(
        "Whoever returns anything is then an organisation, by the code alone: nobody has a name, a kind or a region, and who never returns "
          + "anything is not missed.",
        wrong: "# register: departments.csv",
        right: "register: departments.csv")
    case .measureUndeclared:
      ConfigurationPage(
        "A figure that no rule file declares has no kind and no basis, and would be read by nobody.",
        wrong: sources(["travel": "paid"]),
        right: sources(["travel": "spent"]))
    case .measureOfTwoSources:
      ConfigurationPage(
        "Each file of the one source would restate what the other said. Two files with one measure are one source, or two measures.",
        wrong: sources(["hotels": "spent", "travel": "spent"]),
        right: sources(["hotels": "hotel_spend", "travel": "spent"])
          + "\n---- rules\nmeasure hotel_spend money year to date adverse high", .rules)
    case .dimensionUndeclared:
      ConfigurationPage(
        "A key of the figures that no rule file declares would split them up, and no rule could speak of the parts.",
        wrong: sources(["travel": "spent"], key: "purpose: Purpose"),
        right: sources(["travel": "trips"], key: "purpose: Purpose")
          + "\n---- rules\ndimension purpose\nmeasure trips count in period by purpose", .rules)
    case .dimensionNotFed:
      ConfigurationPage(
        "A slice by a dimension that no column fills would be empty without a word.",
        wrong: sources(["travel": "trips"])
          + "\n---- rules\ndimension purpose\nmeasure trips count in period by purpose",
        right: sources(["travel": "trips"], key: "purpose: Purpose")
          + "\n---- rules\ndimension purpose\nmeasure trips count in period by purpose", .rules)
    case .deadlineUnknown:
      ConfigurationPage(
        "How late a return is depends on when it was due. The source of the figure says so, or the rule does: days_late(spent, 15).",
        wrong: source() + "\n---- rules\n" + lateness,
        right: source(due: "15 working days after month end") + "\n---- rules\n" + lateness, .rules)
    case .senderUnknown:
      ConfigurationPage(
        "A return that nobody can send would be late for ever.",
        wrong: source(due: "15 working days after month end", expects: "[LIB, MSU]"),
        right: source(due: "15 working days after month end", expects: "[LIB, MUS]"))
    case .currencyOther:
      ConfigurationPage(
        "The rules have one currency, and nothing is converted: dollars would be taken for as many pounds.",
        wrong: sources(["travel": "spent"], unit: "$"),
        right: sources(["travel": "spent"], unit: "£"))
    case .rulesUnreadable:
      ConfigurationPage(
        "The folder of rules is not there, may not be read, or has more than \(RuleFolder.mostFiles) rule files. A path is read from "
          + "the configuration's own folder.",
        wrong: "rules: rule",
        right: "rules: rules")
    case .noRules:
      ConfigurationPage(
        "A folder in which no file ends in .rules watches nothing, which is hardly what it is for.",
        wrong: "rules: inbox",
        right: "rules: rules")
    case .inboxUnusable:
      ConfigurationPage(
        "Drops are taken out of the inbox: it has to be there, and the daemon's user reads and writes in it.",
        wrong: source(inbox: "inboxes"),
        right: source(inbox: "inbox"))
    case .secretUnreadable:
      ConfigurationPage(
        "What a receiver needs is read when something is sent, and then it would be too late. A credential is handed over by systemd "
          + "and is tried by the service alone.",
        wrong: receiver("{ file: /etc/outturn/secrets/finance-sining }"),
        right: receiver("{ credential: finance-signing }"))
    case .fileUnmatched:
      ConfigurationPage(
        "Such a file lies there for ever, and whoever sent it thinks that it was read. A spreadsheet is saved as CSV.",
        wrong: "inbox/travel.xlsx",
        right: "inbox/travel.csv", .inbox)
    case .packUnlike:
      ConfigurationPage(
        "A folder of rules has one currency and one start of the year. A pack with others goes into a folder, and a ledger, of its own.",
        wrong: "outturn rules add city-budgets --into rules",
        right: "outturn rules add city-budgets --into city-rules", .command)
    }
  }

  private static let lateness = """
    rule travel_late "The travel figures are late"
      for each organisation
      amber when days_late(spent) > 5
      message "{organisation}"
    """

  /// Sources by name, each with the measure that it reads.
  private static func sources(_ measures: [String: String], key: String? = nil, unit: String = "£") -> String {
    let sources = measures.sorted { $0.key < $1.key }.map { name, measure in
      """
        \(name):
          inbox: inbox/\(name)
          columns:
            organisation: Department
            period: Month\(key.map { "\n      \($0)" } ?? "")
            measures:
              \(measure): { column: Spent, unit: \(unit) }
      """
    }
    return "sources:\n" + sources.joined(separator: "\n")
  }
}
