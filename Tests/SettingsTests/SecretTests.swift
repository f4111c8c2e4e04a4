import Diagnostics
import Foundation
import Settings
import Testing

@Suite struct SecretTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "outturn-secret-\(UUID().uuidString)").path

  private func withFile<Result>(
    _ bytes: [UInt8], mode: Int = 0o600, _ body: (String) throws -> Result
  ) throws -> Result {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/signing"
    #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: mode]))
    return try body(path)
  }

  @Test(arguments: [("s3cret", "s3cret"), ("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), ("a\nb\n\n", "a\nb\n")])
  func `a secret is read from a file or credential without one final line end`(held: String, read: String) throws {
    try withFile(Array(held.utf8)) { path in
      #expect(try Secret(.file(path)).text() == read)
      #expect(try Secret(.credential("signing")).text(credentials: folder) == read)
      let count = try Secret(.file(path)).withBytes { $0.count }
      #expect(count == read.utf8.count)
    }
  }

  @Test(arguments: [0o644, 0o604, 0o602, 0o601]) func `a file that everybody may use is refused`(mode: Int) throws {
    let error = try withFile(Array("s3cret".utf8), mode: mode) { path in
      #expect(throws: FileError.self) { try Secret(.file(path)).text() }
    }
    #expect(error?.code == .exposed)
    #expect(error?.description.contains("chmod o=") == true && error?.description.contains("s3cret") == false)
  }

  @Test func `what is no small file is refused, without waiting`() throws {
    func code(_ path: String) -> FileError.Code? {
      #expect(throws: FileError.self) { try Secret(.file(path)).text() }?.code
    }
    #expect(try withFile([]) { code($0) } == .empty)
    #expect(try withFile([10]) { code($0) } == .empty)
    #expect(try withFile([0xFF]) { code($0) } == .unreadable)
    #expect(
      try withFile(Array(repeating: 65, count: Secret.mostBytes)) { try Secret(.file($0)).text().count }
        == Secret.mostBytes)
    #expect(try withFile(Array(repeating: 65, count: Secret.mostBytes + 1)) { code($0) } == .tooLarge)
    #expect(code("/nonexistent/secret") == .unreadable)
    #expect(code("/dev/zero") == .notAFile)
    try withFile([65]) { path in
      let made = unsafe mkfifo(path + ".pipe", 0o600)
      #expect(made == 0)
      #expect(code(path + ".pipe") == .notAFile)
    }
    #expect(throws: FileError.self) { try Secret(.credential("x")).text(credentials: nil) }
  }

  @Test func `nothing prints a secret or where it lies`() {
    let secret = Secret(.file("/etc/outturn/signing"))
    var dumped = ""
    dump(["key": secret], to: &dumped)
    for printed in ["\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)", dumped] {
      #expect(printed.contains("‹secret›") && !printed.contains("signing"))
    }
  }

  @Test func `a place is read`() {
    #expect(reading("{ file: /etc/outturn/x }") { $0.secret() }.value?.place == .file("/etc/outturn/x"))
    #expect(reading("{ credential: finance-signing }") { $0.secret() }.value?.place == .credential("finance-signing"))
  }

  @Test(arguments: [
    "whsec_hunter2", "\"whsec_hunter2\"", "[whsec_hunter2]", "{ value: whsec_hunter2 }", "{ file: whsec_hunter2 }",
    "{ credential: whsec_hunter2/.. }", "|\n  whsec_hunter2", "{ file: /x, credential: y, z: whsec_hunter2 }",
  ])
  func `a secret written in the open is refused and repeated by no message`(value: String) {
    let text = SourceText(name: "outturn.yaml", "sign: \(value)\ncolour: x\n")
    let problems = Problems()
    let node = SettingsDocument.parse(text, into: problems)
    let secret = node?.fields { fields in fields.required("sign")?.secret() }
    #expect(secret == nil)
    let codes = problems.diagnostics.map(\.code)
    #expect(codes == ["C120", "C110"])
    let shown = TerminalRenderer().render(problems.diagnostics, in: [text])
    #expect(!shown.contains("hunter2"), "\(shown)")
    #expect(!JSONRenderer.render(problems.diagnostics, in: [text]).contains("hunter2"))
    #expect(!"\(problems.diagnostics)".contains("hunter2"))
  }
}
