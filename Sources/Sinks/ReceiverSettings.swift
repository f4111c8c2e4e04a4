import Diagnostics
package import Settings
package import Transfers

/// One entry of `receivers:`: a name and how it is reached.
package struct ReceiverSettings: Sendable {
  package enum Kind: Sendable {
    case webhook(WebhookSettings)
    case log(LogFileSettings)
  }

  package var name: String
  package var kind: Kind

  package init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Reads `receivers:`. What cannot be read is among the node's problems.
  package static func readAll(_ node: SettingsNode) -> [ReceiverSettings] {
    var files: [String: String] = [:]
    return (node.entries() ?? []).compactMap { entry in
      guard let kind = entry.value.fields(kind) else { return nil }
      // Each cuts torn lines off, so two writers of one file would cut into each other's.
      if case .log(let settings) = kind, let other = files.updateValue(entry.key, forKey: settings.path) {
        return entry.value.refuse("\(Wording.quoted(other)) writes this file already", .conflict)
      }
      return ReceiverSettings(entry.key, kind)
    }
  }

  private static func kind(_ fields: SettingsFields) -> Kind? {
    switch fields.requiredOneOf("webhook", "log") {
    case ("webhook", let value)?: WebhookSettings.read(value).map(Kind.webhook)
    case (_, let value)?: LogFileSettings.read(value).map(Kind.log)
    case nil: nil
    }
  }

  /// The secrets that it reads when it sends.
  package var secrets: [Secret] {
    guard case .webhook(let settings) = kind else { return [] }
    if case .secret(let address) = settings.url { return [address] + settings.sign }
    return settings.sign
  }

  /// The sink itself.
  package func sink(over transfers: Transfers) -> any Sink {
    switch kind {
    case .webhook(let settings): WebhookSink(settings, over: transfers)
    case .log(let settings): LogFileSink(settings)
    }
  }
}
