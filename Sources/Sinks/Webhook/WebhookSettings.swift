package import Settings
package import Transfers

/// A receiver's `webhook:` as configured.
package struct WebhookSettings: Sendable {
  package enum Address: Hashable, Sendable {
    case open(String)
    case secret(Secret)
  }

  package var url: Address
  package var format: any WebhookFormat.Type
  /// None: unsigned. Two while secrets are exchanged; the first is the new one.
  package var sign: [Secret]
  package var allow: [AddressRange]
  package var security: TransportSecurity
  package var allowsPlainHTTP: Bool
  package var timeout: Duration

  package init(
    url: Address, format: any WebhookFormat.Type = OutturnFormat.self, sign: [Secret] = [], allow: [AddressRange] = [],
    security: TransportSecurity = TransportSecurity(), allowsPlainHTTP: Bool = false, timeout: Duration = .seconds(30)
  ) {
    self.url = url
    self.format = format
    self.sign = sign
    self.allow = allow
    self.security = security
    self.allowsPlainHTTP = allowsPlainHTTP
    self.timeout = timeout
  }

  /// Reads `{ url, format, sign, allow, ca, certificate, key, pin, plain_http, timeout }`.
  package static func read(_ node: SettingsNode) -> WebhookSettings? {
    node.fields { fields in
      let plain = fields.optional("plain_http").map { $0.boolean() ?? true } ?? false
      let url = fields.required("url").flatMap { Self.address($0, allowsPlainHTTP: plain) }
      let format = fields.optional("format").map(Self.format) ?? OutturnFormat.self
      let sign = fields.optional("sign").map { $0.list { $0.secret() } ?? [] } ?? []
      if sign.count > 2 { fields.optional("sign")?.report("at most two secrets sign: the new one and the old one") }
      let allow = fields.optional("allow").map { $0.list(Self.range) ?? [] } ?? []
      let security = TransportSecurity(
        authorities: fields.optional("ca").flatMap(Self.file),
        clientCertificate: fields.optional("certificate").flatMap(Self.file),
        clientKey: fields.optional("key").flatMap(Self.file),
        pinnedKey: fields.optional("pin").flatMap(Self.pin))
      let timeout = fields.optional("timeout").map { $0.duration(in: .seconds(1) ... .seconds(120)) } ?? .seconds(30)
      guard let url, let format, let timeout else { return nil }
      return WebhookSettings(
        url: url, format: format, sign: sign, allow: allow, security: security, allowsPlainHTTP: plain,
        timeout: timeout)
    }
  }

  private static func address(_ node: SettingsNode, allowsPlainHTTP: Bool) -> Address? {
    guard case .text = node.content else { return node.secret().map(Address.secret) }
    guard let text = node.nonEmptyText() else { return nil }
    do throws(TransferFailure) {
      try Transfers.check(text, allowsPlainHTTP: allowsPlainHTTP)
      return .open(text)
    } catch {
      let fix = text.hasPrefix("http://") ? "use https://, or say plain_http: true beside it" : nil
      return node.refuse(error.message, fix: fix)
    }
  }

  private static func format(_ node: SettingsNode) -> (any WebhookFormat.Type)? {
    guard let name = node.text() else { return nil }
    return AllFormats.named(name) ?? node.refuse(unknownFormat(name), fix: suggestedFormat(name))
  }

  private static func range(_ node: SettingsNode) -> AddressRange? {
    guard let text = node.text() else { return nil }
    return AddressRange(text)
      ?? node.refuse("this is no block of addresses", fix: "write it like 10.0.0.0/8, fd00::/8 or 127.0.0.1")
  }

  private static func file(_ node: SettingsNode) -> String? {
    guard let path = node.nonEmptyText() else { return nil }
    return path.hasPrefix("/") ? path : node.refuse("a file is named by its whole path here", fix: "begin it with /")
  }

  private static func pin(_ node: SettingsNode) -> String? {
    guard let text = node.nonEmptyText() else { return nil }
    return text.split(separator: ";").allSatisfy { $0.hasPrefix("sha256//") }
      ? text : node.refuse("a pinned key is written sha256//BASE64")
  }
}
