import Foundation
import TestKit
import Testing

/// `outturn check`, and what a person is told who mistypes a command.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"))
struct CheckTests {
  private let folder = TemporaryFolder()

  private func write(_ name: String, _ text: String) throws {
    try text.write(toFile: folder.path + "/" + name, atomically: true, encoding: .utf8)
  }

  private func make(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/" + name, withIntermediateDirectories: true)
  }

  private func outturn(_ arguments: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.outturn.run(arguments, in: folder.path)
  }

  private static let rules = """
    currency GBP
    year starts in April
    measure plan money full year reference
    measure forecast money full year adverse high

    rule one "One"
      for each organisation
      watch forecast - plan
      red above £5m
      suppress when organisation is "W" until 2013-09-30 because "late"
      message "{organisation}"

    """

  /// - Parameter columns: what the source reads beside organisation and period.
  private func prepare(columns: String = "forecast: FOT, plan: Plan", sign: String = "") throws {
    try make("rules")
    try write("rules/one.rules", Self.rules)
    try write("organisations.csv", "code,name\nW,Wessex\n")
    try write(
      "outturn.yaml",
      """
      ledger: ledger.db
      rules: rules
      register: organisations.csv
      sources:
        returns:
          inbox: inbox
          files: ["*.csv"]
          columns:
            organisation: Org
            period: 2013-14
            measures: { \(columns) }
      receivers:
        finance: { webhook: { url: "https://finance.example/hook"\(sign) } }
      routes:
        - to: [finance]

      """)
  }

  /// Doubts that `rules check --config` has; and a file that lies in the inbox and is never read.
  @Test func showsEveryDoubt() throws {
    try prepare()
    try make("inbox")
    try write("inbox/M8.xlsx", "x")
    try write("inbox/M8.csv", "Org,FOT,Plan\n")
    let checked = try outturn("check")
    #expect(checked.status == 0, "\(checked.errors)")
    for code in ["R501", "R502", "R503", "R513", "C162"] {
      #expect(checked.errors.contains("warning[\(code)]"), "\(code): \(checked.errors)")
    }
    #expect(checked.errors.contains("1 file in the inbox of returns will not be read: M8.xlsx"))
    #expect(checked.errors.contains("outturn.yaml:7:5"))
  }

  @Test func saysThatAnInboxIsNotThere() throws {
    try prepare()
    let checked = try outturn("check")
    #expect(checked.status == 1 && checked.errors.contains("error[C160]"), "\(checked.errors)")
    #expect(checked.errors.contains("fix: mkdir -p") && checked.errors.contains("outturn.yaml:6:5"))
    try write("inbox", "a file")
    #expect(try outturn("check").errors.contains("is not a folder"))
  }

  @Test func saysThatASecretCannotBeRead() throws {
    let secret = folder.path + "/secret"
    try prepare(sign: ", sign: { file: \(secret) }")
    try make("inbox")
    let absent = try outturn("check")
    #expect(absent.status == 1 && absent.errors.contains("error[C161]: a secret of finance can't be read"))
    #expect(absent.errors.contains("outturn.yaml:13:14"), "\(absent.errors)")
    try write("secret", "whsec_0123")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secret)
    #expect(try outturn("check").errors.contains("may be read by everybody"))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
    let readable = try outturn("check")
    #expect(readable.status == 0 && !readable.errors.contains("whsec_"), "\(readable.errors)")
    try prepare(sign: ", sign: { credential: hook }")
    #expect(try outturn("check").output.contains("Not tried, as systemd hands them to the service alone: hook."))
  }

  /// What is wrong between two files has its place in one of them.
  @Test func mismatchesHaveAPlace() throws {
    try prepare(columns: "forcast: FOT")
    try make("inbox")
    let misspelt = try outturn("check")
    #expect(
      misspelt.errors.contains("error[C140]") && misspelt.errors.contains("outturn.yaml:11:19"), "\(misspelt.errors)")
    #expect(misspelt.errors.contains("did you mean “forecast”?"))
    try FileManager.default.removeItem(atPath: folder.path + "/organisations.csv")
    let unread = try outturn("check")
    #expect(unread.errors.contains("error[C130]") && unread.errors.contains("outturn.yaml:3:1"), "\(unread.errors)")
    try FileManager.default.removeItem(atPath: folder.path + "/rules/one.rules")
    #expect(try outturn("check").errors.contains("outturn.yaml:2:1"))
  }

  @Test(arguments: [
    ("ruels check", "`outturn ruels`: did you mean “rules”?"), ("rules chekc", "did you mean “check”?"),
    ("drops lst", "did you mean “list”?"), ("check --confg x", "Did you mean '--config'?"),
    ("surve", "did you mean “serve”?"), ("nonsense", "`outturn nonsense`: there is "),
  ])
  func aMisspeltCommandIsAsked(_ words: String, _ told: String) throws {
    let ended = try BuiltProgram.outturn.run(words.split(separator: " ").map(String.init), in: folder.path)
    #expect(ended.status == 2 && ended.errors.contains(told), "\(ended.errors)")
  }
}
