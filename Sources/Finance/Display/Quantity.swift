/// What a number is a number of, as far as showing it goes.
package enum Quantity: String, Hashable, Sendable, CaseIterable {
  case money, count, ratio, points, number
  case unitPrice = "unit price"
}
