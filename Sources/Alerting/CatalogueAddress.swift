/// Where the rule catalogue (`outturn rules doc`) is published: every alert of a rule leads to the rule's place in it.
package struct CatalogueAddress: Hashable, Sendable {
  /// `https://finance.example/rules/catalogue.html`
  private let page: String

  /// An address on the web, without a place in the page; nil for anything else.
  package init?(_ text: String) {
    let host = ["https://", "http://"].lazy.filter(text.hasPrefix).map { text.dropFirst($0.count) }.first
    guard let host, let first = host.first, first != "/", text.utf8.count <= Self.longest,
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains(where: Self.unfit.contains)
    else { return nil }
    page = text
  }

  private static let longest = 2000
  /// What would end the address in a message or a page, or is a place in one already.
  private static let unfit = Set("#<>\"'`{}|\\^")

  /// The place of a rule, or of what the program itself reports, by its name.
  package func place(ofRule name: String) -> String { "\(page)#\(name)" }
}
