import Foundation
import LanguageServer
import TestKit

/// An editor that has a folder of rules open: speaks with a session in this process as it would over a pipe.
final class Editor {
  let folder: TemporaryFolder
  let session = Session(version: "0")
  private var received: [UInt8] = []
  private var lastID = 0
  private var versions: [String: Int] = [:]
  /// What the server said unasked, oldest first.
  private(set) var notices: [JSON] = []
  private(set) var greeting = JSON(nil)

  /// - Parameter files: what is on disk, by name.
  init(_ files: [String: String] = [:], encodings: [String]? = nil, options: [String: Any] = [:]) throws {
    folder = TemporaryFolder()
    for (name, text) in files { try write(name, text) }
    greeting =
      request(
        "initialize",
        [
          "processId": NSNull(), "rootUri": uri(""),
          "capabilities": ["general": ["positionEncodings": encodings as Any? ?? NSNull()]],
          "initializationOptions": options,
        ])["result"]
    notify("initialized", [:])
  }

  func write(_ name: String, _ text: String) throws {
    let path = folder.path + "/" + name
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  func uri(_ name: String) -> String {
    let path = name.isEmpty ? folder.path : folder.path + "/" + name
    return "file://" + path
  }

  // MARK: Messages

  func send(_ bytes: [UInt8]) -> [JSON] {
    received += session.receive(bytes)
    let messages = Wire.take(from: &received)
    notices += messages.filter { !$0["method"].isNull }
    return messages
  }

  /// The pause in typing after which a large rule set is checked whole.
  func rest() {
    received += session.rest()
    notices += Wire.take(from: &received)
  }

  @discardableResult
  func request(_ method: String, _ params: [String: Any]) -> JSON {
    lastID += 1
    let id = lastID
    let messages = send(Wire.frame(["jsonrpc": "2.0", "id": id, "method": method, "params": params]))
    return messages.first { $0["id"].number == id && $0["method"].isNull } ?? JSON(nil)
  }

  func notify(_ method: String, _ params: [String: Any]) {
    _ = send(Wire.frame(["jsonrpc": "2.0", "method": method, "params": params]))
  }

  // MARK: Documents

  func open(_ name: String, _ text: String) {
    versions[name] = 1
    notify(
      "textDocument/didOpen",
      ["textDocument": ["uri": uri(name), "languageId": "outturn-rules", "version": 1, "text": text]])
  }

  /// - Parameter range: nil for the whole text.
  func change(_ name: String, _ range: [String: Any]?, _ text: String) {
    versions[name, default: 1] += 1
    var change: [String: Any] = ["text": text]
    if let range { change["range"] = range }
    notify(
      "textDocument/didChange",
      ["textDocument": ["uri": uri(name), "version": versions[name] ?? 1], "contentChanges": [change]])
  }

  func close(_ name: String) { notify("textDocument/didClose", ["textDocument": ["uri": uri(name)]]) }

  /// The errors that are underlined in a file now; nil where the server has said nothing of it.
  func diagnostics(_ name: String) -> [JSON]? { findings(name)?.filter { $0["severity"].number == 1 } }

  /// The same with the warnings.
  func findings(_ name: String) -> [JSON]? {
    notices.last {
      $0["method"].text == "textDocument/publishDiagnostics" && $0["params"]["uri"].text == uri(name)
    }?["params"]["diagnostics"].items
  }
}

extension Editor {
  static func position(_ line: Int, _ character: Int) -> [String: Any] { ["line": line, "character": character] }

  static func range(_ line: Int, _ from: Int, _ to: Int) -> [String: Any] {
    ["start": position(line, from), "end": position(line, to)]
  }
}
