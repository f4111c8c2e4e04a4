import BigInt
import Finance
import TestKit
import Testing

private let samples: [Amount] = {
  var random = SeededGenerator(seed: 43)
  let fixed: [Int64] = [0, 1, -1, 49, 50, 51, -50, 10_000, -10_000, 5_000, -5_000, .max, .min, .max - 1, .min + 1]
  let drawn = (0..<60).map { _ in
    Int64.random(in: .min ... .max, using: &random) >> Int.random(in: 0...62, using: &random)
  }
  return (fixed + drawn).map(Amount.init(tenThousandths:))
}()

private let factors: [Quotient] = [
  .zero, Quotient(1), Quotient(-1), Quotient(numerator: 1, denominator: 2), Quotient(numerator: -1, denominator: 2),
  Quotient(numerator: 1, denominator: 3), Quotient(numerator: 12, denominator: 7), Quotient(Int64.max),
  Quotient(numerator: 1, denominator: 1 << 63), Quotient(numerator: Int128.max, denominator: 1_000_000_000_000),
  Quotient(numerator: 41_060_606_060, denominator: 1_000_000_000_000),
  Quotient(numerator: 3 << 90, denominator: 2 << 90),
]

@Suite struct AmountTests {
  @Test func addingAndSubtractingEqualTheBigNumberOracle() {
    for left in samples {
      for right in samples {
        let (a, b) = (BigInt(left.tenThousandths), BigInt(right.tenThousandths))
        #expect((try? left.adding(right))?.tenThousandths == Int64(exactly: a + b))
        #expect((try? left.subtracting(right))?.tenThousandths == Int64(exactly: a - b))
        #expect((try? left.multiplied(by: right.tenThousandths))?.tenThousandths == Int64(exactly: a * b))
      }
      #expect((try? left.negated())?.tenThousandths == Int64(exactly: -BigInt(left.tenThousandths)))
    }
  }

  @Test func multiplyingByAQuotientEqualsTheBigNumberOracle() {
    for amount in samples {
      for factor in factors {
        let top = BigInt(amount.tenThousandths) * BigInt(decimal: factor.numerator)
        let (whole, rest) = top.magnitude.quotientAndRemainder(dividingBy: BigUInt(factor.denominator))
        let twice = rest * 2
        let bottom = BigUInt(factor.denominator)
        let up = twice > bottom || (twice == bottom && whole % 2 == 1)
        let magnitude = BigInt(whole + (up ? 1 : 0))
        let expected = Int64(exactly: top < 0 ? -magnitude : magnitude)
        #expect((try? amount.multiplied(by: factor))?.tenThousandths == expected, "\(amount) × \(factor)")
      }
    }
  }

  @Test func halvesGoToTheEvenNeighbour() throws {
    let half = Quotient(numerator: 1, denominator: 2)
    #expect(try Amount(tenThousandths: 1).multiplied(by: half).tenThousandths == 0)
    #expect(try Amount(tenThousandths: 3).multiplied(by: half).tenThousandths == 2)
    #expect(try Amount(tenThousandths: -3).multiplied(by: half).tenThousandths == -2)
    #expect(try Amount(tenThousandths: 5).multiplied(by: half).tenThousandths == 2)
  }

  @Test func divisionByZeroIsUndefinedAndNoError() throws {
    #expect(try Amount(units: 5).divided(by: .zero) == nil)
    #expect(try Amount(units: 5).divided(by: Quotient(-2)) == Amount(tenThousandths: -25_000))
  }

  @Test func whatDoesNotFitThrows() {
    #expect(throws: OutOfRange.self) { try Amount(tenThousandths: .max).adding(Amount(tenThousandths: 1)) }
    #expect(throws: OutOfRange.self) { try Amount(tenThousandths: .min).negated() }
    #expect(throws: OutOfRange.self) { try Amount(units: .max) }
    #expect(throws: OutOfRange.self) { try Amount(rounding: Quotient(Int64.max)) }
  }
}
