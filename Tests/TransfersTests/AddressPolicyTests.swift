import Testing
import Transfers

@Suite struct AddressPolicyTests {
  @Test(arguments: [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
    "169.254.169.254", "168.63.129.16", "100.100.100.200", "192.88.99.1", "224.0.0.1", "255.255.255.255", "::", "::1",
    "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
    "2001:0:1::",
    "fc00::1", "fd00:ec2::254", "fe80::1", "ff02::1", "2001:db8::1",
  ])
  func refusesWhatIsNotThePublicInternet(text: String) throws {
    let address = try #require(NetworkAddress(text))
    #expect(AddressPolicy().refusal(of: address) != nil)
    let range = try #require(AddressRange(text))
    #expect(AddressPolicy(allow: [range]).refusal(of: address) == nil)
  }

  @Test(arguments: ["8.8.8.8", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "2606:4700::1111"])
  func letsThePublicInternetThrough(text: String) throws {
    #expect(AddressPolicy().refusal(of: try #require(NetworkAddress(text))) == nil)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "1.2.3.4", true),
    ("0.0.0.0/0", "::1", false), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false), ("::/0", "::1", true),
    ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false), ("::1/128", "::1", true),
    ("127.0.0.0/8", "::ffff:127.0.0.1", false),
  ])
  func blocksHoldTheirAddressesAndNoOthers(block: String, text: String, isInside: Bool) throws {
    let range = try #require(AddressRange(block))
    #expect(range.contains(try #require(NetworkAddress(text))) == isInside)
  }

  @Test(arguments: [
    "", "10", "10.0.0.0/33", "10.0.0.1/8", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "fd00::1/8", "x/8",
  ])
  func whatIsNoBlockIsRefused(text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test(arguments: ["127.1", "0x7f000001", "2130706433", "0177.0.0.1", "1.2.3.4 ", "::1%lo"])
  func onlyTheUsualSpellingIsAnAddress(text: String) {
    #expect(NetworkAddress(text) == nil)
  }

  @Test(arguments: ["192.0.2.1", "2001:db8::1", "::ffff:1.2.3.4"])
  func addressesPrintAsTheyAreRead(text: String) {
    #expect(NetworkAddress(text)?.description == text)
  }
}
