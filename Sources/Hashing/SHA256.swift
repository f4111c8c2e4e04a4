import CCrypto

/// SHA-256, piece by piece or at once. A digest is 32 bytes.
///
///     var hash = SHA256()
///     hash.update(first)
///     hash.update(second)
///     let digest = hash.finish()
@safe
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// The length of a digest in bytes.
  package static let byteCount = 32

  package init() {
    // Both fail only where memory is exhausted or libcrypto has no SHA-256: nothing that could go on.
    guard let context = unsafe EVP_MD_CTX_new(), unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto has no SHA-256")
    }
    unsafe self.context = context
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: RawSpan) {
    let done = unsafe bytes.withUnsafeBytes { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    precondition(done == 1, "libcrypto refused bytes to hash")
  }

  package mutating func update(_ bytes: [UInt8]) { unsafe update(bytes.span.bytes) }

  package mutating func update(_ text: String) { update(Array(text.utf8)) }

  /// A whole number, most significant byte first, so that a hash is the same on any machine.
  package mutating func update<Number: FixedWidthInteger>(bigEndian number: Number) {
    var ordered = number.bigEndian
    unsafe withUnsafeBytes(of: &ordered) { buffer in unsafe update(buffer.bytes) }
  }

  package consuming func finish() -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
      let done = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
      precondition(done == 1, "libcrypto could not finish a hash")
      count = Self.byteCount
    }
  }

  package static func digest(of bytes: RawSpan) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  package static func digest(of bytes: [UInt8]) -> [UInt8] { unsafe digest(of: bytes.span.bytes) }

  package static func digest(of text: String) -> [UInt8] { digest(of: Array(text.utf8)) }

  /// HMAC-SHA256 (RFC 2104) of a message under a secret key.
  package static func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      // An empty array may have no address, which HMAC() would take to mean "the key of the last call".
      let secret = key.isEmpty ? [0] : key
      let code = unsafe HMAC(
        EVP_sha256(), secret, Int32(secret.count), message, message.count, buffer.baseAddress, nil)
      precondition(unsafe code != nil, "libcrypto could not make an HMAC")
      count = byteCount
    }
  }
}
