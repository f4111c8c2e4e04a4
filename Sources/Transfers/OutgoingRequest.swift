/// One request to a web server that a person named in the configuration.
///
/// The URL may hold a secret (chat services put theirs in the path), so nothing here is ever printed: messages name
/// the host and the port only.
package struct OutgoingRequest: Sendable {
  package enum Method: Sendable { case get, post }

  package struct Header: Hashable, Sendable {
    package var name: String
    package var value: String
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package var method: Method
  package var url: String
  package var headers: [Header]
  package var body: [UInt8]
  /// `http://` sends what it carries in the clear, so it has to be asked for.
  package var allowsPlainHTTP: Bool
  package var addresses: AddressPolicy
  package var security: TransportSecurity
  package var limits: TransferLimits

  package init(
    _ method: Method, _ url: String, headers: [Header] = [], body: [UInt8] = [], allowsPlainHTTP: Bool = false,
    addresses: AddressPolicy = AddressPolicy(), security: TransportSecurity = TransportSecurity(),
    limits: TransferLimits = TransferLimits()
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.allowsPlainHTTP = allowsPlainHTTP
    self.addresses = addresses
    self.security = security
    self.limits = limits
  }
}

/// How a server proves who it is, and we to it. Certificates are always verified; all that can be chosen is against
/// what.
package struct TransportSecurity: Hashable, Sendable {
  /// PEM file of the certificate authorities to trust in place of the system's.
  package var authorities: String?
  /// PEM files of our certificate and its key, for servers that ask for one.
  package var clientCertificate: String?
  package var clientKey: String?
  /// `sha256//BASE64` of the server's public key (several with `;`): the server must have this very key.
  package var pinnedKey: String?

  package init(
    authorities: String? = nil, clientCertificate: String? = nil, clientKey: String? = nil, pinnedKey: String? = nil
  ) {
    self.authorities = authorities
    self.clientCertificate = clientCertificate
    self.clientKey = clientKey
    self.pinnedKey = pinnedKey
  }
}

/// What one transfer may cost.
package struct TransferLimits: Hashable, Sendable {
  /// Milliseconds to find the name and connect, the TLS handshake included.
  package var connect: Int
  /// Milliseconds for everything, from the name to the last byte.
  package var total: Int
  /// Slower than `slowBytes` a second for `slowSeconds` seconds is given up.
  package var slowBytes: Int
  package var slowSeconds: Int
  /// Bytes of the answer's body that are kept; a longer answer is cut there and the rest never read.
  package var responseBytes: Int

  package init(
    connect: Int = 10_000, total: Int = 30_000, slowBytes: Int = 16, slowSeconds: Int = 15, responseBytes: Int = 65_536
  ) {
    self.connect = connect
    self.total = total
    self.slowBytes = slowBytes
    self.slowSeconds = slowSeconds
    self.responseBytes = responseBytes
  }

  /// Bytes of header lines in an answer, over which it is given up.
  static let headerBytes = 65_536
}
