package import Settings

/// A receiver's `log:` as configured.
package struct LogFileSettings: Hashable, Sendable {
  package enum Format: String, CaseIterable, Sendable { case json, text }

  package var path: String
  package var format: Format

  package init(path: String, format: Format = .json) {
    self.path = path
    self.format = format
  }

  /// Reads `{ path, format }`.
  package static func read(_ node: SettingsNode) -> LogFileSettings? {
    node.fields { fields in
      let path = fields.required("path").flatMap { node -> String? in
        guard let path = node.nonEmptyText() else { return nil }
        return path.hasPrefix("/") && !path.hasSuffix("/") && !path.utf8.contains(0)
          ? path : node.refuse("a log file is named by its whole path", fix: "/var/log/outturn/alerts.jsonl")
      }
      let format = fields.optional("format").map { $0.choice(Format.self) } ?? .json
      guard let path, let format else { return nil }
      return LogFileSettings(path: path, format: format)
    }
  }
}
