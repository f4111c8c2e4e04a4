import Diagnostics
import RuleLanguage
import RuleLibrary
import TestKit
import Testing

/// What people's tools do to rule files: each has its answer at the right place.
@Suite struct BadInputTests {
  private func found(_ text: String) -> [(code: String, place: Place)] {
    let source = SourceText(name: "bad.rules", text)
    return RuleSet.load(files: [source], library: .all).diagnostics.map { diagnostic in
      (diagnostic.code, source.place(of: diagnostic.primary?.span.start ?? -1))
    }
  }

  private let good =
    heading + "rule one \"One\"\n  for each organisation\n  watch plan\n  red above £5m\n  message \"x\"\n"
  private var line: Int { heading.split(separator: "\n", omittingEmptySubsequences: false).count }

  @Test func lineEndsOfWindows() {
    #expect(found(good.replacing("\n", with: "\r\n")).isEmpty)
    let wrong = found(good.replacing("£5m", with: "5").replacing("\n", with: "\r\n"))
    #expect(wrong.map(\.code) == ["R203"] && wrong[0].place == Place(line: line + 3, column: 13))
  }

  @Test func aByteOrderMark() {
    #expect(found("\u{FEFF}" + good).isEmpty)
    let wrong = found("\u{FEFF}mesure x ratio\n" + good)
    #expect(wrong.map(\.code) == ["R113"] && wrong[0].place == Place(line: 1, column: 1))
  }

  @Test func tabs() {
    let wrong = found(good.replacing("  watch", with: "\twatch").replacing("£5m", with: "5"))
    #expect(wrong.map(\.code) == ["R103", "R203"])
    #expect(wrong.map(\.place) == [Place(line: line + 2, column: 1), Place(line: line + 3, column: 13)])
  }

  /// A column is what a person counts, whatever the bytes before it.
  @Test func charactersBeforeTheFault() {
    let wrong = found(good.replacing("message \"x\"", with: "message \"Übertrag 👩 £ {pln}\""))
    #expect(wrong.map(\.code) == ["R301"] && wrong[0].place == Place(line: line + 4, column: 26))
  }

  @Test(arguments: ["\u{202E}", "\u{2066}", "\u{200B}", "\u{0}", "\u{7}", "\u{1B}", "\u{85}", "\u{2028}", "\u{AD}"])
  func charactersThatHide(_ character: String) {
    let wrong = found(good.replacing("watch plan", with: "watch pl\(character)an"))
    #expect(wrong.contains { $0.code == "R104" && $0.place == Place(line: line + 2, column: 11) }, "\(wrong)")
  }

  @Test(arguments: ["count", "rule", "sum", "where", "growth", "children", "let"])
  func wordsOfTheLanguageAsNames(_ word: String) {
    let wrong = found(heading + "measure \(word) money full year\n" + good.dropFirst(heading.count))
    #expect(wrong.first?.code == "R120" && wrong[0].place == Place(line: line, column: 9))
  }

  /// Files of the wrong kind are answered in a few findings, and soon.
  @Test func filesOfAnotherKind() {
    let kinds: [[UInt8]] = [
      Array("PK\u{3}\u{4}".utf8) + (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) },
      Array("{\"rules\": [{\"name\": \"x\", \"band\": 5}]}\n".utf8),
      Array("<html><body>\(String(repeating: "<p>text</p>\n", count: 2_000))</body></html>".utf8),
      Array(String(repeating: "a;b;c;1,5\n", count: 20_000).utf8),
      [UInt8](repeating: UInt8(ascii: "\n"), count: 1 << 20),
      [UInt8](repeating: UInt8(ascii: "\t"), count: 1 << 20),
      [UInt8](repeating: UInt8(ascii: "\""), count: 1 << 20),
      Array(String(repeating: "rule ", count: 200_000).utf8),
      Array(String(repeating: "\n  red when a", count: 80_000).utf8),
      Array(String(repeating: "# allow R501: x\n", count: 60_000).utf8),
    ]
    for bytes in kinds {
      let source = SourceText(name: "other.rules", bytes: bytes)
      let took = cpuTime {
        let found = RuleSet.load(files: [source], library: .all).diagnostics
        #expect(!found.isEmpty && found.count <= 201)
        _ = TerminalRenderer().render(found, in: [source])
        _ = Mending(found, in: [source])
      }
      // A second in a release build; this one may be another.
      #expect(took < .seconds(20), "\(String(decoding: bytes.prefix(20), as: UTF8.self)) took \(took)")
    }
  }
}
