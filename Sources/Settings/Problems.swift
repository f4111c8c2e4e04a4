package import Diagnostics

/// What is wrong with one configuration, collected while it is read, so that its author hears of everything at once.
package final class Problems {
  private var found: [Diagnostic] = []
  /// A hostile file could hold one in every line.
  private static let most = 1000

  package init() {}

  package func report(_ diagnostic: Diagnostic) {
    if !isFull { found.append(diagnostic) }
  }

  var isFull: Bool { found.count >= Self.most }

  package func report(_ code: SettingsCode, _ message: String, at span: Span, _ label: String = "", fix: String? = nil)
  {
    report(Diagnostic(code.rawValue, message, at: Diagnostic.Label(span, label), fix: fix))
  }

  /// In the order of their places.
  package var diagnostics: [Diagnostic] { found.sortedByPlace() }
  package var hasErrors: Bool { found.hasErrors }
}
