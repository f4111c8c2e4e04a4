import Foundation
import FoundationXML
import RegexBuilder
import TestKit
import Testing

/// The catalogue as the built program writes it from a ledger, and the way from an alert to its rule there.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"), .timeLimit(.minutes(2)))
struct PublishedCatalogueTests {
  private static let address = "https://finance.example/rules.html?a=1&b=2"

  private static let rules = """
    currency GBP
    year starts in April
    measure plan money full year "Planned spend"
    measure forecast money full year adverse high "Forecast outturn"
    table limits by kind
      "Trust"                amber 2%  red 2.1%
      organisation "Body 11" amber 30% red 40%
      otherwise              amber 1%  red 2%
    rule over_plan formerly overspend "Forecast over plan"
      for each organisation
      watch (forecast - plan) / plan
      amber above limits.amber
      red above limits.red
      message "{organisation} is {watched} over its plan"
    rule few "Nothing is watched"
      overall
      red when count(organisation) < 1
      message "x"

    """

  /// Twelve bodies over fourteen months; body 3 drifts away from its plan, body 11 is further away and may be.
  private static func returns() -> String {
    var lines = ["Org,Month,Plan,Forecast"]
    for month in 1...14 {
      let label = month <= 12 ? "2023-24 M\(month)" : "2024-25 M\(month - 12)"
      for body in 0..<12 {
        let over = body == 3 ? month * 4 : body == 11 ? 250 : body % 4
        lines.append("B\(body),\(label),1000000,\(1_000_000 + over * 1000)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func publish(subject: String? = nil) throws -> (
    page: String, markdown: String, folder: TemporaryFolder
  ) {
    let folder = TemporaryFolder()
    func write(_ name: String, _ text: String) throws {
      let url = URL(filePath: folder.path + "/" + name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    try write("rules/all.rules", rules)
    let bodies = (0..<12).map { "B\($0),Body \($0),\($0 == 3 ? "Trust" : "Board")\n" }
    try write("register.csv", "code,name,kind\n" + bodies.joined())
    try write("inbox/returns.csv", returns())
    try write(
      "outturn.yaml",
      """
      ledger: ledger.db
      rules: rules
      register: register.csv
      catalogue: \(address)
      sources:
        returns:
          inbox: inbox
          every: 100ms
          ready: { unchanged_for: 0s }
          header: [Org, Month, Plan, Forecast]
          columns:
            organisation: Org
            period: Month
            measures: { plan: { column: Plan, unit: £ }, forecast: { column: Forecast, unit: £ } }
          restates: [organisation, period]
      routes: [{ to: [json, text] }]
      receivers:
        json: { log: { path: \(folder.path)/alerts.jsonl, format: json } }
        text: { log: { path: \(folder.path)/alerts.txt, format: text } }
      """)
    let config = ["-c", folder.path + "/outturn.yaml"]
    let served = try BuiltProgram.outturn.run(["serve", "--once"] + config)
    try #require(served.status == 0, "\(served.errors)")
    let asked = subject.map { ["--subject", $0] } ?? []
    let written = try BuiltProgram.outturn.run(["rules", "doc", "-o", folder.path] + config + asked)
    try #require(written.status == 0, "\(written.errors)")
    let markdown = try BuiltProgram.outturn.run(["rules", "doc", "--format", "markdown"] + config + asked)
    let page = try String(contentsOfFile: folder.path + "/catalogue.html", encoding: .utf8)
    return (page, markdown.output, folder)
  }

  @Test func figuresChartsAndAlertsAreShown() throws {
    let (page, markdown, folder) = try Self.publish()
    // The figures of the table, and who goes by them.
    for part in [
      "<caption>Thresholds: limits by kind</caption>", "<th scope=\"row\">Trust</th><td class=\"figure\">2%</td>",
      "<th scope=\"row\">Body 11</th><td class=\"figure\">30%</td>", "above the amber figure of limits for its kind",
    ] { #expect(page.contains(part), "\(part)") }
    // Body 3 fires; body 11 is further over its plan, and within its own limits. The others are a band.
    #expect(page.contains("The worst off of 12 (red)"))
    #expect(page.contains("Body 3: 5.6% in 2024-25 M2"))
    #expect(page.contains("red above 2.1%") && page.contains("class=\"band\""))
    #expect(!page.contains("2023-24 M2:") && page.contains("2023-24 M3: 1.2%"), "a year and no more")
    #expect(page.contains("<th scope=\"col\">Opened</th>") && page.contains("No chart: the rule watches no value"))
    #expect(markdown.contains("| kind | amber | red |") && markdown.contains("| Opened | About | Severity | Ended |"))
    #expect(markdown.contains("| Body 11 | 30% | 40% |"))
    #expect(page.contains("with the alerts and figures of the year to 2024-25 M2"))
    // The form of the page.
    let parser = XMLParser(data: Data(page.utf8))
    #expect(parser.parse(), "\(parser.parserError.map(String.init(describing:)) ?? "")")
    withExtendedLifetime(folder) {}
  }

  @Test func labelsDoNotStandOnEachOther() throws {
    let (page, _, folder) = try Self.publish()
    let label = /<text class="(?:now|amber|red)" x="[\d.]+" y="([\d.]+)"/
    let heights = page.matches(of: label).compactMap { Double($0.1) }.sorted()
    #expect(heights.count == 3, "2%, 2.1% and the last value: \(heights)")
    for (upper, lower) in zip(heights, heights.dropFirst()) { #expect(lower - upper >= 14.9, "\(heights)") }
    withExtendedLifetime(folder) {}
  }

  @Test func anySubjectMayBeDrawn() throws {
    let (page, _, folder) = try Self.publish(subject: "Body 11")
    #expect(page.contains("Body 11: 25.0% in 2024-25 M2") && page.contains("One of 12"))
    #expect(page.contains("red above 40.0%"))
    let refused = try BuiltProgram.outturn.run(
      ["rules", "doc", "--subject", "Nobody", "-c", folder.path + "/outturn.yaml"])
    #expect(refused.status == 2 && refused.errors.contains("No rule says anything of “Nobody”"))
  }

  /// The rule's place in the catalogue is in what goes out, in the log and in what the program lists.
  @Test func everyAlertLeadsToItsRule() throws {
    let (page, _, folder) = try Self.publish()
    let place = Self.address + "#over_plan"
    #expect(page.contains("id=\"over_plan\"") && page.contains("id=\"overspend\""))
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
    }
    #expect(try text("alerts.jsonl").contains("\"catalogue\":\"\(place)\""))
    #expect(try text("alerts.txt").contains(" \(place) record"))
    func alerts(_ arguments: String...) throws -> String {
      try BuiltProgram.outturn.run(["alerts"] + arguments + ["-c", folder.path + "/outturn.yaml"]).output
    }
    #expect(try alerts("list").contains("What its rule does: \(Self.address)#RULE"))
    #expect(
      try alerts("list", "--format", "json").contains(place.replacing("/", with: "\\/"))
        || alerts("list", "--format", "json").contains(place))
    #expect(try alerts("show", "1").contains("catalogue: \(place)"))
  }

  /// What no rule says has a section of its own, and its alerts lead there.
  @Test func whatIsReportedByItselfLeadsToItsSection() throws {
    let (page, markdown, folder) = try Self.publish()
    for name in ["drop_rejected", "drop_held", "reload_failed", "rules_changed", "return_late", "data_gap"] {
      #expect(page.contains("<article id=\"\(name)\"") && page.contains("<a href=\"#\(name)\">"))
      #expect(markdown.contains("<a id=\"\(name)\"></a>"))
    }
    try Self.rules.replacing("red 2.1%", with: "red 90%")
      .write(toFile: folder.path + "/rules/all.rules", atomically: true, encoding: .utf8)
    try "neither,this\n".write(toFile: folder.path + "/inbox/wrong.csv", atomically: true, encoding: .utf8)
    try BuiltProgram.outturn.run(["serve", "--once", "-c", folder.path + "/outturn.yaml"])
    let told = try String(contentsOfFile: folder.path + "/alerts.jsonl", encoding: .utf8)
    for name in ["rules_changed", "drop_rejected"] {
      #expect(told.contains("\"catalogue\":\"\(Self.address)#\(name)\""), "\(told.suffix(3000))")
    }
  }

  /// Before the first file there is a page, too.
  @Test func aLedgerThatIsNotThereYetLeavesTheChartsOut() throws {
    let (_, _, folder) = try Self.publish()
    let ledger = folder.path + "/ledger.db"
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: ledger + suffix) }
    let config = ["-c", folder.path + "/outturn.yaml"]
    let written = try BuiltProgram.outturn.run(["rules", "doc", "-o", folder.path] + config)
    #expect(written.status == 0 && written.errors.contains("there is no ledger yet at \(ledger)"), "\(written.errors)")
    let page = try String(contentsOfFile: folder.path + "/catalogue.html", encoding: .utf8)
    #expect(page.contains("Made without a ledger") && page.contains("id=\"over_plan\""))
    // One that is named has to be there, and so has one that a subject is looked for in.
    for wrong in [["--ledger", ledger], ["--subject", "Body 1"]] {
      #expect(try BuiltProgram.outturn.run(["rules", "doc"] + config + wrong).status == 2)
    }
  }

  /// Skipped where tidy is not there.
  @Test(.enabled(if: tidy.isBuilt, "tidy is not there")) func theHTMLIsValid() throws {
    let (_, _, folder) = try Self.publish()
    let checked = try Self.tidy.run(["-q", "-e", folder.path + "/catalogue.html"])
    #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.errors)")
    // The control: what is not valid is found.
    try "<!DOCTYPE html><title>x</title><p><table><tr><td></p>".write(
      toFile: folder.path + "/wrong.html", atomically: true, encoding: .utf8)
    #expect(try Self.tidy.run(["-q", "-e", folder.path + "/wrong.html"]).status != 0)
  }

  private static let tidy = BuiltProgram(path: "/usr/bin/tidy")
}
