import Drops
import Finance
import Foundation
import Glibc
import TestKit
import Testing

@Suite struct InboxTests {
  let folder = TemporaryFolder()
  static let columns = "columns: { organisation: Org, period: 2013-14, measures: { plan: Plan } }"

  private func inbox(_ settings: String = "") throws -> Inbox {
    let inbox = Inbox(try DropWorkbench.source("inbox: \(folder.path)\n\(Self.columns)\n\(settings)"))
    try inbox.prepare()
    return inbox
  }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func write(_ name: String, _ text: String = "Org,Plan\n5HY,1\n") throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
  }

  private func read(_ taken: TakenDrop, _ inbox: Inbox, during: () throws -> Void = {}) throws -> DropReading {
    let reader = DropReader(source: inbox.source, context: DropWorkbench().context)
    var isFirst = true
    return try reader.read(descriptor: taken.descriptor, name: taken.name) { _ in
      if isFirst { try during() }
      isFirst = false
    }
  }

  @Test func filesComeInNaturalOrder() throws {
    for name in ["month 10.csv", "month 2.csv", "Month 1.csv", "month 2.csv.gz", "notes.txt"] { try write(name) }
    #expect(try inbox().look().files.map(\.path) == ["Month 1.csv", "month 2.csv", "month 2.csv.gz", "month 10.csv"])
  }

  /// They stay where they are, and it is said.
  @Test func namesThatAreNotReadAreToldOf() throws {
    for name in ["M8.csv", "M8.xlsx", "M8.csv.done", "notes.txt", ".hidden"] { try write(name) }
    let listing = try inbox("ready: { marker: .done }").look()
    #expect(listing.files.map(\.path) == ["M8.csv"])
    #expect(listing.unmatched.sorted() == ["M8.xlsx", "notes.txt"])
  }

  /// FAULTS 17.
  @Test func temporaryNamesAreNeverRead() throws {
    let names = [
      ".a.csv", ".a.csv.Xy12Zk", "a.csv.part", "a.csv.filepart", "a.csv.tmp", "a.csv~", ".nfs0000000001", "a.CSV.PART",
    ]
    for name in names { try write(name) }
    let listing = try inbox("files: [\"*\"]").look()
    #expect(listing.files.isEmpty)
    #expect(listing.refused.isEmpty)
  }

  /// FAULTS 16.
  @Test func aFileThatArrivesByLinkIsFound() throws {
    let inbox = try inbox()
    try write(".upload")
    #expect(unsafe link(path(".upload"), path("a.csv")) == 0)
    #expect(unsafe unlink(path(".upload")) == 0)
    #expect(try inbox.look().files.map(\.path) == ["a.csv"])
  }

  /// FAULTS 24.
  @Test(.timeLimit(.minutes(5))) func linksPipesAndStrangeNamesAreRefused() throws {
    let inbox = try inbox("files: [\"*\"]")
    #expect(unsafe symlink("/etc/passwd", path("link.csv")) == 0)
    #expect(unsafe mkfifo(path("pipe.csv"), 0o600) == 0)
    try write("line\nbreak.csv")
    var bad = Array(path("bad").utf8) + [0xFF] + Array(".csv".utf8) + [0]
    let made = unsafe bad.withUnsafeMutableBytes { bytes in
      unsafe open(bytes.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
    }
    #expect(made >= 0)
    close(made)
    let listing = try inbox.look()
    #expect(listing.files.isEmpty)
    #expect(
      Set(listing.refused.map { "\($0.name): \($0.reason)" }) == [
        "link.csv: it is a link, a pipe or a device, not a file",
        "pipe.csv: it is a link, a pipe or a device, not a file",
        "line\\x0Abreak.csv: its name has a line break or another control character",
        "bad\\xFF.csv: its name is not UTF-8",
      ])
  }

  /// Between the look and the take a link has come in place of the file.
  @Test func aLinkInPlaceOfTheFileIsNotFollowed() throws {
    let inbox = try inbox()
    try write("a.csv")
    let file = try #require(try inbox.look().files.first)
    #expect(unsafe unlink(path("a.csv")) == 0)
    #expect(unsafe symlink("/etc/passwd", path("a.csv")) == 0)
    let failure = #expect(throws: InboxFailure.self) { try inbox.take(file, id: "1") }
    #expect(failure?.code == .notRegular)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("a.csv")) == "/etc/passwd")
    #expect(try FileManager.default.contentsOfDirectory(atPath: path(".taking")).isEmpty)
  }

  /// FAULTS 23.
  @Test func aFileThatChangesWhileItIsReadIsPutBack() throws {
    let inbox = try inbox()
    let changes: [(String) throws -> Void] = [
      { try Data("Org,Plan\n5HY,1\n5K5,2\n".utf8).write(to: URL(fileURLWithPath: $0), options: []) },
      { _ = unsafe truncate($0, 5) },
    ]
    for (number, change) in changes.enumerated() {
      try write("a.csv")
      let file = try #require(try inbox.look().files.first)
      let taken = try inbox.take(file, id: "\(number)")
      let failure = #expect(throws: InboxFailure.self) {
        try read(taken, inbox) { try change(path(".taking/\(number)/a.csv")) }
      }
      #expect(failure?.code == .changed)
      try inbox.putBack(taken)
      taken.close()
      #expect(try inbox.look().files.map(\.path) == ["a.csv"])
      #expect(unsafe unlink(path("a.csv")) == 0)
    }
  }

  @Test func aFileThatIsGoneOrChangedIsNotTaken() throws {
    let inbox = try inbox()
    try write("a.csv")
    try write("b.csv")
    let files = try inbox.look().files
    #expect(unsafe unlink(path("a.csv")) == 0)
    try write("b.csv", "Org,Plan\n5HY,1\n5K5,3\n")
    #expect(#expect(throws: InboxFailure.self) { try inbox.take(files[0], id: "1") }?.code == .gone)
    #expect(#expect(throws: InboxFailure.self) { try inbox.take(files[1], id: "2") }?.code == .changed)
    #expect(try inbox.look().files.map(\.path) == ["b.csv"])
  }

  @Test func aTakenDropIsOutOfTheWayOfTheNext() throws {
    let inbox = try inbox()
    try write("a.csv")
    let first = try inbox.take(try #require(try inbox.look().files.first), id: "1")
    defer { first.close() }
    try write("a.csv", "Org,Plan\n5HY,2\n")
    let second = try inbox.take(try #require(try inbox.look().files.first), id: "2")
    defer { second.close() }
    #expect(try inbox.settle(first, as: .accepted)?.hasSuffix("/accepted/a.csv") == true)
    #expect(try inbox.settle(second, as: .accepted)?.hasSuffix("/accepted/a (2).csv") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path(".taking")).isEmpty)
  }

  @Test func whatWasTakenIsFoundAgainAfterACrash() throws {
    let inbox = try inbox("files: [\"*/*.csv\", \"*.csv\"]")
    try FileManager.default.createDirectory(atPath: path("SEL"), withIntermediateDirectories: true)
    try write("SEL/a.csv")
    try write("b.csv")
    for (number, file) in try inbox.look().files.enumerated() { try inbox.take(file, id: "\(number)").close() }
    let left = try inbox.unsettled()
    defer { left.forEach { $0.close() } }
    #expect(left.map(\.path).sorted() == ["SEL/a.csv", "b.csv"])
    let nested = try #require(left.first { $0.path == "SEL/a.csv" })
    #expect(nested.name == DropName(file: "a.csv", folder: "SEL"))
    #expect(try inbox.settle(nested, as: .held)?.hasSuffix("/held/SEL/a.csv") == true)
    try inbox.putBack(try #require(left.first { $0.path == "b.csv" }))
    #expect(try inbox.look().files.map(\.path) == ["b.csv"])
    #expect(try inbox.unsettled().isEmpty)
  }

  @Test func aRejectedDropSaysWhyBesideIt() throws {
    #expect(unsafe chmod(folder.path, 0o2770) == 0)
    let inbox = try inbox()
    try write("a.csv", "Org,Plan\n5HY,########\n")
    let taken = try inbox.take(try #require(try inbox.look().files.first), id: "1")
    defer { taken.close() }
    let reading = try read(taken, inbox)
    try inbox.settle(taken, as: reading.outcome, problems: reading.problems)
    let errors = try String(contentsOfFile: path("rejected/a.csv.errors.csv"), encoding: .utf8)
    #expect(errors.split(separator: "\r\n").count == 2)
    #expect(errors.contains("2,Plan,########,"))
    let mode = try FileManager.default.attributesOfItem(atPath: path("rejected/a.csv.errors.csv"))[.posixPermissions]
    #expect(mode as? Int == 0o660)
  }

  @Test func aHeldDropMovesOnOnceAPersonHasDecided() throws {
    let inbox = try inbox()
    try write("a.csv")
    let taken = try inbox.take(try #require(try inbox.look().files.first), id: "1")
    defer { taken.close() }
    let place = try #require(try inbox.settle(taken, as: .held))
    #expect(try inbox.release(place, as: .accepted).hasSuffix("/accepted/a.csv"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: path("held")).isEmpty)
  }

  @Test func theArchiveGetsEveryByteAndTheHashIsOfThem() throws {
    let inbox = try inbox()
    // Large enough to be read on two threads.
    var text = "Org,Plan\n"
    while text.utf8.count < 5 << 20 { text += "5HY,1\n5K5,22222\n" }
    try write("a.csv", text)
    let taken = try inbox.take(try #require(try inbox.look().files.first), id: "1")
    defer { taken.close() }
    var archived: [UInt8] = []
    let reader = DropReader(source: inbox.source, context: DropWorkbench().context)
    let reading = try reader.read(descriptor: taken.descriptor, name: taken.name) { piece in
      unsafe piece.withUnsafeBytes { unsafe archived.append(contentsOf: $0) }
    }
    #expect(archived == Array(text.utf8))
    #expect(reading.byteCount == archived.count)
    #expect(reading.sha256.count == 32)
    struct Full: Error {}
    #expect(throws: Full.self) {
      let again = try FileHandle(forReadingFrom: URL(fileURLWithPath: path(".taking/1/a.csv")))
      _ = try reader.read(descriptor: again.fileDescriptor, name: taken.name) { _ in throw Full() }
    }
  }

  @Test(arguments: [
    ("*.csv", "a.csv", true), ("*.csv", "a.csv.gz", false), ("*/*.csv", "SEL/a.csv", true), ("*/*.csv", "a.csv", false),
    ("*.csv", "SEL/a.csv", false), ("a?.csv", "ab.csv", true), ("*a*b*", "xxaxxbxx", true),
    ("*a*b*", "xxbxxaxx", false),
  ])
  func namesMatchPatterns(pattern: String, name: String, matches: Bool) {
    #expect(NamePattern(pattern).matches(name) == matches)
  }
}
