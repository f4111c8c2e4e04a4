import BigInt
import Finance
import TestKit
import Testing

/// The exact value as two big numbers.
private struct Fraction {
  var top: BigInt
  var bottom: BigInt

  init(_ quotient: Quotient) {
    top = BigInt(decimal: quotient.numerator)
    bottom = BigInt(decimal: quotient.denominator)
  }

  /// Half to even at so many parts a unit, and nil where Int128 can't hold it.
  func rounded(_ scale: BigInt) -> Int128? {
    let negative = (top < 0) != (bottom < 0)
    let (whole, rest) = (top.magnitude * scale.magnitude).quotientAndRemainder(dividingBy: bottom.magnitude)
    let twice = rest * 2
    let up = twice > bottom.magnitude || (twice == bottom.magnitude && whole % 2 == 1)
    let magnitude = BigInt(whole + (up ? 1 : 0))
    return Int128((negative ? -magnitude : magnitude).description)
  }
}

private let scale = BigInt(1_000_000_000_000)

/// Zero, small, half, maximal and random values, exact and combined.
private let samples: [Quotient] = {
  var random = SeededGenerator(seed: 7)
  var all: [Quotient] = [
    .zero, Quotient(1), Quotient(-1), Quotient(Int64.max), Quotient(Int64.min),
    Quotient(numerator: 1, denominator: 2), Quotient(numerator: -1, denominator: 2),
    Quotient(numerator: 1, denominator: 2_000_000_000_000), Quotient(numerator: 3, denominator: 2_000_000_000_000),
    Quotient(numerator: 5, denominator: 2_000_000_000_000), Quotient(numerator: 1, denominator: 3),
    Quotient(numerator: Int128.max, denominator: 1_000_000_000_000),
    Quotient(numerator: -Int128.max, denominator: 1_000_000_000_000),
    Quotient(numerator: 1, denominator: Int128(Int64.max)), Quotient(numerator: 1, denominator: 1 << 63),
    Quotient(numerator: Int128(Int64.min), denominator: 1 << 63),
  ]
  for _ in 0..<60 {
    let bits = Int.random(in: 1...63, using: &random)
    let top = Int64.random(in: .min ... .max, using: &random) >> bits
    let bottom = Int64.random(in: 1 ... .max, using: &random) >> Int.random(in: 0...62, using: &random)
    all.append(Quotient(numerator: Int128(top), denominator: max(1, Int128(bottom))))
    let wide = Int128.random(in: .min + 1 ... .max, using: &random) >> Int.random(in: 0...120, using: &random)
    all.append(Quotient(numerator: wide, denominator: 1_000_000_000_000))
  }
  return all
}()

@Suite struct QuotientTests {
  @Test func arithmeticEqualsTheBigNumberOracle() throws {
    for left in samples {
      for right in samples {
        let (a, b) = (Fraction(left), Fraction(right))
        let sum = Fraction(top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom)
        let difference = Fraction(top: a.top * b.bottom - b.top * a.bottom, bottom: a.bottom * b.bottom)
        let product = Fraction(top: a.top * b.top, bottom: a.bottom * b.bottom)
        let ratio = Fraction(top: a.top * b.bottom, bottom: a.bottom * b.top)
        check(try? left.adding(right), sum, "\(left) + \(right)")
        check(try? left.subtracting(right), difference, "\(left) - \(right)")
        check(try? left.multiplied(by: right), product, "\(left) × \(right)")
        if right.numerator == 0 {
          #expect(try left.divided(by: right) == nil)
        } else {
          check(try? left.divided(by: right), ratio, "\(left) ÷ \(right)")
        }
      }
    }
  }

  private func check(_ result: Quotient?, _ exact: Fraction, _ what: String) {
    let expected = exact.rounded(scale)
    #expect(result?.numerator == expected, Comment(rawValue: what))
    if let result { #expect(result.denominator == Quotient.combinedScale, Comment(rawValue: what)) }
  }

  @Test func comparisonEqualsTheBigNumberOracle() {
    for left in samples {
      for right in samples {
        let (a, b) = (Fraction(left), Fraction(right))
        #expect((left < right) == (a.top * b.bottom < b.top * a.bottom))
        #expect((left == right) == (a.top * b.bottom == b.top * a.bottom))
        if left == right { #expect(left.hashValue == right.hashValue) }
      }
    }
  }

  @Test func aValueOnTheThresholdIsNotAboveIt() throws {
    let tenth = try #require(Quotient(Amount(tenThousandths: 3), over: Amount(tenThousandths: 30)))
    #expect(!(tenth > Quotient(numerator: 10, denominator: 100)))
    #expect(Quotient(numerator: 24, denominator: 211) > Quotient(numerator: 10, denominator: 100))
    #expect(try #require(Quotient(Amount(tenThousandths: 1), over: Amount(tenThousandths: -3))) < .zero)
    #expect(Quotient(Amount(tenThousandths: 1), over: .zero) == nil)
  }

  @Test func wideDenominatorsAreRoundedFirst() throws {
    let third = Quotient(numerator: Int128(Int64.max) * 1_000_000, denominator: Int128(Int64.max) * 3_000_000)
    #expect(try third.adding(third) == Quotient(numerator: 666_666_666_667, denominator: 1_000_000_000_000))
    let odd = Quotient(numerator: (1 << 100) + 1, denominator: (1 << 101) - 1)
    #expect(try odd.multiplied(by: Quotient(2)) == Quotient(1))
  }
}

extension Fraction {
  fileprivate init(top: BigInt, bottom: BigInt) {
    self.top = top
    self.bottom = bottom
  }
}
