package import Alerting
package import Diagnostics
package import Settings

/// Where announcements go: the first route that matches names the receivers.
package struct Routes: Sendable {
  package struct Route: Sendable {
    package var match: Matcher
    /// Names of receivers.
    package var receivers: [Named]
  }

  /// A name in the configuration with its place.
  package struct Named: Sendable {
    package var name: String
    package var span: Span
  }

  package var routes: [Route]

  /// The receivers of one announcement; the last route takes whatever came past the others, so there is always one.
  package func receivers(for announcement: Announcement) -> [String] {
    routes.first { $0.match.matches(announcement) }?.receivers.map(\.name) ?? []
  }
}

extension Routes {
  /// Reads `routes:`, a list of `{ match: {…}, to: […] }`.
  ///
  /// The last has no `match`: an announcement that no route takes would be lost without a word.
  ///
  /// - Parameter receivers: the names under `receivers:`.
  package init?(_ node: SettingsNode, receivers: [String]) {
    guard let items = node.items() else { return nil }
    routes = items.compactMap { item in
      item.fields { fields in
        let match = fields.optional("match").map { Matcher($0) } ?? Matcher()
        let names = fields.required("to", fix: "to: [\(receivers.first ?? "a receiver")]")?.listOfSome { name in
          Self.receiver(name, among: receivers)
        }
        guard let match, let names, !names.isEmpty else { return nil }
        return Route(match: match, receivers: names)
      }
    }
    guard routes.count == items.count else { return nil }
    guard let last = routes.last, last.match.isEmpty else {
      node.report(
        "the last route needs to take every announcement that came past the others, or some would go nowhere",
        label: "no route without `match` at its end", fix: "add  - to: [\(receivers.first ?? "a receiver")]")
      return nil
    }
    if let early = routes.dropLast().firstIndex(where: \.match.isEmpty) {
      items[early].report(
        "this route takes every announcement, so the routes below it are never reached", .conflict,
        fix: "give it a `match`, or move it to the end")
      return nil
    }
  }

  private static func receiver(_ node: SettingsNode, among receivers: [String]) -> Named? {
    guard let name = node.nonEmptyText() else { return nil }
    guard receivers.contains(name) else {
      return node.refuse(
        "there is no receiver called \(Wording.quoted(name))",
        fix: Suggestion.question(name, among: receivers) ?? "receivers: \(Wording.list(receivers))")
    }
    return Named(name: name, span: node.span)
  }
}
