package import Diagnostics
import RuleLanguage

/// What a ledger shows of a large rule set is mostly one thing of many: each is said once, with how many there are and a
/// few of their places, so that a person reads a page rather than a hundred findings.
package enum LedgerDigest {
  /// Of those that are alike the first stands for all; others are left as they are, in their order.
  package static func of(_ findings: [Diagnostic], in texts: [SourceText]) -> [Diagnostic] {
    let kinds = findings.map { Kind($0, in: texts) }
    var groups: [Kind: [Diagnostic]] = [:]
    for (finding, kind) in zip(findings, kinds) { if let kind { groups[kind, default: []].append(finding) } }
    return zip(findings, kinds).compactMap { finding, kind in
      guard let kind, let group = groups.removeValue(forKey: kind) else { return kind == nil ? finding : nil }
      return together(group, kind, in: texts)
    }
  }

  private enum Kind: Hashable {
    case saying(LedgerSaying)
    /// A text that nothing has, by what is said of it.
    case text(String)

    init?(_ finding: Diagnostic, in texts: [SourceText]) {
      if finding.code == RuleCode.valueNotInData.rawValue {
        self = .text(finding.message)
        return
      }
      let name = LedgerDigest.name(finding, in: texts)
      guard let saying = LedgerSaying.allCases.first(where: { $0.of(name) == finding.message }) else { return nil }
      self = .saying(saying)
    }
  }

  /// So many are shown where they stand.
  private static let shown = 3

  private static func together(_ group: [Diagnostic], _ kind: Kind, in texts: [SourceText]) -> Diagnostic {
    var result = group[0]
    guard group.count > 1 else { return result }
    switch kind {
    case .saying(let saying): result.message = saying.of(group.map { name($0, in: texts) })
    case .text(let sentence): result.message = "\(sentence); \(group.count) places ask for it"
    }
    result.secondary += group.dropFirst().prefix(shown - 1).compactMap(\.primary)
    return result
  }

  /// As it is written where the finding stands.
  private static func name(_ finding: Diagnostic, in texts: [SourceText]) -> String {
    guard let span = finding.primary?.span else { return "" }
    return String(decoding: texts[Int(span.text)].bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }
}
