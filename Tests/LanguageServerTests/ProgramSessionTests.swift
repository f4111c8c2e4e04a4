import Foundation
import TestKit
import Testing

/// The built program over pipes: a whole session, as an editor has it.
@Suite(.enabled(if: BuiltProgram.outturn.isBuilt, "the program is not built"), .timeLimit(.minutes(5)))
struct ProgramSessionTests {
  private final class Pipes {
    let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var received: [UInt8] = []
    private var waiting: [JSON] = []

    init() throws {
      process.executableURL = BuiltProgram.outturn.url
      process.arguments = ["rules", "lsp"]
      process.standardInput = input
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    func send(_ message: [String: Any]) { input.fileHandleForWriting.write(Data(Wire.frame(message))) }

    /// The next message that is meant; those before it are passed over.
    func next(_ isMeant: (JSON) -> Bool) -> JSON {
      while true {
        while !waiting.isEmpty {
          let message = waiting.removeFirst()
          if isMeant(message) { return message }
        }
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { return JSON(nil) }
        received += data
        waiting += Wire.take(from: &received)
      }
    }

    func request(_ id: Int, _ method: String, _ params: [String: Any]) -> JSON {
      send(["jsonrpc": "2.0", "id": id, "method": method, "params": params])
      return next { $0["id"].number == id }["result"]
    }

    func notify(_ method: String, _ params: [String: Any]) {
      send(["jsonrpc": "2.0", "method": method, "params": params])
    }

    func diagnostics() -> [String?] {
      next { $0["method"].text == "textDocument/publishDiagnostics" }["params"]["diagnostics"].items
        .filter { $0["severity"].number == 1 }.map { $0["code"].text }
    }
  }

  @Test func aSessionFromGreetingToEnd() throws {
    let folder = TemporaryFolder()
    let uri = "file://\(folder.path)/all.rules"
    let document: [String: Any] = ["uri": uri]
    let text = """
      currency GBP
      year starts in April
      measure plan money full year reference "Plan"
      measure forecast money full year adverse high "Forecast"
      rule overspend "Über plan 😀"
        for each organisation
        watch (forecast - plan) / plan
        amber   above 2%
        message "{organisation} {plan}"
        runbook "https://finance.example/r"
        owner "control"

      """
    let editor = try Pipes()
    let greeting = editor.request(
      1, "initialize",
      [
        "processId": NSNull(), "rootUri": "file://\(folder.path)",
        "capabilities": ["textDocument": ["completion": ["completionItem": ["snippetSupport": true]]]],
      ])
    #expect(greeting["capabilities"]["renameProvider"]["prepareProvider"].description == "true")
    editor.notify("initialized", [:])
    editor.notify(
      "textDocument/didOpen", ["textDocument": ["uri": uri, "languageId": "outturn-rules", "version": 1, "text": text]])
    let atFirst = editor.diagnostics()
    #expect(!atFirst.contains("R301"))

    let range: [String: Any] = ["start": Editor.position(6, 9), "end": Editor.position(6, 17)]
    editor.notify(
      "textDocument/didChange",
      ["textDocument": ["uri": uri, "version": 2], "contentChanges": [["range": range, "text": "f"]]])
    #expect(editor.diagnostics().contains("R301"))
    let cursor: [String: Any] = ["textDocument": document, "position": Editor.position(6, 10)]
    let items = editor.request(2, "textDocument/completion", cursor)["items"].items
    let chosen = try #require(items.first { $0["label"].text == "forecast" })
    #expect(chosen["textEdit"]["range"]["start"]["character"].number == 9)
    let begun: [String: Any] = ["start": Editor.position(6, 9), "end": Editor.position(6, 10)]
    editor.notify(
      "textDocument/didChange",
      ["textDocument": ["uri": uri, "version": 3], "contentChanges": [["range": begun, "text": "forecast"]]])
    #expect(editor.diagnostics() == atFirst)

    #expect(editor.request(3, "textDocument/hover", cursor)["contents"]["value"].text?.contains("Forecast") == true)
    let renamed = editor.request(4, "textDocument/rename", cursor.merging(["newName": "outlook"]) { $1 })
    #expect(renamed["changes"][uri].items.count == 2)
    let edits = editor.request(
      5, "textDocument/formatting", ["textDocument": document, "options": ["tabSize": 2, "insertSpaces": true]])
    #expect(edits.items.count == 1)
    #expect(edits[0]["newText"].text?.contains("amber above 2%") == true)

    #expect(editor.request(6, "shutdown", [:]).isNull)
    editor.notify("exit", [:])
    editor.process.waitUntilExit()
    #expect(editor.process.terminationStatus == 0)
  }

  @Test func aClientThatGoesAwayEndsIt() throws {
    let ended = try BuiltProgram.outturn.run(["rules", "lsp"])
    #expect(ended.status == 1)
    #expect(ended.output.isEmpty)
  }
}
