import Foundation
import TestKit
import Testing

/// Mistakes in the register and in what the configuration says beside it: each is told in its own file, at its line, and
/// nothing else is blamed for it.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"))
struct RegisterMistakesTests {
  private let folder = TemporaryFolder()

  private static let heading = "code,name,kind,parent,from,to,successors\n"

  private static let rules = """
    currency GBP
    year starts in April
    measure spent money year to date adverse high

    rule travel "Travel"
      for each organisation where kind is "public"
      red when spent > £5m
      message "{organisation}"

    """

  private func check(register: String, unit: String = "£", more: String = "", rules: String = Self.rules) throws
    -> String
  {
    let files = [
      "register.csv": register, "rules/travel.rules": rules,
      "outturn.yaml": """
      ledger: ledger.db
      rules: rules
      register: register.csv
      sources:
        travel:
          inbox: inbox
          columns:
            organisation: Department
            period: Month
            measures:
              spent: { column: Spent, unit: \(unit) }
      \(more)routes:
        - to: [log]
      receivers:
        log: { log: { path: \(folder.path)/alerts.jsonl, format: json } }

      """,
    ]
    for name in ["rules", "inbox"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    for (name, text) in files { try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8) }
    let ended = try BuiltProgram.outturn.run(["check"], in: folder.path)
    return ended.output + ended.errors
  }

  private struct Mistake {
    /// The register as it is written.
    var register: String
    /// The first finding: its headline, its place, and what to do.
    var said: [String]
  }

  private static let mistakes = [
    Mistake(
      register: heading + "LIB,Libraries,public,,,,\nMUS,Museums,public,,,,\nLIB,Library service,public,,,,\n",
      said: [
        "error[C132]: LIB has two rows for the same days: “Libraries” (always to now) and “Library service” (always to now)",
        "register.csv:4:1", "= fix: one row of each code, or days (from, to) that do not overlap",
      ]),
    Mistake(
      register: heading + "LIB,Libraries,public,Museums,,,\nMUS,Museums,public,,,,\n",
      said: [
        "error[C132]: LIB is a part of Museums, which is not on the register", "register.csv:2:1",
        "= fix: its code, “MUS”",
      ]),
    Mistake(
      register: heading + "LIB,Libraries,public,,,,MSU\nMUS,Museums,public,,,,\n",
      said: [
        "error[C132]: LIB was succeeded by MSU, which is not on the register", "register.csv:2:1",
        "= fix: perhaps “MUS”",
      ]),
    Mistake(
      register: heading + "LIB,Libraries,public,MUS,,,\nMUS,Museums,public,LIB,,,\n",
      said: ["error[C132]: LIB is a part of itself, by way of its parents", "register.csv:2:1"]),
    Mistake(
      register: heading + "LIB,Libraries,public,,2024-04-01,2023-03-31,\n",
      said: ["error[C132]: LIB ends before it starts", "register.csv:2:1"]),
    Mistake(
      register: heading + "\"LIB\",\"Libraries\nand archives\",public,,,,\nMUS,Museums,public,,01/04/2013,,\n",
      said: ["error[C131]: “01/04/2013” is not a date", "register.csv:4:21", "= fix: a date such as 2013-04-01"]),
    Mistake(
      register: heading + "LIB,Libraries, Museums,public,,,,\n",
      said: ["error[C131]: the row has 8 fields and there are 7 headings", "register.csv:2:1"]),
    Mistake(
      register: heading + "LIB,Libraries,public,,,,\n,Museums,public,,,,\n",
      said: ["error[C131]: the organisation has no code", "register.csv:3:1"]),
    Mistake(
      register: heading + "LIB,Libraries,public,,,,\nMUS,\"Museums,public,,,,\n",
      said: ["error[C131]: this row is not comma-separated text", "register.csv:3:1", "= fix: quotes that are closed"]),
    Mistake(
      register: (heading + "LIB,Libraries,public,,,,\n").replacing(",", with: ";"),
      said: [
        "error[C131]: the columns are separated by semicolons", "register.csv:1:1",
        "= fix: commas: the file saved as CSV (comma delimited)",
      ]),
    Mistake(
      register: (heading + "LIB,Libraries,public,,,,\n").replacing(",", with: "\t"),
      said: ["error[C131]: the columns are separated by tabs", "register.csv:1:1"]),
    Mistake(
      register: "Register at 31 March,,,,,,\n,,,,,,\n" + heading + "LIB,Libraries,public,,,,\n",
      said: [
        "error[C131]: the headings stand in row 3, with other lines above them", "register.csv:1:1",
        "= fix: a file that begins with its headings",
      ]),
    Mistake(
      register: "organisation code,name,kind\nLIB,Libraries,public\n",
      said: ["error[C131]: there is no heading “code” in row 1", "register.csv:1:1"]),
    Mistake(
      register: "code,name,kind,kind\nLIB,Libraries,public,public\n",
      said: ["error[C131]: the heading stands in two columns", "register.csv:1:"]),
    Mistake(register: heading, said: ["error[C131]: the register: the register names nobody", "outturn.yaml:3:1"]),
  ]

  @Test(arguments: mistakes.indices) func isToldAtItsLine(_ index: Int) throws {
    let mistake = Self.mistakes[index]
    let said = try check(register: mistake.register)
    #expect(said.contains("error[C"), "\(said)")
    for words in mistake.said { #expect(said.contains(words), "\(words)\n\(said)") }
    #expect(!said.contains("error[R"), "rules are not to blame\n\(said)")
  }

  private static let one = heading + "LIB,Libraries,public,,,,\n"

  /// Dollars are not taken for pounds.
  @Test func anotherCurrencyIsRefused() throws {
    let said = try check(register: Self.one, unit: "$000")
    #expect(said.contains("error[C146]: the source travel reads spent in USD, and the rules are in GBP"), "\(said)")
    #expect(said.contains("outturn.yaml:11:9"), "\(said)")
  }

  @Test func aLateReturnWithoutADeadlineHasItsPlace() throws {
    let said = try check(
      register: Self.one, rules: Self.rules.replacing("spent > £5m", with: "days_late(spent) > 3"))
    #expect(said.contains("error[C144]: ") && said.contains("outturn.yaml:5:3"), "\(said)")
  }
}
