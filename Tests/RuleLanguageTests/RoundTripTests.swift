import Diagnostics
import Foundation
import RuleLanguage
import RuleLibrary
import Testing

/// Whatever is written, laying it out and taking it through JSON changes nothing that it says.
@Suite struct RoundTripTests {
  /// OUTTURN_ROUND_TRIPS says how many, for a longer run.
  static let count = ProcessInfo.processInfo.environment["OUTTURN_ROUND_TRIPS"].flatMap(UInt64.init) ?? 400

  private func source(_ text: String) -> SourceText { SourceText(name: "random.rules", text) }

  private func laidOut(_ text: String) -> String? { RuleFormatter.format(source(text), library: .all).text }

  private func canonical(_ text: String) -> String? { RuleSet.canonicalText(of: source(text), library: .all) }

  /// Comments as they stand, in order, without what is a text.
  private func comments(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      var isText = false
      var depth = 0
      for index in line.indices {
        if line[index] == "\"", depth == 0 { isText.toggle() }
        if isText || depth > 0 {
          if line[index] == "{" { depth += 1 }
          if line[index] == "}" { depth -= 1 }
        }
        guard line[index] == "#", !isText, depth == 0 else { continue }
        var comment = line[index...]
        while comment.last == " " { comment.removeLast() }
        return String(comment)
      }
      return nil
    }
  }

  @Test func layingOutSaysTheSame() throws {
    var read = 0
    for seed in 0..<Self.count {
      var random = RandomRules(seed: seed)
      let text = random.file()
      guard let canonical = canonical(text) else { continue }
      read += 1
      let once = try #require(laidOut(text), "seed \(seed)\n\(text)")
      #expect(laidOut(once) == once, "seed \(seed): a second time it is another\n\(once)")
      #expect(self.canonical(once) == canonical, "seed \(seed)\n\(text)\n→\n\(once)")
      #expect(comments(once) == comments(text), "seed \(seed)\n\(text)\n→\n\(once)")
    }
    // Most of what is made up can be read; else the test would say little.
    #expect(read > Int(Self.count) * 3 / 4)
  }

  /// Of what is wrong in them much can be read: laid out, and printed, it is still the same.
  @Test(arguments: DiagnosticTests.names)
  func faultyRulesStayTheSame(_ name: String) throws {
    let rules = SourceText(name: "faulty.rules", bytes: try DiagnosticTests.rules(of: name))
    guard let canonical = RuleSet.canonicalText(of: rules, library: .all) else { return }
    #expect(self.canonical(canonical) == canonical, "printed:\n\(canonical)")
    let once = try #require(RuleFormatter.format(rules, library: .all).text)
    #expect(laidOut(once) == once, "a second time it is another:\n\(once)")
    #expect(self.canonical(once) == canonical, "laid out:\n\(once)")
  }

  @Test func throughJSONItSaysTheSame() throws {
    for seed in 0..<Self.count {
      var random = RandomRules(seed: seed)
      let text = random.file()
      guard let canonical = canonical(text) else { continue }
      let (json, _) = RuleExchange.export([source(text)], library: .all)
      let first = try #require(json, "seed \(seed)")
      let files = RuleExchange.text(of: SourceText(name: "random.json", first), library: .all)
      let back = try #require(files?.first, "seed \(seed)\n\(first)")
      let backText = String(decoding: back.bytes, as: UTF8.self)
      #expect(self.canonical(backText) == canonical, "seed \(seed)\n\(text)\n→\n\(first)\n→\n\(backText)")
      #expect(
        comments(backText).sorted() == comments(text).sorted(), "seed \(seed)\n\(text)\n→\n\(first)\n→\n\(backText)")
      let (second, _) = RuleExchange.export([back], library: .all)
      #expect(second == first, "seed \(seed)\n\(first)\n→\n\(second ?? "")")
    }
  }

  /// Shipped rules come back as they are, to the byte.
  @Test(arguments: ShippedRulesTests.sets)
  func shippedRulesComeBack(_ set: String) throws {
    let folder = ShippedRulesTests.root.appending(path: set)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".rules") }
      .sorted().map { SourceText(name: $0, bytes: Array(try Data(contentsOf: folder.appending(path: $0)))) }
    let (json, diagnostics) = RuleExchange.export(files, library: .all)
    #expect(diagnostics.isEmpty)
    let text = try #require(json)
    let document = SourceText(name: "rules.json", text)
    let (back, found, texts) = RuleExchange.read(document, library: .all) { name, ruleFile in
      (try? Data(contentsOf: folder.appending(path: ruleFile).deletingLastPathComponent().appending(path: name)))
        .map { .success(SourceText(name: name, bytes: Array($0))) } ?? .failure(TableFileMissing("it is not there"))
    }
    #expect(back == files, "\(TerminalRenderer().render(found, in: texts))")
  }

  /// The whole of the language, type-checked: the program is the same.
  @Test func theProgramIsTheSame() throws {
    let before = try #require(load(PrintingTests.whole).program)
    let (json, _) = RuleExchange.export([source(PrintingTests.whole)], library: .all)
    let text = try #require(json)
    let (files, found, _) = RuleExchange.read(SourceText(name: "whole.json", text), library: .all)
    #expect(found.isEmpty)
    let back = try #require(files)
    let after = try #require(RuleSet.load(files: back, library: .all).program)
    #expect(after.version == before.version)
    #expect(after.rules.map(\.version) == before.rules.map(\.version))
  }
}
