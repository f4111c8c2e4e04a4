import Glibc

/// An IPv4 or IPv6 address as a number.
package enum NetworkAddress: Hashable, Sendable, CustomStringConvertible {
  case v4(UInt32)
  case v6(UInt128)

  /// `192.0.2.1` or `2001:db8::1`; nothing else, in particular none of the old ways to write IPv4 (`127.1`, `0x7f…`).
  package init?(_ text: String) {
    var v4 = in_addr()
    var v6 = in6_addr()
    if unsafe inet_pton(AF_INET, text, &v4) == 1 {
      self = .v4(UInt32(bigEndian: v4.s_addr))
    } else if unsafe inet_pton(AF_INET6, text, &v6) == 1 {
      self = .v6(Self.number(v6))
    } else {
      return nil
    }
  }

  /// Nil for a socket address of any other family.
  init?(socketAddress: UnsafeRawPointer) {
    switch unsafe Int32(socketAddress.loadUnaligned(as: sa_family_t.self)) {
    case AF_INET:
      self = .v4(UInt32(bigEndian: unsafe socketAddress.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
    case AF_INET6:
      self = .v6(Self.number(unsafe socketAddress.loadUnaligned(as: sockaddr_in6.self).sin6_addr))
    default:
      return nil
    }
  }

  private static func number(_ address: in6_addr) -> UInt128 {
    UInt128(bigEndian: unsafe unsafeBitCast(address, to: UInt128.self))
  }

  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    switch self {
    case .v4(let number):
      var address = in_addr(s_addr: number.bigEndian)
      _ = unsafe inet_ntop(AF_INET, &address, &text, socklen_t(text.count))
    case .v6(let number):
      var address = unsafe unsafeBitCast(number.bigEndian, to: in6_addr.self)
      _ = unsafe inet_ntop(AF_INET6, &address, &text, socklen_t(text.count))
    }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// A block of addresses: `10.0.0.0/8`, `fd00::/8`, or one address.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  package let first: NetworkAddress
  package let prefix: Int

  /// Nil where it is no block, or where bits beyond the prefix are set (`10.0.0.1/8` is a slip more often than not).
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = NetworkAddress(String(parts[0])) else { return nil }
    let width = if case .v4 = first { 32 } else { 128 }
    var prefix = width
    if parts.count == 2 {
      guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let given = Int(parts[1]),
        given <= width
      else { return nil }
      prefix = given
    }
    self.first = first
    self.prefix = prefix
    let beyond =
      switch first {
      case .v4(let number): prefix == 32 ? 0 : UInt128(number << UInt32(prefix))
      case .v6(let number): prefix == 128 ? 0 : number << UInt128(prefix)
      }
    guard beyond == 0 else { return nil }
  }

  package func contains(_ address: NetworkAddress) -> Bool {
    switch (first, address) {
    case (.v4(let first), .v4(let other)): prefix == 0 || (first ^ other) >> UInt32(32 - prefix) == 0
    case (.v6(let first), .v6(let other)): prefix == 0 || (first ^ other) >> UInt128(128 - prefix) == 0
    default: false
    }
  }

  package var description: String { "\(first)/\(prefix)" }
}
