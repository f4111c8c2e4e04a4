import Foundation
import TestKit
import Testing

/// What bad input gets: a clear error in the sender's terms, a word to the receiver, and nothing lost.
@Suite(.enabled(if: Program.isBuilt, "the daemon is not built"), .timeLimit(.minutes(10))) struct BadDropTests {
  struct Bad: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: Data
    /// In `NAME.errors.csv`, all of them.
    var words: [String]

    init(_ description: String, _ text: String, _ words: String...) {
      self.init(description, Data(text.utf8), words)
    }

    init(_ description: String, _ bytes: Data, _ words: [String]) {
      testDescription = description
      self.bytes = bytes
      self.words = words
    }
  }

  private static func rows(_ rows: String...) -> String { Site.heading + rows.joined(separator: "\n") + "\n" }
  private static let good = "S,2024-25 M1,1000000,1060000"

  static let bad = [
    Bad("a wrong heading", "Code,Month,Plan,Forcast\n\(good)\n", "Forecast", "Forcast"),
    Bad(
      "an amount that did not fit its column", rows(good, "N,2024-25 M1,1000000,########"), "3,", "Forecast", "########"
    ),
    Bad("a text amount", rows(good, "N,2024-25 M1,about a million,1000000"), "3,", "Plan", "about a million"),
    Bad("a missing organisation", rows(good, ",2024-25 M1,1000000,1000000"), "3,", "Code", "missing"),
    Bad("an unknown organisation", rows(good, "NN,2024-25 M1,1000000,1000000"), "3,", "NN", "register"),
    Bad("a period that is none", rows(good, "N,2024-25 M14,1000000,1000000"), "3,", "Month", "2024-25 M14"),
    Bad("a duplicate key", rows(good, "N,2024-25 M1,1000000,1000000", "N,2024-25 M1,1000000,1010000"), "4,", "row 3"),
    Bad("an empty file", "", "empty"),
    Bad("headings alone", Site.heading, "row"),
    Bad("broken UTF-8", Data((rows(good) + "N,2024-25 M1,1000000,10").utf8) + [0xC3, 0x28, 0xFF], ["3,"]),
    Bad(
      "a field of ten megabytes",
      rows(good, "N,2024-25 M1,1000000,\"" + String(repeating: "9", count: 10 << 20) + "\""), "3"),
    Bad("a truncated gzip", Data(gzip.prefix(gzip.count - 12)), ["cut off"]),
  ]

  /// `gzip` of a good return, made once by the tool itself.
  private static let gzip: Data = {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/M1.csv"
    try? Data((rows(good) + (2..<12).map { "S,2024-25 M\($0),1000000,10\($0)0000\n" }.joined()).utf8)
      .write(to: URL(filePath: path))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/gzip")
    process.arguments = [path]
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    guard (try? process.run()) != nil else { return Data() }
    ended.wait()
    return (try? Data(contentsOf: URL(filePath: path + ".gz"))) ?? Data()
  }()

  @Test(arguments: bad) func `is rejected in the sender's words`(bad: Bad) async throws {
    let name = bad.testDescription.hasSuffix("gzip") ? "M1.csv.gz" : "M1.csv"
    let site = try Site()
    try site.drop(bad.bytes, as: name)
    try await site.serveOnce()
    #expect(site.files(in: "rejected") == [name, "\(name).errors.csv"])
    #expect(
      try Data(contentsOf: URL(filePath: "\(site.inbox)/rejected/\(name)")) == bad.bytes, "the file is kept as it came")
    let errors = site.contents("rejected/\(name).errors.csv")
    for word in bad.words { #expect(errors.contains(word), "\(errors)") }
    let told = try site.receiver.alerts()
    #expect(told.map(\.summary) == ["drop_rejected red"])
    #expect(told.first?.sentence.contains(name) == true)
    // Not one of its rows is in the ledger, and the next file is read.
    #expect(try site.cells().split(separator: "\r\n").count == 1)
    try site.drop(Self.rows(Self.good), as: "corrected.csv")
    try await site.serveOnce()
    #expect(try site.receiver.alerts().last?.summary == "opened red South 2024-25 M1")
    try await site.expectNothingLost()
  }

  @Test func `a wrong heading is answered with the right one`() async throws {
    let site = try Site()
    try site.drop("Code,Month,Plan,Forcast\n\(Self.good)\n", as: "M1.csv")
    try await site.serveOnce()
    #expect(site.contents("rejected/M1.csv.errors.csv").lowercased().contains("did you mean"))
  }

  @Test func `a date that can be read in two ways is not guessed`() async throws {
    let site = try Site(period: "{ column: Month, as: [DD/MM/YYYY, MM/DD/YYYY] }")
    try site.drop(Self.rows("N,03/04/2024,1000000,1000000", "S,05/06/2024,1000000,1000000"), as: "M1.csv")
    try await site.serveOnce()
    let errors = site.contents("rejected/M1.csv.errors.csv")
    #expect(errors.contains("DD/MM/YYYY") && errors.contains("MM/DD/YYYY"), "\(errors)")
    try site.drop(Self.rows("N,03/04/2024,1000000,1000000", "S,25/04/2024,1000000,1000000"), as: "M2.csv")
    try await site.serveOnce()
    #expect(site.files(in: "accepted") == ["M2.csv"])
  }

  /// FAULTS 27. Fewer rows where nothing is optimised.
  @Test func `a bad last row commits nothing and is named`() async throws {
    #if DEBUG
      let count = 30_000
    #else
      let count = 1_000_000
    #endif
    let site = try Site()
    // Codes that are not on the register would each be a problem of their own.
    try FileManager.default.removeItem(atPath: "\(site.folder.path)/organisations.csv")
    try site.write(
      "code,name,kind\n" + (0..<count / 100).map { "O\($0),Organisation \($0),Trust\n" }.joined(),
      to: "organisations.csv")
    var text = Site.heading
    for row in 0..<count {
      text += "O\(row / 100),\(1920 + row % 100)-\(String(1921 + row % 100).suffix(2)) M1,1000000,1000000\n"
    }
    text += "O0,2024-25 M2,1000000,12O\n"
    try site.drop(text, as: "M1.csv")
    try await site.serveOnce()
    let errors = site.contents("rejected/M1.csv.errors.csv").split(separator: "\r\n")
    #expect(errors.count == 2 && errors[1].hasPrefix("\(count + 2),Forecast,12O,"), "\(errors.prefix(3))")
    #expect(try site.cells().split(separator: "\r\n").count == 1)
  }

  /// FAULTS 28: as spreadsheets and old machines write it.
  @Test(arguments: ["BOM", "UTF-16", "lone CR", "quoted line break", "Windows-1252", "gzip"])
  func `is read as it is`(form: String) async throws {
    let site = try Site()
    let text = Site.month("2024-25 M1", ["N": 1_060_000, "S": 1_000_000])
    switch form {
    case "BOM": try site.drop("\u{FEFF}" + text, as: "M1.csv")
    case "UTF-16": try site.drop(try #require(text.data(using: .utf16)), as: "M1.csv")
    case "lone CR": try site.drop(text.replacing("\n", with: "\r"), as: "M1.csv")
    case "quoted line break":
      try site.drop(
        text.replacing("Forecast\n", with: "\"Fore\r\ncast\",\"a\nnote\"\n").replacing(
          "60000\n", with: "60000,\"one\ntwo\"\n"
        ).replacing("1000000\n", with: "1000000,\n").replacing("Fore\r\ncast", with: "Forecast"), as: "M1.csv")
    case "Windows-1252":
      try site.drop(Data("Note £\n".unicodeScalars.map { UInt8($0.value) }) + Data(text.utf8), as: "M1.csv")
    default: try site.drop(Self.gzip, as: "M1.csv.gz")
    }
    try await site.serveOnce()
    #expect(site.files(in: "accepted").count == 1, "\(site.said) \(site.contents("rejected/M1.csv.errors.csv"))")
    #expect(try !site.receiver.alerts().filter { $0.state == "opened" }.isEmpty)
  }
}
