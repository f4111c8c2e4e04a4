import Finance
import Testing

private let pounds = Currency(code: "GBP")!
private func money(_ tenThousandths: Int64) -> Quotient { Quotient(Amount(tenThousandths: tenThousandths)) }
private func parts(_ top: Int128, _ bottom: Int128) -> Quotient { Quotient(numerator: top, denominator: bottom) }

@Suite struct DisplayTests {
  @Test(
    arguments: [
      (0, "£0"), (1_060_000_000, "£106,000"), (-1_060_000_000, "-£106,000"), (24_000_000_000, "£2.4m"),
      (-24_000_000_000, "-£2.4m"), (50_000_000_000, "£5.0m"), (120_000_000_000_000, "£12.0bn"),
      (56_840_000_000_000, "£5.7bn"), (9_999_996_000, "£1.0m"), (9_999_994_000, "£999,999"),
      (9_999_500_000_000, "£1.0bn"), (9_999_400_000_000, "£999.9m"), (1_272_200, "£127.22"), (1_270_000, "£127"),
      (9_999_960, "£1,000"), (12_345_600, "£1,235"), (4_999, "£0.50"), (24_500_000_000, "£2.5m"),
      (-24_500_000_000, "-£2.5m"), (Int64.max, "£922,337.2bn"), (Int64.min, "-£922,337.2bn"), (1, "£0"), (-1, "£0"),
    ] as [(Int64, String)])
  func moneyByItsSize(tenThousandths: Int64, text: String) throws {
    #expect(ValueFormat().text(Amount(tenThousandths: tenThousandths), .money, in: pounds) == text)
  }

  @Test(
    arguments: [
      (["signed"], "+£9.9m"), (["words"], "£9.9m adverse"), (["over_under"], "£9.9m over"), (["m", "3dp"], "£9.900m"),
      (["k"], "£9,900k"), (["bn", "2dp"], "£0.01bn"), (["0dp"], "£10m"), (["signed", "m", "0dp"], "+£10m"),
      ([], "£9.9m"),
    ] as [([String], String)])
  func chainedFormats(names: [String], text: String) throws {
    let amount = try Amount(units: 9_900_000)
    #expect(try ValueFormat(names).text(amount, .money, in: pounds, adverseHigh: true) == text)
  }

  @Test func wordsFollowTheDirection() throws {
    let words = try ValueFormat(["words"])
    let deficit = try Amount(units: -2_400_000)
    #expect(words.text(deficit, .money, in: pounds, adverseHigh: false) == "£2.4m adverse")
    #expect(words.text(deficit, .money, in: pounds, adverseHigh: true) == "£2.4m favourable")
    #expect(try ValueFormat(["over_under"]).text(deficit, .money, in: pounds) == "£2.4m under")
    #expect(words.text(Amount.zero, .money, in: pounds, adverseHigh: true) == "£0")
    #expect(try ValueFormat(["signed"]).text(Amount.zero, .money, in: pounds) == "£0")
  }

  @Test(
    arguments: [
      (.ratio, parts(99, 1000), "9.9%"), (.ratio, parts(33, 152), "21.7%"), (.ratio, parts(-1, 8), "-12.5%"),
      (.ratio, parts(1, 800), "0.1%"), (.ratio, parts(5, 10_000), "0.1%"), (.ratio, .zero, "0.0%"),
      (.ratio, Quotient(12), "1,200.0%"), (.points, parts(14, 1000), "1.4pp"), (.points, parts(-29, 1000), "-2.9pp"),
      (.count, Quotient(1_707), "1,707"), (.count, Quotient(5_200_000), "5,200,000"),
      (.count, parts(51_234, 10), "5,123.4"),
      (.number, parts(3, 2), "1.5"), (.number, Quotient(2), "2"), (.number, parts(2, 3), "0.67"),
      (.unitPrice, parts(12_722, 100), "£127.22"), (.unitPrice, parts(135_600, 1000), "£135.60"),
      (.unitPrice, Quotient(2_320_000), "£2.3m"),
    ] as [(Quantity, Quotient, String)])
  func everyQuantity(quantity: Quantity, value: Quotient, text: String) {
    #expect(ValueFormat().text(value, quantity, in: pounds) == text)
  }

  /// In one test and not parameterised: an asynchronous call with several 128-bit arguments crashes (Swift 6.3.1).
  @Test func digitsAreAddedUntilTheSideIsRight() {
    let cases: [(Quantity, value: Quotient, threshold: Quotient, text: String)] = [
      (.ratio, parts(1_996, 100_000), parts(2, 100), "1.996%"),
      (.ratio, parts(2_001, 100_000), parts(2, 100), "2.001%"),
      (.ratio, parts(196, 10_000), parts(2, 100), "1.96%"), (.ratio, parts(2, 100), parts(2, 100), "2.0%"),
      (.ratio, parts(25, 10_000), parts(25, 10_000), "0.25%"),
      (.ratio, parts(24, 211), parts(10, 100), "11.4%"), (.ratio, parts(10_001, 100_000), parts(1, 10), "10.001%"),
      (.money, money(-50_000_100_000), Quotient(-5_000_000), "-£5.00001m"),
      (.money, money(2_500_000_001), Quotient(250_000), "£250,000.0001"), (.ratio, parts(1, 3), parts(1, 3), "33.3%"),
      (.points, parts(20_004, 1_000_000), parts(2, 100), "2.0004pp"),
    ]
    for (quantity, value, threshold, text) in cases {
      #expect(ValueFormat().text(value, quantity, in: pounds, beside: [threshold]) == text)
    }
  }

  @Test(arguments: [("GBP", "£5.0m"), ("USD", "$5.0m"), ("EUR", "€5.0m"), ("UAH", "₴5.0m"), ("PLN", "PLN 5.0m")])
  func currencies(code: String, text: String) throws {
    let currency = try #require(Currency(code: code))
    #expect(ValueFormat().text(try Amount(units: 5_000_000), .money, in: currency) == text)
  }

  @Test func minusStandsBeforeACode() throws {
    let currency = try #require(Currency(code: "PLN"))
    #expect(ValueFormat().text(try Amount(units: -5_000_000), .money, in: currency) == "-PLN 5.0m")
    #expect(Currency(code: "gbp") == nil)
  }

  @Test func chainsThatAreNone() {
    #expect(throws: ValueFormat.Problem.unknown("7dp")) { try ValueFormat(["7dp"]) }
    #expect(throws: ValueFormat.Problem.contradicts("bn", earlier: "m")) { try ValueFormat(["m", "bn"]) }
    #expect(throws: ValueFormat.Problem.contradicts("3dp", earlier: "2dp")) { try ValueFormat(["2dp", "3dp"]) }
    #expect(throws: ValueFormat.Problem.contradicts("words", earlier: "signed")) {
      try ValueFormat(["signed", "words"])
    }
  }

  @Test func everyNamedFormatIsOne() throws {
    for name in ValueFormat.names { _ = try ValueFormat([name]) }
  }

  @Test func valuesTooLargeToShowWithDecimalsAreNotShownAsZero() {
    #expect(ValueFormat().text(parts(.max, 1), .ratio, in: pounds) != "0.0%")
  }

  @Test func roundedGoesAwayFromZero() throws {
    #expect(try parts(25, 10).rounded(decimals: 0) == Quotient(3))
    #expect(try parts(-25, 10).rounded(decimals: 0) == Quotient(-3))
    #expect(try parts(4_106_060_606, 100_000_000_000).rounded(decimals: 5) == parts(4_106, 100_000))
    #expect(try Amount(tenThousandths: 12_350).rounded(decimals: 2) == Amount(tenThousandths: 12_400))
  }
}
