import Foundation
import LanguageServer
import Testing

struct LifecycleTests {
  @Test func aSessionGreetsAndEnds() throws {
    let editor = try Editor()
    #expect(editor.greeting["serverInfo"]["name"].text == "outturn")
    #expect(editor.greeting["capabilities"]["positionEncoding"].text == "utf-16")
    #expect(editor.request("shutdown", [:]).keys == ["id", "jsonrpc", "result"])
    #expect(editor.request("textDocument/hover", [:])["error"]["code"].number == -32600)
    editor.notify("exit", [:])
    #expect(editor.session.exitStatus == 0)
  }

  @Test func exitWithoutShutdownIsAFailure() throws {
    let editor = try Editor()
    editor.notify("exit", [:])
    #expect(editor.session.exitStatus == 1)
  }

  @Test(arguments: [(["utf-8", "utf-16"], "utf-8"), (["utf-32", "utf-16"], "utf-16"), ([], "utf-16")])
  func theEncodingIsAgreedOn(_ offered: [String], _ agreed: String) throws {
    #expect(try Editor(encodings: offered).greeting["capabilities"]["positionEncoding"].text == agreed)
  }

  @Test func nothingIsAnsweredBeforeTheSessionBegins() {
    let session = Session(version: "0")
    var answer = session.receive(
      Wire.frame(["jsonrpc": "2.0", "id": "a", "method": "textDocument/hover", "params": [:]]))
    let message = Wire.take(from: &answer)[0]
    #expect(message["error"]["code"].number == -32002)
    #expect(message["id"].text == "a")
  }

  @Test func unknownMethodsAreAnsweredAndUnknownNoticesPassedOver() throws {
    let editor = try Editor()
    #expect(editor.request("outturn/unheardOf", [:])["error"]["code"].number == -32601)
    #expect(editor.send(Wire.frame(["jsonrpc": "2.0", "method": "$/unheardOf", "params": [:]])).isEmpty)
    #expect(editor.request("initialize", ["capabilities": [:]])["error"]["code"].number == -32600)
  }

  @Test func aRequestThatIsCalledOffIsNotWorkedOn() throws {
    let editor = try Editor()
    let hover = Wire.frame(["jsonrpc": "2.0", "id": 77, "method": "textDocument/hover", "params": [:]])
    let cancel = Wire.frame(["jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": 77]])
    let answers = editor.send(hover + cancel)
    #expect(answers.map { $0["error"]["code"].number } == [-32800])
  }
}

/// What a client should never send.
struct HostileMessageTests {
  private static let hostile: [(String, Int)] = [
    ("Content-Length: 3\r\n\r\n{]}", -32700),
    ("Content-Length: 2\r\n\r\n[]", -32600),
    ("Content-Length: 1\r\n\r\n7", -32600),
    ("Content-Length: 22\r\n\r\n{\"id\":{},\"method\":\"x\"}", -32600),
    ("Content-Length: 33\r\n\r\n{\"id\":1,\"method\":\"textDocument/x\"", -32700),
    ("Content-Length: -5\r\n\r\n", -32700),
    ("Content-Length: 99999999999999999999\r\n\r\n", -32700),
    ("Content-Type: text/plain\r\n\r\n", -32700),
    ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", -32700),
    (String(repeating: "x", count: 9000) + "\r\n\r\n", -32700),
    ("Content-Length: 6\r\n\r\n\u{FFFD}\u{FFFD}", -32700),
    ("Content-Length: 4000\r\n\r\n" + String(repeating: "[", count: 4000), -32700),
  ]

  @Test(arguments: hostile.indices)
  func isAnsweredAndTheSessionGoesOn(_ index: Int) throws {
    let (bytes, code) = Self.hostile[index]
    let editor = try Editor()
    let answers = editor.send(Array(bytes.utf8))
    #expect(answers.map { $0["error"]["code"].number } == [code])
    #expect(answers[0].keys == ["error", "id", "jsonrpc"])
    #expect(editor.request("outturn/unheardOf", [:])["error"]["code"].number == -32601)
  }

  @Test func aMessageOfGigabytesIsPassedOverAsItComes() throws {
    let editor = try Editor()
    #expect(editor.send(Array("Content-Length: 40000000\r\n\r\n".utf8)).map { $0["error"]["code"].number } == [-32700])
    let chunk = [UInt8](repeating: 0x7B, count: 10_000_000)
    for _ in 0..<4 { #expect(editor.send(chunk).isEmpty) }
    #expect(editor.request("outturn/unheardOf", [:])["error"]["code"].number == -32601)
  }

  @Test func messagesComeInAnyPieces() throws {
    let editor = try Editor()
    let bytes = Wire.frame(["jsonrpc": "2.0", "id": 5, "method": "outturn/unheardOf", "params": ["x": "é😀"]])
    var answers: [JSON] = []
    for byte in bytes + bytes { answers += editor.send([byte]) }
    #expect(answers.map { $0["id"].number } == [5, 5])
  }

  @Test(arguments: [
    "textDocument/didChange", "textDocument/didOpen", "textDocument/didClose", "workspace/didChangeWatchedFiles",
  ])
  func noticesThatCannotBeReadDoNothing(_ method: String) throws {
    let editor = try Editor()
    #expect(editor.send(Wire.frame(["jsonrpc": "2.0", "method": method, "params": ["textDocument": 7]])).isEmpty)
    #expect(editor.send(Wire.frame(["jsonrpc": "2.0", "method": method])).isEmpty)
  }
}
