import BigInt
import Finance
import TestKit
import Testing

private func unit(_ name: String) throws -> AmountUnit { try #require(AmountUnit(name)) }

@Suite struct AmountReaderTests {
  @Test(
    arguments: [
      ("0", 0), ("1", 10_000), ("-1", -10_000), ("0.00", 0), ("-0", 0), ("12345.67", 123_456_700),
      ("938498622.0", 9_384_986_220_000), ("-49212414", -492_124_140_000), ("0.0001", 1), ("-0.0001", -1),
      ("0.00010000", 1), (".5", 5_000), ("5.", 50_000), ("+5", 50_000), ("007", 70_000),
      ("922337203685477.5807", Int64.max), ("-922337203685477.5808", Int64.min),
      // Separators
      ("77,041", 770_410_000), ("-1,100,000.00", -11_000_000_000), ("9,038,600.00", 90_386_000_000),
      ("1,288,402", 12_884_020_000),
      // Signs
      ("5-", -50_000), ("\u{2212}5", -50_000), ("\u{2013}5", -50_000), ("(5)", -50_000), ("( 5.50 )", -55_000),
      ("5 CR", -50_000), ("5CR", -50_000), ("5 cr", -50_000), ("5 DR", 50_000), ("(1,234.50)", -12_345_000),
      // Currencies and padding
      ("£59,556.73", 595_567_300), (" £38,148.43 ", 381_484_300), ("-£5", -50_000), ("£-5", -50_000), ("£(5)", -50_000),
      ("(£5)", -50_000), ("5 €", 50_000), ("₴5", 50_000), ("UAH 5", 50_000), ("5 GBP", 50_000), ("$1,000", 10_000_000),
      ("\u{A0}£\u{A0}5\u{202F}", 50_000), ("\t7\t", 70_000),
      // The noise of binary arithmetic
      ("52267847.72000001", 522_678_477_200), ("0.30000000000000004", 3_000), ("-0.7999999999999999", -8_000),
      ("100.10000000000001", 1_001_000), ("3.3000000000000003", 33_000),
    ] as [(String, Int64)])
  func readsWhatFinanceSystemsWrite(text: String, tenThousandths: Int64) throws {
    #expect(try AmountReader().read(Array(text.utf8).span).tenThousandths == tenThousandths)
  }

  @Test(
    arguments: [
      ("", .empty), ("   ", .empty), ("\u{A0}", .empty), ("########", .hashes), (" ### ", .hashes),
      ("31/03/2014", .looksLikeADate), ("3/31/2014", .looksLikeADate), ("2014-03-31", .looksLikeADate),
      ("2014-03-31 00:00:00", .looksLikeADate), ("31-Mar-14", .looksLikeADate), ("Jun-20", .looksLikeADate),
      ("31.03.2014", .looksLikeADate), ("31 March 2014", .looksLikeADate), ("04-DEC-2020 ", .looksLikeADate),
      ("N/A", .notANumber), ("-", .notANumber), ("…", .notANumber), (".", .notANumber), ("()", .notANumber),
      ("(5", .notANumber), ("5)", .notANumber), ("1.2.3.4.5", .notANumber), ("12-34", .notANumber),
      ("0x10", .notANumber),
      ("nan", .notANumber), ("inf", .notANumber), ("1_000", .notANumber), ("5 m", .notANumber),
      ("IN283971", .notANumber),
      ("٣", .notANumber), ("5 5", .notANumber), ("£", .notANumber), ("£5£", .notANumber), ("1/2", .notANumber),
      ("1,00", .misplacedSeparator), ("1,0000", .misplacedSeparator), ("1234,567", .misplacedSeparator),
      (",123", .misplacedSeparator), ("1,,234", .misplacedSeparator), ("1.234,567", .misplacedSeparator),
      ("1,234,", .misplacedSeparator), ("1,23.45", .misplacedSeparator), ("1,234,56", .misplacedSeparator),
      ("0.00001", .tooManyDecimals), ("1.23456", .tooManyDecimals), ("33.333333333333336", .tooManyDecimals),
      ("123456789012.34567", .tooManyDecimals), ("0.1234567890123456789012345678901234567890", .tooManyDecimals),
      ("922337203685477.5808", .outOfRange), ("-922337203685477.5809", .outOfRange),
      ("99999999999999999999", .outOfRange), (String(repeating: "9", count: 60), .outOfRange),
      ("1e5", .exponent), ("1.02E+07", .exponent), ("-1.5e-3", .exponent),
      ("-5-", .twoSigns), ("-(5)", .twoSigns), ("(5) CR", .twoSigns), ("--5", .twoSigns), ("+-5", .twoSigns),
      ("9.9%", .percentage), (String(repeating: "1", count: 200), .notANumber),
    ] as [(String, ReadingProblem.Kind)])
  func refusesWhatIsNotPlainlyOneAmount(text: String, kind: ReadingProblem.Kind) {
    let problem = #expect(throws: ReadingProblem.self) { try AmountReader().read(Array(text.utf8).span) }
    #expect(problem?.kind == kind)
  }

  /// The careful reading of a figure in pounds is the oracle of the quick one of the same figure without.
  @Test func separatedFiguresEqualTheirCarefulReading() throws {
    var random = SeededGenerator(seed: 23)
    for _ in 0..<20_000 {
      let length = Int.random(in: 1...20, using: &random)
      let text = String((0..<length).map { _ in "0123456789012345678,,,.-".randomElement(using: &random) ?? "0" })
      let quick = try? AmountReader().read(Array(text.utf8).span)
      let careful = try? AmountReader().read(Array("£\(text)".utf8).span)
      #expect(quick == careful, "\(text)")
    }
  }

  @Test(
    arguments: [
      ("£000", "1,234.5", 12_345_000_000), ("£000", "0.0000001", 1), ("£k", "2", 20_000_000),
      ("£m", "-4.006", -40_060_000_000), ("£m", "0.0000000001", 1), ("£bn", "12", 120_000_000_000_000),
      ("pence", "967", 96_700), ("pence", "0.01", 1), ("p", "5", 500), ("%", "9.9%", 990), ("%", "9.9", 990),
      ("UAH m", "5.684", 56_840_000_000), ("thousand", "3", 30_000_000), ("1", "3", 30_000),
    ] as [(String, String, Int64)])
  func appliesTheUnit(name: String, text: String, tenThousandths: Int64) throws {
    let reader = AmountReader(unit: try unit(name))
    #expect(try reader.read(Array(text.utf8).span).tenThousandths == tenThousandths)
  }

  @Test func aUnitWithACurrencyRefusesAnother() throws {
    let reader = AmountReader(unit: try unit("£000"))
    let problem = #expect(throws: ReadingProblem.self) { try reader.read(Array("$5".utf8).span) }
    #expect(problem?.kind == .otherCurrency)
    #expect(try AmountReader(unit: try unit("PLN")).read(Array("PLN 5".utf8).span) == Amount(units: 5))
    #expect(throws: ReadingProblem.self) { try AmountReader().read(Array("PLN 5".utf8).span) }
  }

  @Test(arguments: ["£0000", "dozen", "£ £", "EURO", "-"])
  func whatIsNoUnit(name: String) { #expect(AmountUnit(name) == nil) }

  @Test func everyExampleOfAUnitIsOne() {
    for example in AmountUnit.examples { #expect(AmountUnit(example) != nil, "\(example)") }
  }

  @Test(
    arguments: [
      ("1.234,50", 12_345_000), ("1 234,50", 12_345_000), ("1\u{A0}234\u{A0}567,8", 12_345_678_000), ("0,5", 5_000),
      ("-12,25", -122_500), ("1'000", 10_000_000), ("5.684.000", 56_840_000_000),
    ] as [(String, Int64)])
  func readsADecimalComma(text: String, tenThousandths: Int64) throws {
    let reader = AmountReader(decimalMark: .comma)
    #expect(try reader.read(Array(text.utf8).span).tenThousandths == tenThousandths)
  }

  @Test func roundsWhereTheColumnIsDeclaredSo() throws {
    let reader = AmountReader(rounds: true)
    #expect(try reader.read(Array("33.333333333333336".utf8).span).tenThousandths == 333_333)
    #expect(try reader.read(Array("0.00005".utf8).span).tenThousandths == 0)
    #expect(try reader.read(Array("0.00015".utf8).span).tenThousandths == 2)
    #expect(try reader.read(Array("-0.00025".utf8).span).tenThousandths == -2)
  }

  @Test func problemsSayWhatWasFoundAndWhatWasExpected() throws {
    let reader = AmountReader(unit: try unit("£000"))
    let problem = #expect(throws: ReadingProblem.self) { try reader.read(Array("########".utf8).span) }
    #expect(
      problem?.description
        == "“########” is what a spreadsheet shows when a column is too narrow; the figure itself was not saved; "
        + "expected an amount in £000 such as 1,234.50 or -1,234.50, with at most 7 decimals")
    let long = #expect(throws: ReadingProblem.self) {
      try reader.read(Array(String(repeating: "x", count: 100_000).utf8).span)
    }
    #expect(try #require(long).found.count == 61)
  }

  @Test func everyPlainFigureEqualsTheBigNumberOracle() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<20_000 {
      let whole = UInt64.random(in: 0 ... .max, using: &random) >> Int.random(in: 0...63, using: &random)
      let decimals = Int.random(in: 0...6, using: &random)
      let part = (0..<decimals).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
      let sign = Bool.random(using: &random) ? "-" : ""
      let text = sign + whole.description + (decimals > 0 ? "." + part : "")
      let millionths = BigInt(whole.description + part.padding(to: 6)) ?? 0
      let exact = millionths % 100 == 0 ? Int64(exactly: sign.isEmpty ? millionths / 100 : -millionths / 100) : nil
      let read = try? AmountReader().read(Array(text.utf8).span).tenThousandths
      let chunk = Array("9,1.2,-3,456.78,\"9\",".utf8) + Array(text.utf8) + Array(",9.9".utf8)
      let inChunk = try? AmountReader().read(in: chunk.span, from: 20, to: chunk.count - 4).tenThousandths
      #expect(read == inChunk, "\(text)")
      // Sixteen digits and more may be noise, and are told apart above.
      if exact != nil || text.count(where: \.isNumber) < 16 { #expect(read == exact, "\(text)") }
    }
  }
}

extension String {
  fileprivate func padding(to length: Int) -> String { self + String(repeating: "0", count: length - count) }
}

@Suite struct RatioReaderTests {
  @Test(
    arguments: [
      (.fraction, "0.099", 99_000_000), (.fraction, "9.9%", 99_000_000), (.percent, "9.9", 99_000_000),
      (.percent, "9.9%", 99_000_000), (.fraction, "-0.5", -500_000_000), (.fraction, "(5%)", -50_000_000),
      (.percent, "9.07312741498068", 90_731_274), (.fraction, "0", 0), (.fraction, "1", 1_000_000_000),
      (.fraction, "0.0000000005", 0), (.fraction, "0.0000000015", 2),
    ] as [(RatioReader.Unit, String, Int64)])
  func readsBillionths(unit: RatioReader.Unit, text: String, billionths: Int64) throws {
    #expect(try RatioReader(unit: unit).read(Array(text.utf8).span) == billionths)
  }

  @Test(arguments: ["", "£5", "n/a", "########", "1e-3", "5%%", "99999999999"])
  func refusesWhatIsNoPercentage(text: String) {
    #expect(throws: ReadingProblem.self) { try RatioReader(unit: .fraction).read(Array(text.utf8).span) }
  }
}
