import Diagnostics
import Finance
import RuleLanguage
import RuleLibrary

/// What is given whatever anybody could write, and has to answer: findings of bounded number in their right places, and
/// the same rules after each way round.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// A rule file.
  case rules
  /// A test block, below rules that it could be about.
  case tests
  /// Rules as JSON.
  case json

  /// What is wrong with the answer; nothing where all is well.
  package func complaints(about bytes: [UInt8]) -> [String] {
    switch self {
    case .rules: Self.complaints(aboutRules: bytes)
    case .tests: Self.complaints(aboutRules: Array(Self.tested.utf8) + bytes)
    case .json: Self.complaints(aboutDocument: SourceText(name: "fuzzed.json", bytes: bytes))
    }
  }

  /// On which suppressions are over or not.
  private static let today = Day(daysSince1970: 16_000)
  private static let mostErrors = 201

  // MARK: Rule files

  private static func complaints(aboutRules bytes: [UInt8]) -> [String] {
    let source = SourceText(name: "fuzzed.rules", bytes: bytes)
    let loaded = RuleSet.load(files: [source], library: .all)
    let found = loaded.diagnostics + loaded.lints(today: today)
    var complaints = complaints(about: found, in: [source])
    _ = TerminalRenderer().render(found, in: loaded.texts)
    _ = Mending(found, in: loaded.texts)
    guard let canonical = RuleSet.canonicalText(of: source, library: .all) else { return complaints }
    let printed = SourceText(name: "printed.rules", canonical)
    if RuleSet.canonicalText(of: printed, library: .all) != canonical {
      complaints.append("what is printed is not read as the same:\n\(canonical)")
    }
    guard let once = RuleFormatter.format(source, library: .all).text else {
      return complaints + ["what can be read is not laid out"]
    }
    let laidOut = SourceText(name: "laid-out.rules", once)
    if RuleFormatter.format(laidOut, library: .all).text != once {
      complaints.append("laid out a second time it is another:\n\(once)")
    }
    if RuleSet.canonicalText(of: laidOut, library: .all) != canonical {
      complaints.append("laid out it says another thing:\n\(once)")
    }
    return complaints
  }

  // MARK: JSON

  private static func complaints(aboutDocument document: SourceText) -> [String] {
    let (files, found, texts) = RuleExchange.read(document, library: .all)
    let complaints = complaints(about: found, in: texts)
    guard let files else { return complaints }
    let (json, _) = RuleExchange.export(files, library: .all)
    guard let json else { return complaints + ["what was imported is not exported"] }
    let again = RuleExchange.read(SourceText(name: "again.json", json), library: .all)
    return again.files == files ? complaints : complaints + ["what is exported is imported as another:\n\(json)"]
  }

  // MARK: Findings

  private static func complaints(about found: [Diagnostic], in texts: [SourceText]) -> [String] {
    var complaints: [String] = []
    let errors = found.count { $0.severity == .error }
    if errors > mostErrors { complaints.append("\(errors) errors") }
    for diagnostic in found {
      let edits = diagnostic.repairs.flatMap(\.edits).map(\.span)
      for span in [diagnostic.primary].compactMap({ $0?.span }) + diagnostic.secondary.map(\.span) + edits {
        guard !isWithin(span, texts) else { continue }
        complaints.append("\(diagnostic.code) stands outside the text, or in a character, at \(span)")
      }
    }
    return complaints
  }

  private static func isWithin(_ span: Span, _ texts: [SourceText]) -> Bool {
    guard texts.indices.contains(Int(span.text)) else { return false }
    let bytes = texts[Int(span.text)].bytes
    guard span.start >= 0, span.start <= span.end, span.end <= bytes.count else { return false }
    guard String(validating: bytes, as: UTF8.self) != nil else { return true }
    return [span.start, span.end].allSatisfy { $0 == bytes.count || bytes[Int($0)] & 0xC0 != 0x80 }
  }
}
