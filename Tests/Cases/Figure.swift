import Foundation

/// A number as people print it: `£967,000`, `-£2.4m`, `21.7%`, `2.9pp`, `33`.
struct Figure: Equatable {
  enum Kind: Equatable { case money, percentage, points, plain }
  var kind: Kind
  var value: Decimal
  /// What one more in the last digit as written would add.
  var lastDigit: Decimal

  /// Nil where the text is something else.
  init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([-+]?)(£?)([-+]?)([0-9]+(?:,[0-9]{3})*)(?:\.([0-9]+))?(k|m|bn|%|pp)?/)
    else { return nil }
    let (_, sign, pound, innerSign, whole, decimals, unit) = match.output
    switch (pound, unit) {
    case ("£", "%"), ("£", "pp"): return nil
    case ("£", _): kind = .money
    case (_, "%"): kind = .percentage
    case (_, "pp"): kind = .points
    case (_, nil): kind = .plain
    default: return nil
    }
    let power = unit.flatMap { ["k": 3, "m": 6, "bn": 9][String($0)] } ?? 0
    guard let digits = Decimal(string: whole.filter { $0 != "," } + (decimals ?? "")) else { return nil }
    let places = decimals?.count ?? 0
    lastDigit = Decimal(sign: .plus, exponent: power - places, significand: 1)
    value = digits * lastDigit * (sign == "-" || innerSign == "-" ? -1 : 1)
  }
}
