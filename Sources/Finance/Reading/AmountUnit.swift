/// What a figure in a file stands for: `£000`, `£m`, `pence`, `%`, `UAH m`, or a plain `1`.
package struct AmountUnit: Hashable, Sendable {
  /// The one currency whose symbol or code may stand beside a figure. nil takes any.
  package var currency: Currency?
  /// The power of ten that a figure is multiplied by: 3 for thousands, -2 for pence and per cent.
  package var exponent: Int
  /// A `%` may stand behind a figure.
  package var isPercent: Bool
  /// As the configuration writes it.
  package var name: String

  package static let one = AmountUnit(currency: nil, exponent: 0, isPercent: false, name: "1")

  private init(currency: Currency?, exponent: Int, isPercent: Bool, name: String) {
    self.currency = currency
    self.exponent = exponent
    self.isPercent = isPercent
    self.name = name
  }

  /// nil for words that are no unit; `AmountUnit.examples` are some that are.
  package init?(_ text: String) {
    var rest = Substring(text)
    var currency: Currency?
    if let first = rest.unicodeScalars.first, let known = Currency(symbol: first) {
      currency = known
      rest.unicodeScalars.removeFirst()
    } else if let known = Currency(code: String(rest.prefix(3))) {
      currency = known
      rest = rest.dropFirst(3)
    }
    let scale = rest.split(separator: " ").joined(separator: " ").lowercased()
    if scale == "pence" || scale == "p" { currency = currency ?? Currency(code: "GBP") }
    guard let exponent = AmountUnit.exponents[scale] else { return nil }
    self.init(currency: currency, exponent: exponent, isPercent: scale == "%", name: text)
  }

  package static let examples = ["£", "£000", "£k", "£m", "£bn", "pence", "%", "1", "thousand", "million"]

  private static let exponents: [String: Int] = [
    "": 0, "1": 0, "000": 3, "000s": 3, "'000": 3, "’000": 3, "k": 3, "thousand": 3, "thousands": 3,
    "m": 6, "mn": 6, "million": 6, "millions": 6, "bn": 9, "billion": 9, "billions": 9,
    "p": -2, "pence": -2, "cents": -2, "%": -2,
  ]
}
