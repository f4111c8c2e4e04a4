import Diagnostics
import Foundation
import Settings
import TestKit
import Testing
import Yams

/// FAULTS 44: what is built to exhaust a parser is refused at once.
@Suite(.serialized) struct BombTests {
  static let size = SettingsDocument.mostBytes

  static let bombs: [(name: String, text: String)] = [
    ("brackets", String(repeating: "[", count: size)),
    ("braces", String(repeating: "{a: ", count: size / 4)),
    ("list items on one line", String(repeating: "- ", count: size / 2)),
    ("question marks", String(repeating: "? ", count: size / 2)),
    ("ever deeper keys", (0..<700).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")),
    (
      "laughs",
      "a: &a [x,x,x,x,x,x,x,x]\n"
        + (1..<60).map { "b\($0): &b\($0) [*b\($0 - 1),*b\($0 - 1),*b\($0 - 1),*b\($0 - 1)]\n" }.joined()
    ),
    ("an unclosed quotation", "a: \"" + String(repeating: "x", count: size - 4)),
    ("too large", String(repeating: "x", count: size + 1)),
    ("tabs", String(repeating: "\t", count: size - 1) + "a"),
    ("anchors", String(repeating: "&a ", count: size / 3)),
    ("values", "[" + String(repeating: "'',", count: size / 3 - 1) + "]"),
    ("empty mappings", "[" + String(repeating: "{},", count: size / 3 - 1) + "]"),
    ("one key many times", String(repeating: "a: 1\n", count: size / 5)),
  ]

  @Test(arguments: bombs.indices) func `a bomb is refused within 100 ms`(index: Int) {
    let bomb = Self.bombs[index]
    let source = SourceText(name: "x", bomb.text)
    let problems = Problems()
    let took = cpuTime {
      _ = SettingsDocument.parse(source, into: problems)
    }
    #expect(problems.hasErrors, "\(bomb.name)")
    #expect(took < budget, "\(bomb.name) took \(took)")
  }

  @Test func `thousands of unknown keys are named in time, as many as a person could read`() {
    let text = (0..<9_000).map { "colour_\($0): 1\n" }.joined()
    let problems = Problems()
    let took = cpuTime {
      let node = SettingsDocument.parse(SourceText(name: "x", text), into: problems)
      _ = node?.fields { fields in (0..<30).map { fields.optional("setting_\($0)") } }
    }
    #expect(problems.diagnostics.count == 1000)
    #expect(took < budget * 5, "took \(took)")
  }

  /// The largest that may pass: as many values as are allowed, on one line and on many, with letters of several bytes.
  @Test(arguments: ["a", "é"]) func `the largest texts that may pass are read in time`(letter: String) {
    let values = SettingsDocument.mostValues
    let many = (0..<values / 2 - 1).map { "\(letter)\($0): \($0 % 10)\n" }.joined()
    let long = "[" + String(repeating: letter + "12345,", count: values - 1) + "]"
    for text in [many, long] {
      let source = SourceText(name: "x", text)
      let problems = Problems()
      var depth: Int?
      let took = cpuTime { depth = SettingsDocument.parse(source, into: problems)?.depth }
      #expect(depth == 1)
      #expect(took < budget * 5, "took \(took)")
    }
  }

  /// Whatever the YAML library would read, our own pass has followed closely enough to bound it: no random text gets
  /// past it with an alias, a repeated key or more depth than it counted.
  @Test func `random texts never crash and never pass deeper than allowed`() throws {
    let pieces = [
      "a", "b", "é", ":", ": ", "- ", "-", "\n", "\n  ", "\n    ", " ", "[", "]", "{", "}", ", ", "\"", "'", "#", " #",
      "|\n", ">-\n", "? ", "\t", "&x ", "*x ", "!t ", "%", "---\n", "...\n", "\\", "\r\n", "@", "0",
    ]
    var random = SplitMix(state: 20_240_229)
    var read = 0
    for _ in 0..<6000 {
      let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      let (depth, problems) = reading(text) { $0.depth }
      #expect((depth == nil) == !problems.isEmpty, "\(text.debugDescription)")
      if let depth {
        read += 1
        #expect(depth <= SettingsDocument.mostLevels)
        let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
        // The library's nodes hold their anchors weakly; the parser owns them.
        let root = try withExtendedLifetime(parser) { try parser.singleRoot().map(\.hasTagOrAnchor) }
        #expect(root != true, "\(text.debugDescription)")
      }
    }
    #expect(read > 500, "the generator makes texts that can be read: \(read)")
  }
}

/// What 100 ms of a release build are here.
#if DEBUG
  let slowness = 10
#else
  let slowness = 1
#endif
let budget = Duration.milliseconds(100) * slowness

struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Node {
  /// Some node carries a tag or an anchor that was written.
  fileprivate var hasTagOrAnchor: Bool {
    if anchor != nil { return true }
    switch self {
    case .scalar(let scalar): return scalar.tag.description.contains("!")
    case .sequence(let items): return items.contains { $0.hasTagOrAnchor }
    case .mapping(let pairs): return pairs.contains { $0.key.hasTagOrAnchor || $0.value.hasTagOrAnchor }
    case .alias: return true
    }
  }
}
