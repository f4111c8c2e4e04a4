import Foundation
import TestKit
import Testing

private let neovim = BuiltProgram(path: "/usr/bin/nvim")

/// Neovim itself with the files that it is given, against the built server. Skipped where there is no Neovim.
@Suite(
  .enabled(if: neovim.isBuilt && BuiltProgram.outturn.isBuilt, "Neovim or the program is not there"),
  .timeLimit(.minutes(2)))
struct NeovimTests {
  private static let editors = UnitTests.deploy.appending(path: "editors")

  private static let rules = """
    currency GBP
    year starts in April
    measure plan money full year "Planned spend"
    measure forecast money full year adverse high "Forecast outturn"

    rule overspend "Forecast over plan"
      for each organisation
      watch forcast - plan
      red above £1m
      message "{organisation}"

    """

  /// The indented block behind a line of the README.
  private func snippet(behind heading: String) throws -> String {
    let lines = try String(contentsOf: Self.editors.appending(path: "README.md"), encoding: .utf8)
      .components(separatedBy: "\n")
    let start = try #require(lines.firstIndex { $0.hasPrefix(heading) })
    let block = lines[(start + 1)...].drop { !$0.hasPrefix("    ") }.prefix { $0.hasPrefix("    ") }
    return block.map { String($0.dropFirst(4)) }.joined(separator: "\n")
  }

  @Test func whatTheReadmeSaysStartsTheServer() throws {
    let folder = TemporaryFolder()
    let file = folder.path + "/all.rules"
    try Self.rules.write(toFile: file, atomically: true, encoding: .utf8)
    let version = try neovim.run(["--version"]).output
    let numbers = try #require(version.firstMatch(of: /NVIM v(\d+)\.(\d+)/))
    let isNew = (Int(numbers.1) ?? 0, Int(numbers.2) ?? 0) >= (0, 11)
    let snippet = try snippet(behind: isNew ? "Neovim 0.11 and later" : "Neovim 0.7 to 0.10")
    try #require(snippet.contains("vim.lsp"))
    let driver = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Editors/neovim.lua").path
    let ended = try BuiltProgram(path: "/usr/bin/env").run(
      [
        "EDITORS=\(Self.editors.path)", "SNIPPET=\(snippet)", "FILE=\(file)", neovim.url.path, "--headless", "-u",
        "NONE", "-n", "-c", "luafile \(driver)",
      ], in: folder.path)
    let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8), options: .fragmentsAllowed)
    let told = try #require(object as? [String: Any], "\(ended.output) \(ended.errors)")
    #expect(told["filetype"] as? String == "outturn")
    #expect((told["group"] as? String)?.hasPrefix("outturn") == true)
    let diagnostics = try #require(told["diagnostics"] as? [[String: Any]], "\(ended.errors)")
    #expect(diagnostics.contains { $0["code"] as? String == "R301" && $0["line"] as? Int == 7 }, "\(diagnostics)")
    let completions = try #require(told["completions"] as? [String])
    #expect(completions.contains("forecast") && completions.contains("plan"), "\(completions)")
    #expect((told["hover"] as? String)?.contains("Planned spend") == true, "\(told)")
  }
}
