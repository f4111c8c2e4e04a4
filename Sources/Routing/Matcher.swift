package import Alerting
package import Diagnostics
package import Settings

/// What an announcement has to be for a route to take it: every key equal to one of its values.
package struct Matcher: Sendable {
  package struct Condition: Sendable {
    package var key: String
    package var values: [String]
    /// Of the key and of each value, for messages.
    package var span: Span
    package var valueSpans: [Span]
  }

  package var conditions: [Condition] = []
  package var isEmpty: Bool { conditions.isEmpty }

  /// The keys that every announcement has. Any other is a label of the rule, or an attribute of the subject.
  package static let ownKeys = ["severity", "rule", "kind", "owner", "organisation"]

  package init() {}

  /// Reads `{ severity: red, region: [London, South] }`.
  package init?(_ node: SettingsNode) {
    guard let entries = node.entries() else { return nil }
    conditions = entries.compactMap { entry in
      let values: [(String, Span)]? = entry.value.listOfSome { value in value.nonEmptyText().map { ($0, value.span) } }
      guard let values, !values.isEmpty else { return nil }
      return Condition(key: entry.key, values: values.map(\.0), span: entry.span, valueSpans: values.map(\.1))
    }
    guard conditions.count == entries.count else { return nil }
  }

  package func matches(_ announcement: Announcement) -> Bool {
    conditions.allSatisfy { condition in
      Self.value(of: condition.key, in: announcement).map { condition.values.contains($0) } ?? false
    }
  }

  /// The text that a key stands for in an announcement; nil where it has none.
  static func value(of key: String, in announcement: Announcement) -> String? {
    switch key {
    case "severity": announcement.severity
    case "rule": announcement.rule.name
    case "kind": announcement.kind.rawValue
    case "owner": announcement.rule.owner
    default:
      announcement.rule.labels[key]
        ?? announcement.subject.keys.first { $0.key == key }?.value
        ?? announcement.subject.attributes[key]
    }
  }
}

extension SettingsNode {
  /// A list (or one value) that has to have something in it; nil where something in it can't be read.
  func listOfSome<Value>(_ read: (SettingsNode) -> Value?) -> [Value]? {
    guard let nodes = oneOrMore() else { return nil }
    guard !nodes.isEmpty else { return refuse("a list with nothing in it means nothing here") }
    let values = nodes.compactMap(read)
    return values.count == nodes.count ? values : nil
  }
}

extension Routes {
  /// Conditions that nothing could ever meet, because no rule, label or attribute is called so: a typing mistake here
  /// would be silence later.
  ///
  /// - Parameters:
  ///   - rules: names of the rules, those of the program's own announcements among them.
  ///   - keys: labels of the rules, attributes of the register, dimensions.
  package func unreachable(rules: [String], keys: [String]) -> [Diagnostic] {
    routes.flatMap { route in
      route.match.conditions.flatMap { condition -> [Diagnostic] in
        switch condition.key {
        case "severity": misspelt(condition, among: ["info", "amber", "red"], what: "severity")
        case "kind": misspelt(condition, among: Announcement.Kind.allCases.map(\.rawValue), what: "kind of announcement")
        case "rule": misspelt(condition, among: rules, what: "rule")
        case "owner", "organisation": []
        default:
          keys.contains(condition.key)
            ? []
            : [
              Diagnostic(
                SettingsCode.badValue.rawValue,
                "nothing is called \(Wording.quoted(condition.key)): no label of a rule, attribute or dimension",
                at: .init(condition.span, "never matches"),
                fix: Suggestion.question(condition.key, among: keys + Matcher.ownKeys))
            ]
        }
      }
    }
  }

  private func misspelt(_ condition: Matcher.Condition, among known: [String], what: String) -> [Diagnostic] {
    zip(condition.values, condition.valueSpans).filter { !known.contains($0.0) }.map { value, span in
      Diagnostic(
        SettingsCode.badValue.rawValue, "there is no \(what) called \(Wording.quoted(value))",
        at: .init(span, "never matches"),
        fix: Suggestion.question(value, among: known) ?? "known: \(Wording.list(known))")
    }
  }
}
