import Diagnostics

/// What two rule sets declare otherwise, by name; layout and comments do not count.
package struct RuleSetComparison: Sendable {
  package struct Changed: Sendable {
    package var old: Rule
    package var new: Rule
    /// The lines of its canonical text that go (`-`), come (`+`) or stand around them; none where only what the rule
    /// reads has changed.
    package var lines: [String]
  }
  /// Something that rules read: a let, a measure, a table, a setting.
  package struct Declaration: Sendable {
    package var name: String
    package var lines: [String]
  }

  package private(set) var added: [Rule] = []
  package private(set) var removed: [Rule] = []
  package private(set) var changed: [Changed] = []
  package private(set) var same = 0
  package private(set) var declarations: [Declaration] = []
  /// The old names of rules by their new ones.
  package private(set) var formerly: [String: String] = [:]
  /// Rules that were removed and rules that were added which look at the same in the same way: most likely one rule with a
  /// new name that does not say `formerly`, so that the alerts of the old one end.
  package private(set) var lookRenamed: [(old: Rule, new: Rule)] = []

  package init(old: RuleSet.Loaded, new: RuleSet.Loaded, library: FunctionLibrary) {
    func canonical(_ rule: Rule) -> String {
      RuleSet.canonicalText(of: SourceText(name: rule.name, rule.text), library: library) ?? rule.text
    }
    let (olds, news) = (old.program?.rules ?? [], new.program?.rules ?? [])
    let known = Dictionary(olds.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let names = Set(news.map(\.name))
    var met: Set<String> = []
    for rule in news {
      let former = rule.formerly.flatMap { names.contains($0) ? nil : known[$0] }
      guard let earlier = known[rule.name] ?? former else {
        added.append(rule)
        continue
      }
      met.insert(earlier.name)
      if earlier.name != rule.name { formerly[rule.name] = earlier.name }
      if earlier.version == rule.version && earlier.name == rule.name {
        same += 1
      } else {
        changed.append(Changed(old: earlier, new: rule, lines: Self.difference(canonical(earlier), canonical(rule))))
      }
    }
    removed = olds.filter { !met.contains($0.name) }
    lookRenamed = Self.alike(removed, added, canonical)
    declarations = Self.declarations(old.texts, new.texts, library)
  }

  package var isSame: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty && declarations.isEmpty }

  /// Pairs of which all is the same but the name and what is only said of them.
  private static func alike(
    _ removed: [Rule], _ added: [Rule], _ canonical: (Rule) -> String
  ) -> [(old: Rule, new: Rule)] {
    guard !removed.isEmpty, !added.isEmpty else { return [] }
    func decides(_ rule: Rule) -> [Substring] {
      var isSaid = true
      return canonical(rule).split(separator: "\n").filter { line in
        // The heading; and a clause of more than one line goes on further in.
        let margin = line.prefix { $0 == " " }.count
        if margin <= 2 { isSaid = margin == 0 || said.contains(String(line.dropFirst(margin).prefix { $0 != " " })) }
        return !isSaid
      }
    }
    var waiting = Dictionary(grouping: removed, by: decides)
    return added.compactMap { rule in
      let key = decides(rule)
      guard !key.isEmpty, let olds = waiting[key], !olds.isEmpty else { return nil }
      let index = olds.firstIndex { $0.title == rule.title } ?? 0
      return (waiting[key]?.remove(at: index)).map { ($0, rule) }
    }
  }

  private static let said: Set<String> = ["message", "detail", "runbook", "owner", "label"]

  /// The lines of a unified diff, without where they stand.
  private static func difference(_ old: String, _ new: String) -> [String] {
    let text = UnifiedDiff.between(SourceText(name: "old", old), SourceText(name: "new", new))
    return text.split(separator: "\n").dropFirst(2).filter { !$0.hasPrefix("@@") }.map(String.init)
  }

  // MARK: What rules read

  private static func declarations(
    _ old: [SourceText], _ new: [SourceText], _ library: FunctionLibrary
  ) -> [Declaration] {
    let (olds, news) = (declarations(old, library), declarations(new, library))
    return Set(olds.keys).union(news.keys).sorted().compactMap { name in
      guard olds[name] != news[name] else { return nil }
      return Declaration(name: name, lines: difference(olds[name] ?? "", news[name] ?? ""))
    }
  }

  /// By their first two words, `let overspent`: in the canonical layout a declaration starts at the margin.
  private static func declarations(_ files: [SourceText], _ library: FunctionLibrary) -> [String: String] {
    var found: [String: String] = [:]
    var name: String?
    for file in files {
      guard let text = RuleSet.canonicalText(of: file, library: library) else { continue }
      for line in text.split(separator: "\n") {
        if line.first != " " {
          let words = line.split(separator: " ")
          let isRead = !["rule", "test"].contains(words.first)
          name = isRead ? words.prefix(2).joined(separator: " ") : nil
        }
        if let name { found[name, default: ""] += line + "\n" }
      }
      name = nil
    }
    return found
  }
}
