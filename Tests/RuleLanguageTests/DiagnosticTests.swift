import Diagnostics
import Finance
import Foundation
import RuleLanguage
import RuleLibrary
import Testing

/// What is said about each kind of mistake, in the same file as the mistake: above the line the rules, below it the
/// findings. `RECORD_SNAPSHOTS=1` writes what is said now.
@Suite struct DiagnosticTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Diagnostics")
  /// On which suppressions are over or not.
  static let today = Day(daysSince1970: 16_000)
  static let line = "================\n"

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".rules-error") }.sorted()

  @Test func thereAreSome() { #expect(Self.names.count > 40) }

  @Test(arguments: names)
  func saysWhatIsWrong(_ name: String) throws {
    let file = Self.folder.appending(path: name)
    let whole = try Data(contentsOf: file)
    let divider = try #require(whole.range(of: Data(Self.line.utf8)))
    let bytes = Array(whole[..<divider.lowerBound])
    let (rules, beside) = Self.parts(of: bytes)
    let source = SourceText(name: name.replacing(".rules-error", with: ".rules"), bytes: rules)
    let loaded = RuleSet.load(files: [source], library: .all) { file, rule in
      beside[file].map { .success(SourceText(name: file, bytes: $0)) } ?? RuleSet.noTableFiles(file, rule)
    }
    let rendering = TerminalRenderer().render(loaded.diagnostics + loaded.lints(today: Self.today), in: loaded.texts)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try (Data(bytes) + Data((Self.line + rendering).utf8)).write(to: file)
    } else {
      #expect(Array(rendering.utf8) == Array(whole[divider.upperBound...]), "\(name) now says:\n\(rendering)")
    }
  }

  /// The rule file of one of them.
  static func rules(of name: String) throws -> [UInt8] {
    let whole = try Data(contentsOf: folder.appending(path: name))
    let divider = try #require(whole.range(of: Data(line.utf8)))
    return parts(of: Array(whole[..<divider.lowerBound])).rules
  }

  /// The rule file, and behind lines such as `---- limits.csv` the files beside it.
  private static func parts(of bytes: [UInt8]) -> (rules: [UInt8], beside: [String: [UInt8]]) {
    var parts: [(name: String, lines: [ArraySlice<UInt8>])] = [("", [])]
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.starts(with: Array("---- ".utf8)) {
        parts.append((String(decoding: line.dropFirst(5), as: UTF8.self), []))
      } else {
        parts[parts.count - 1].lines.append(line)
      }
    }
    let texts = parts.map { ($0.name, Array($0.lines.joined(separator: [UInt8(ascii: "\n")]))) }
    return (texts[0].1, Dictionary(texts.dropFirst(), uniquingKeysWith: { $1 }))
  }

  /// Every code that can be met without exhausting a limit is shown in one of the files.
  @Test func everyCodeIsShown() throws {
    let all = try Self.names.map {
      String(decoding: try Data(contentsOf: Self.folder.appending(path: $0)), as: UTF8.self)
    }
    .joined()
    let limits: Set<RuleCode> = [
      .fileTooLarge, .lineTooLong, .nestedTooDeep, .tooManyFindings, .expandsTooFar,
    ]
    let hidden = RuleCode.allCases.filter { code in
      !limits.contains(code) && !code.rawValue.hasPrefix("R6") && !all.contains("[\(code.rawValue)]")
    }
    #expect(hidden.map(\.rawValue) == [], "codes that no file shows")
  }
}
