import Foundation
import Testing

/// What each part of a document is told to be, part by part.
struct ColouringTests {
  private static let text = """
    currency GBP
    # what is spent: plan
    measure plan money full year "Planned spend"
    let half = plan / 2
    table limits by kind
      "PCT" amber 0.5%
    rule over "😀 Over"
      for each organisation where kind is "PCT"
      watch growth(half)
      amber above limits.amber
      red when share(plan > £1.5m over peers) > 20%
      message "{plan | m} of {{it}}"
    """

  /// `line: text kind`, declarations with a star.
  private func parts(_ text: String, _ editor: Editor) -> [String] {
    let legend = editor.greeting["capabilities"]["semanticTokensProvider"]["legend"]
    let kinds = legend["tokenTypes"].items.map { $0.text ?? "" }
    let data = editor.request("textDocument/semanticTokens/full", ["textDocument": ["uri": editor.uri("a.rules")]])
    let numbers = data["result"]["data"].items.map { $0.number ?? -1 }
    let lines = text.components(separatedBy: "\n").map { Array($0.utf16) }
    var (line, character) = (0, 0)
    return stride(from: 0, to: numbers.count, by: 5).map { index in
      if numbers[index] > 0 { (line, character) = (line + numbers[index], 0) }
      character += numbers[index + 1]
      let written = lines[line][character..<character + numbers[index + 2]]
      let star = numbers[index + 4] & 1 == 1 ? "*" : ""
      return "\(line): \(String(decoding: written, as: UTF16.self)) \(kinds[numbers[index + 3]])\(star)"
    }
  }

  @Test func everyPartIsWhatItMeans() throws {
    let editor = try Editor()
    editor.open("a.rules", Self.text)
    let parts = parts(Self.text, editor)
    for expected in [
      "0: currency keyword", "1: # what is spent: plan comment", "2: measure keyword", "2: plan variable*",
      "2: full keyword", "2: \"Planned spend\" string", "3: half variable*", "3: plan variable", "3: / operator",
      "3: 2 number", "4: limits struct*", "4: kind property", "5: amber property*", "5: 0.5% number", "6: over class*",
      "6: \"😀 Over\" string", "7: organisation property", "7: is keyword", "8: growth function", "8: half variable",
      "9: amber enumMember", "9: above keyword", "9: limits struct", "9: amber property", "10: share function",
      "10: £1.5m number", "10: over keyword", "10: peers keyword", "10: 20% number", "11: \" string",
      "11: plan variable", "11:  of {{it}}\" string",
    ] { #expect(parts.contains(expected), "\(expected) in \(parts)") }
    // In the order of the text, and no two of one place.
    #expect(parts.count == Set(parts.enumerated().map { "\($0.offset)" }).count && !parts.isEmpty)
  }

  /// While a rule is being written its words keep their colours.
  @Test func whatCannotBeReadWholeIsColouredByItsWords() throws {
    let editor = try Editor()
    let text = Self.text.replacing("share(plan", with: "share((plan")
    editor.open("a.rules", text)
    let parts = parts(text, editor)
    for expected in ["8: growth function", "8: half variable", "10: plan variable", "10: share function"] {
      #expect(parts.contains(expected), "\(expected) in \(parts)")
    }
  }

  @Test(arguments: ["", "\"", "#", "rule \"{", "rule r \"{a\n", "{}{}\n\"{\"}", "\u{feff}rule r \"x\"", "\r\n\t"])
  func anyTextIsAnswered(_ text: String) throws {
    let editor = try Editor()
    editor.open("a.rules", text)
    _ = parts(text.replacing("\u{feff}", with: "\u{feff}"), editor)
    #expect(
      !editor.request("textDocument/semanticTokens/full", ["textDocument": ["uri": editor.uri("a.rules")]])["result"]
        .isNull)
  }
}
