/// Which addresses a request may connect to: those of the public internet, and what the configuration allows by block.
///
/// A receiver's URL comes from a person, its address from whoever answers for the name. Without this, a name that
/// points inward would turn the daemon into a way past the firewall.
package struct AddressPolicy: Hashable, Sendable {
  package var allowed: [AddressRange]

  package init(allow: [AddressRange] = []) {
    allowed = allow
  }

  /// What kind of address it is that we do not connect to; nil where we do.
  package func refusal(of address: NetworkAddress) -> String? {
    if allowed.contains(where: { $0.contains(address) }) { return nil }
    return Self.refused.first { $0.range.contains(address) }?.kind
  }

  /// The special-purpose registries of IANA (RFC 6890 and its successors), and the metadata services of hosting
  /// providers. Addresses that carry an IPv4 address inside them are refused whole: they lead to wherever a translator
  /// says.
  private static let refused: [(range: AddressRange, kind: String)] = [
    ("169.254.169.254/32", "a metadata service"),
    ("168.63.129.16/32", "a metadata service"),
    ("100.100.100.200/32", "a metadata service"),
    ("192.0.0.192/32", "a metadata service"),
    ("fd00:ec2::254/128", "a metadata service"),
    ("0.0.0.0/8", "this host"),
    ("127.0.0.0/8", "loopback"),
    ("10.0.0.0/8", "a private network"),
    ("172.16.0.0/12", "a private network"),
    ("192.168.0.0/16", "a private network"),
    ("100.64.0.0/10", "a carrier's network"),
    ("169.254.0.0/16", "link-local"),
    ("192.0.0.0/24", "reserved"),
    ("192.0.2.0/24", "documentation"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("192.88.99.0/24", "a 6to4 relay"),
    ("198.18.0.0/15", "a test network"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("::1/128", "loopback"),
    ("::/96", "this host, or IPv4 inside IPv6"),
    ("::ffff:0:0/96", "IPv4 mapped into IPv6"),
    ("::ffff:0:0:0/96", "IPv4 translated into IPv6"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "NAT64"),
    ("100::/64", "a sink"),
    ("2001::/23", "Teredo or reserved"),
    ("2001:db8::/32", "documentation"),
    ("3fff::/20", "documentation"),
    ("2002::/16", "6to4"),
    ("5f00::/16", "segment routing"),
    ("fc00::/7", "a private network"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "a private network"),
    ("ff00::/8", "multicast"),
  ].map { text, kind in
    guard let range = AddressRange(text) else { preconditionFailure("\(text) is no block of addresses") }
    return (range, kind)
  }
}
