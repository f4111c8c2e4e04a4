import Finance
import Testing

@Suite struct QuotientTests {
  @Test func halvesAreEqualHoweverWritten() {
    #expect(Quotient(numerator: 1, denominator: 2) == Quotient(numerator: 2, denominator: 4))
  }
}
