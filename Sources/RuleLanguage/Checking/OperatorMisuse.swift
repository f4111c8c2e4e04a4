import Diagnostics
import Finance

// What is said about operands that do not go together, and what was probably meant.

extension ProgramBuilder {
  func unlikeTypes(_ left: NodeID, _ right: NodeID, _ sign: String) -> Misuse {
    let (a, b) = (self[left], self[right])
    let verb = sign == "+" ? "added to" : "subtracted from"
    let (first, second) = sign == "+" ? (a, b) : (b, a)
    if let money = plainNumberBesideMoney(left, right, "combined with") { return money }
    var result = Misuse(
      .unlikeTypes, "\(first.type.spoken) cannot be \(verb) \(second.type.spoken)", operand: 1, b.spoken,
      others: [0: a.spoken])
    let types = Set([a.type, b.type])
    if types == [.money, .count] || types == [.money, .unitPrice] {
      result.fix = { _ in ProgramBuilder.priceOfTotal }
    }
    return result
  }

  /// What brings a total and a price together.
  static let priceOfTotal = "money / count for a unit price, or unit price * count for money"

  func noSuchProduct(_ left: NodeID, _ right: NodeID, _ sign: String) -> Misuse {
    let (a, b) = (self[left], self[right])
    var result = Misuse(
      .noSuchProduct, "\(a.type.spoken) cannot be \(sign == "*" ? "multiplied" : "divided") by \(b.type.spoken)",
      operand: 1, b.spoken, others: [0: a.spoken])
    if a.type == .count, b.type == .money { result.fix = { "\($0[1]) / \($0[0]) for a unit price" } }
    return result
  }

  func unlikeBases(_ left: NodeID, _ right: NodeID, _ sign: String) -> Misuse {
    let (a, b) = (self[left], self[right])
    let verb =
      switch sign {
      case "+", "-": "be combined with"
      case "/": "be divided by"
      default: "be compared with"
      }
    let (first, second) = (a.basis?.rawValue ?? "", b.basis?.rawValue ?? "")
    let meant = ProgramBuilder.meant(a.basis, b.basis)
    var result = Misuse(
      .unlikeBases, "an amount \(spoken(first)) cannot \(verb) one \(spoken(second))", operand: 1, b.spoken,
      others: [0: a.spoken])
    if !meant.isEmpty {
      // Spend to date that passes the plan of the whole year is a progress of more than all of it.
      let isProgress = a.basis == .yearToDate && b.basis == .fullYear && [">", ">=", "<", "<="].contains(sign)
      result.rewritings = { texts in
        var ways = meant.map { way in
          let (left, right) = (way(texts[0]).left, way(texts[1]).right)
          return Misuse.Rewriting("\(left) \(sign) \(right)", [.operand(0): left, .operand(1): right])
        }
        if isProgress {
          let progress = "\(texts[0]) / \(texts[1]) \(sign) 100%"
          ways.append(Misuse.Rewriting(progress, [.whole: progress]))
        }
        return ways
      }
    }
    return result
  }

  private func spoken(_ basis: String) -> String { basis == Basis.fullYear.rawValue ? "of the full year" : basis }

  /// How each side would be written, for every way of bringing the two bases together.
  private static func meant(
    _ left: Basis?, _ right: Basis?
  ) -> [@Sendable (String) -> (left: String, right: String)] {
    switch (left, right) {
    case (.yearToDate, .fullYear):
      [{ ("run_rate(\($0))", $0) }, { ($0, "even_profile(\($0))") }]
    case (.fullYear, .yearToDate):
      [{ ($0, "run_rate(\($0))") }, { ("even_profile(\($0))", $0) }]
    case (.inPeriod, .yearToDate): [{ ("ytd(\($0))", $0) }, { ($0, "in_month(\($0))") }]
    case (.yearToDate, .inPeriod): [{ ($0, "ytd(\($0))") }, { ("in_month(\($0))", $0) }]
    case (.inPeriod, .fullYear):
      [{ ("run_rate(ytd(\($0)))", $0) }, { ("ytd(\($0))", "even_profile(\($0))") }]
    case (.fullYear, .inPeriod):
      [{ ($0, "run_rate(ytd(\($0)))") }, { ("even_profile(\($0))", "ytd(\($0))") }]
    default: []
    }
  }

  /// `money > 5`, `price + 5`: the number wants a currency. Nil where neither side is money and the other a number.
  func plainNumberBesideMoney(_ left: NodeID, _ right: NodeID, _ verb: String) -> Misuse? {
    guard let number = [left, right].firstIndex(where: { isPlainNumber($0) }) else { return nil }
    let money = self[number == 1 ? left : right].type
    guard money == .money || money == .unitPrice else { return nil }
    let prefix = currency.prefix
    return Misuse(
      .plainNumberForMoney, "\(money.spoken) cannot be \(verb) a plain number", operand: number, "a plain number",
      others: [1 - number: self[number == 1 ? left : right].spoken],
      rewrittenAs: { written in
        // Behind a sign or a parenthesis.
        let before = written[number].prefix { !$0.isNumber && $0 != "." }
        return [before + prefix + written[number].dropFirst(before.count)]
      })
  }
}
