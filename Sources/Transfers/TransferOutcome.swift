/// How a request ended: the server answered, or it did not.
package enum TransferOutcome: Sendable {
  case answered(TransferResponse)
  case failed(TransferFailure)
}

/// A server's answer. Its status and headers arrived whole; its body as far as it was wanted.
package struct TransferResponse: Sendable {
  package let status: Int
  /// In the order they came, names in lower case.
  package let headers: [OutgoingRequest.Header]
  /// The body's first bytes, at most `TransferLimits.responseBytes`.
  package let body: [UInt8]
  /// The body was longer than wanted, or broke off, or came too slowly: what the server decided stands in the status.
  package let isCut: Bool

  /// The value of the first header of that name (lower case).
  package func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}

/// Why no answer came, in words for the person who runs the daemon. Holds no URL, as that may be a secret.
package struct TransferFailure: Error, Hashable, Sendable {
  package enum Code: String, Hashable, Sendable, CaseIterable {
    /// The request cannot be sent by anyone: its URL, a header, a certificate file.
    case invalid
    /// The name has no address, or nobody said so in time.
    case unresolved
    /// Every address of the name is one that we do not connect to (see `AddressPolicy`).
    case refusedAddress = "refused_address"
    case unreachable
    /// The certificate is expired, for another name, from an unknown authority, or not the pinned one.
    case untrusted
    case timeout = "time_out"
    /// The connection broke, or what came is not HTTP.
    case broken
    /// Too much at once: our own limit.
    case busy
    case cancelled
  }

  package let code: Code
  package let message: String
  /// What the library or the system said, where it said something.
  package let cause: String?

  package init(_ code: Code, _ message: String, cause: String? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }
}
