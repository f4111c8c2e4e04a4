import Alerting
import Testing

@Suite struct CatalogueAddressTests {
  @Test(arguments: [
    "https://finance.example/rules.html", "http://intranet/", "https://wiki.example/page?id=7&raw=1",
    "https://[::1]:8443/a%20b",
  ])
  func aPageOnTheWebHasAPlaceForEachRule(_ text: String) throws {
    let address = try #require(CatalogueAddress(text))
    #expect(address.place(ofRule: "overspend") == text + "#overspend")
    // What the program itself reports has a place of its own.
    #expect(address.place(ofRule: "data_gap") == text + "#data_gap")
  }

  @Test(arguments: [
    "", "finance.example/rules.html", "ftp://finance.example/", "https://", "https:///rules", "javascript:alert(1)",
    "https://a/b#c", "https://a/b c", "https://a/<b>", "https://a/\"b", "https://a/|b", "https://ä/b",
    "https://a/" + String(repeating: "x", count: 2000), " https://a/", "https://a/\u{202e}",
  ])
  func anythingElseIsRefused(_ text: String) { #expect(CatalogueAddress(text) == nil) }
}
