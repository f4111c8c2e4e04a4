/// A currency by its ISO 4217 code.
package struct Currency: Hashable, Sendable {
  /// Three capital letters: GBP.
  package let code: String

  /// nil unless the code is three capital letters.
  package init?(code: String) {
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
    else { return nil }
    self.code = code
  }

  /// `£`, `$`, `€`, `₴`; nil for a currency that is written by its code.
  package var symbol: Unicode.Scalar? { Currency.symbols.first { $0.code == code }?.symbol }

  /// The one that this symbol means.
  package init?(symbol: Unicode.Scalar) {
    guard let known = Currency.symbols.first(where: { $0.symbol == symbol }) else { return nil }
    code = known.code
  }

  /// What stands before a figure: `£`, `PLN `.
  package var prefix: String { symbol.map(String.init) ?? code + " " }

  /// Those with a symbol, and so those that a field may name without having been told of.
  static let symbols: [(symbol: Unicode.Scalar, code: String)] =
    [("£", "GBP"), ("$", "USD"), ("€", "EUR"), ("₴", "UAH")]
}
