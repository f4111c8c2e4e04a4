import Foundation
import TestKit
import Testing

/// `outturn rules add`: whole or not at all, and nothing of anyone's is lost.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built")) struct RulePacksTests {
  private let folder = TemporaryFolder()
  private static let shipped = RulePackRun.root.appending(path: "Rules").path

  private func outturn(_ arguments: String...) throws -> BuiltProgram.Ended {
    try BuiltProgram.outturn.run(arguments, in: folder.path)
  }

  private func write(_ text: String, to path: String) throws {
    let url = URL(filePath: "\(folder.path)/\(path)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  /// Everything below a folder, hidden files too, with what it holds.
  private func contents(_ path: String) throws -> [String: String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/\(path)")
    return try Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        let file = "\(folder.path)/\(path)/\(name)"
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else {
          return nil
        }
        return (name, try String(contentsOfFile: file, encoding: .utf8))
      })
  }

  @Test func thePacksOfACheckoutAreListed() throws {
    let ended = try outturn("rules", "add")
    #expect(ended.status == 0)
    for pack in ["city-budgets", "local-government", "nhs-commissioning", "payments"] {
      #expect(ended.output.contains("\(pack) ("), "\(ended.output)")
    }
    #expect(ended.output.contains("  Reads budget and outturn returns of English councils (RA, RSX), as published.\n"))
  }

  @Test(arguments: ["city-budgets", "local-government", "nhs-commissioning", "payments"])
  func aPackIsCopiedAsItIs(_ pack: String) throws {
    let ended = try outturn("rules", "add", pack, "--into", "rules")
    #expect(ended.status == 0, "\(ended.errors)")
    let copied = try contents("rules")
    #expect(copied["\(pack)/settings.rules"]?.contains("year starts in") == true)
    for (path, text) in copied {
      #expect(text == (try String(contentsOfFile: "\(Self.shipped)/\(path)", encoding: .utf8)))
      #expect(!path.hasSuffix("outturn.yaml") && !path.hasSuffix("organisations.csv"))
    }
    #expect(try outturn("rules", "check", "rules").status == 0)
  }

  /// A pack is an example: no warning, every rule tested, laid out as `fmt` does.
  @Test(arguments: ["city-budgets", "local-government", "nhs-commissioning", "payments"])
  func aPackIsInOrder(_ pack: String) throws {
    let rules = "\(Self.shipped)/\(pack)"
    let checked = try outturn("rules", "check", "--strict", rules)
    #expect(checked.status == 0, "\(checked.errors)")
    let tested = try outturn("rules", "test", rules)
    #expect(tested.status == 0, "\(tested.output)")
    let laidOut = try outturn("rules", "fmt", "--check", rules)
    #expect(laidOut.status == 0, "\(laidOut.output)")
  }

  @Test func itSaysWhatIsLeftToDo() throws {
    try write("source: nothing\n", to: "outturn.yaml")
    let ended = try outturn("rules", "add", "payments", "--into", "rules")
    #expect(
      ended.output.contains(
        "No configuration reads paid, payments, paid_again, lines_again, practice_payments, prescribing_fees and 3 more. "
          + "\(Self.shipped)/payments/outturn.yaml shows how: sources payments and practices."))
    #expect(ended.output.contains("outturn rules check rules\n"))
  }

  @Test func theConfigurationSaysWhereTheRulesAre() throws {
    let shipped = try String(contentsOfFile: "\(Self.shipped)/payments/outturn.yaml", encoding: .utf8)
    try write(shipped.replacing("/etc/outturn/rules", with: "policy"), to: "outturn.yaml")
    let ended = try outturn("rules", "add", "payments")
    #expect(ended.status == 0, "\(ended.errors)")
    let names = ["lists", "payments", "practices", "settings"]
    #expect(try contents("policy").keys.sorted() == names.map { "payments/\($0).rules" })
    // Its sources are there already.
    #expect(!ended.output.contains("does not read"))
  }

  /// Whoever needs several packs has them all, in any order.
  @Test func thePacksOfOneCurrencyGoTogether() throws {
    for packs in [["nhs-commissioning", "payments", "local-government"], ["local-government", "payments", "nhs-commissioning"]] {
      for pack in packs {
        let ended = try outturn("rules", "add", pack, "--into", packs[0])
        #expect(ended.status == 0, "\(pack) to \(packs): \(ended.errors)")
      }
    }
  }

  @Test func twoPacksShareOneCurrencyAndYear() throws {
    #expect(try outturn("rules", "add", "payments", "--into", "rules").status == 0)
    #expect(try outturn("rules", "add", "local-government", "--into", "rules").status == 0)
    #expect(
      try contents("rules").keys.sorted() == [
        "local-government/childrens-social-care.rules", "payments/lists.rules", "payments/payments.rules",
        "payments/practices.rules", "payments/settings.rules",
      ])
    #expect(try outturn("rules", "check", "rules").status == 0)
  }

  @Test func anotherCurrencyIsRefused() throws {
    #expect(try outturn("rules", "add", "payments", "--into", "rules").status == 0)
    let before = try contents("rules")
    let ended = try outturn("rules", "add", "city-budgets", "--into", "rules")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("city-budgets has “currency UAH” and cannot join rules that have “currency GBP”"))
    #expect(ended.errors.contains("“year starts in January” and cannot join rules that have “year starts in April”"))
    #expect(!ended.errors.contains("R216"))
    #expect(try contents("rules") == before)
  }

  @Test func aNameThatIsTakenIsRefused() throws {
    try write(
      "currency GBP\nyear starts in April\nmeasure paid money in period \"What we paid\"\n", to: "rules/mine.rules")
    let before = try contents("rules")
    let ended = try outturn("rules", "add", "payments", "--into", "rules")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("error[R302]: the name `paid` is declared twice"), "\(ended.errors)")
    #expect(ended.errors.contains("rules/mine.rules:3:9"))
    #expect(try contents("rules") == before)
  }

  @Test func whatWasChangedIsShownAndKept() throws {
    #expect(try outturn("rules", "add", "payments", "--into", "rules").status == 0)
    #expect(try outturn("rules", "add", "payments", "--into", "rules").output.contains("as it is"))
    let path = "rules/payments/payments.rules"
    let changed = try contents("rules")["payments/payments.rules"]!.replacing("red above 500%", with: "red above 400%")
    try write(changed, to: path)
    try write("# ours\n", to: "rules/payments/notes.txt")

    let refused = try outturn("rules", "add", "payments", "--into", "rules")
    #expect(refused.status == 1)
    #expect(refused.output.contains("-  red above 400%\n+  red above 500%\n"), "\(refused.output)")
    #expect(try contents("rules")["payments/payments.rules"] == changed)

    let forced = try outturn("rules", "add", "payments", "--into", "rules", "--force")
    #expect(forced.status == 0)
    let after = try contents("rules")
    #expect(after["payments/payments.rules"]?.contains("red above 500%") == true)
    #expect(after["payments/notes.txt"] == "# ours\n")
    #expect(after.count == 5)
  }

  @Test func aPackByItsPath() throws {
    try write(
      "currency GBP\nyear starts in April\nmeasure fuel money in period \"Fuel\"\n"
        + "rule thirsty \"Much fuel\"\n  for each organisation\n  watch fuel\n  red above £1m\n  message \"{fuel}\"\n",
      to: "packs/fleet/fleet.rules")
    #expect(try outturn("rules", "add", "packs/fleet", "--into", "rules").status == 0)
    #expect(try contents("rules").keys.sorted() == ["fleet/fleet.rules"])
  }

  @Test(arguments: [
    ("paymnts", "There is no rule pack called “paymnts”: did you mean “payments”?"),
    ("./nowhere", "There are no rules in ./nowhere."),
  ])
  func whatIsNotThereIsSaid(_ pack: String, _ words: String) throws {
    let ended = try outturn("rules", "add", pack, "--into", "rules")
    #expect(ended.status == 2)
    #expect(ended.errors.contains(words), "\(ended.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/rules"))
  }
}
