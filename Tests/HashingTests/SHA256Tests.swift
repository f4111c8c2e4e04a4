import Hashing
import Testing

@Suite struct SHA256Tests {
  /// FIPS 180-2, appendix B, and the empty message.
  static let published = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  @Test(arguments: published)
  func publishedDigests(message: String, digest: String) {
    #expect(hexadecimal(SHA256.digest(of: message)) == digest)
  }

  @Test(arguments: published)
  func piecesGiveTheSameDigest(message: String, digest: String) {
    var hash = SHA256()
    for byte in message.utf8 { hash.update([byte]) }
    #expect(hexadecimal(hash.finish()) == digest)
  }

  @Test func numbersAreHashedMostSignificantByteFirst() {
    var hash = SHA256()
    hash.update(bigEndian: UInt32(0x6162_6300))
    #expect(hash.finish() == SHA256.digest(of: [0x61, 0x62, 0x63, 0x00]))
  }

  /// RFC 4231, cases 1 and 2, and the code of an empty message under an empty key.
  @Test(arguments: [
    (
      Array(repeating: UInt8(0x0b), count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    ([], "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
  ])
  func publishedAuthenticationCodes(key: [UInt8], message: String, code: String) {
    #expect(hexadecimal(SHA256.authenticationCode(of: Array(message.utf8), key: key)) == code)
  }

  @Test func hexadecimalGoesBothWays() {
    #expect(bytes(hexadecimal: "00fFA0") == [0, 255, 160])
    #expect(bytes(hexadecimal: "0") == nil)
    #expect(bytes(hexadecimal: "0g") == nil)
  }
}
