import Diagnostics
import RuleLanguage
import RuleLibrary
import Testing

/// The table of what goes with what, cell by cell: two measures of each pair of types under each operator.
@Suite struct OperatorTableTests {
  static let types = ["money", "count", "ratio", "points", "number", "unit price"]

  /// An expression of each type that is not a literal and has no basis of its own.
  static let operands: [String: String] = [
    "money": "m", "count": "c", "ratio": "r", "points": "p", "number": "n", "unit price": "u",
  ]

  static let declarations = """
    currency GBP
    year starts in April
    measure m money in period
    measure c count in period
    measure r ratio
    measure n number
    measure u unit price
    let p = r - last_year(r)

    """

  /// What the table says; nil is an error.
  static func expected(_ left: String, _ sign: String, _ right: String) -> String? {
    switch (left, sign, right) {
    case ("ratio", "-", "ratio"): return "points"
    case (_, "+", _) where left == right, (_, "-", _) where left == right: return left
    case ("ratio", "+", "points"), ("ratio", "-", "points"), ("points", "+", "ratio"): return "ratio"
    case (_, "+", _), (_, "-", _): return nil
    case ("unit price", "*", "count"), ("count", "*", "unit price"): return "money"
    case ("number", "*", "ratio"), ("ratio", "*", "number"): return "ratio"
    case (_, "*", "number"), (_, "*", "ratio"): return left
    case ("number", "*", _), ("ratio", "*", _): return right
    case (_, "*", _): return nil
    case ("ratio", "/", "ratio"): return "ratio"
    case (_, "/", "number"), (_, "/", "ratio"): return left
    case ("money", "/", "count"): return "unit price"
    case (_, "/", _) where left == right: return "ratio"
    case (_, "/", _): return nil
    case (_, ">", _), (_, "=", _): return left == right ? "bool" : nil
    default: return nil
    }
  }

  static let cells = types.flatMap { left in
    ["+", "-", "*", "/", ">", "="].flatMap { sign in types.map { (left, sign, $0) } }
  }

  /// The type of an expression, or nil where it is refused.
  static func type(of expression: String, declarations: String = declarations) -> (type: String?, found: [Diagnostic]) {
    let condition = "\nrule one \"One\"\n  for each organisation\n  red when reported(m)\n  message \"x\"\n"
    let text = declarations + "let it = \(expression)\n" + condition
    let asTruth = load(text.replacing("red when reported(m)", with: "red when reported(m) and it"))
    if asTruth.program != nil { return ("bool", []) }
    let watched = load(text.replacing("red when reported(m)", with: "watch it\n  red when reported(m)"))
    guard let program = watched.program, let watch = program.rules[0].watch else {
      return (nil, watched.diagnostics)
    }
    return (program[watch].type.rawValue, [])
  }

  @Test(arguments: cells)
  func cell(_ left: String, _ sign: String, _ right: String) throws {
    let a = try #require(Self.operands[left])
    let b = try #require(Self.operands[right])
    let result = Self.type(of: "\(a) \(sign) \(b)")
    #expect(result.type == Self.expected(left, sign, right), "\(result.found.map(\.message))")
  }

  /// Cells where one side is written out.
  @Test(
    arguments: [
      ("1 + r", "ratio"), ("r - 1", "ratio"), ("r - 5%", "ratio"), ("95% - r", "ratio"), ("r + 5%", "ratio"),
      ("r + 2pp", "ratio"), ("p - 2pp", "points"), ("m * 2", "money"), ("m * 5%", "money"), ("m / 3", "money"),
      ("-m", "money"), ("m - £5", "money"), ("c > 5", "bool"), ("5 < c", "bool"), ("n > 5", "bool"), ("r > 5%", "bool"),
      ("p > 2pp", "bool"), ("m > £5m", "bool"), ("c + 5", nil), ("m + 5", nil), ("m > 5", nil), ("r > 0.2", nil),
      ("p > 2%", nil), ("r > 2pp", nil), ("u > £3", "bool"), ("u > 3", nil), ("u > m", nil),
      ("u - £3", "unit price"), ("u / £3", "ratio"), ("£3 * c", "money"), ("£3 * c - m", "money"), ("£3 / u", nil),
      ("u between £1 and £2 * 1.5", "bool"), ("u > -£1 + £3", "bool"), ("greater(u, £3)", "unit price"),
      ("r = true", nil), ("m between £1 and £2", "bool"),
      ("r between 1% and 2%", "bool"), ("kind in (\"CCG\", \"PCT\")", "bool"), ("m in (£1, £1,000)", nil),
      ("not (m > £5) or c > 1,000", "bool"), ("growth(m) - growth(c)", "points"), ("u * c - m", "money"),
    ] as [(String, String?)])
  func literals(_ expression: String, _ type: String?) {
    let result = Self.type(of: expression)
    #expect(result.type == type, "\(result.found.map(\.message))")
  }

  // MARK: Bases

  static let bases: [Basis?] = Basis.allCases + [nil]

  static func bare(_ basis: Basis?) -> String { basis.map { " " + $0.rawValue } ?? "" }

  static let basisCells = bases.flatMap { left in
    ["+", "-", ">", "/"].flatMap { sign in bases.map { (left, sign, $0) } }
  }

  @Test(arguments: basisCells)
  func basis(_ left: Basis?, _ sign: String, _ right: Basis?) {
    // Numbers may have any basis, or none.
    let declarations = """
      currency GBP
      year starts in April
      measure m money in period
      measure a unit price\(Self.bare(left))
      measure b unit price\(Self.bare(right))

      """
    let result = Self.type(of: "a \(sign) b", declarations: declarations)
    let isAlike = left == right || left == nil || right == nil
    let isDivisible = right == .atPeriodEnd || (left == .yearToDate && right == .fullYear)
    #expect((result.type != nil) == (isAlike || (sign == "/" && isDivisible)), "\(result.found.map(\.message))")
  }

  @Test(
    arguments: [
      ("m", "in period"), ("ytd(m)", "year to date"), ("run_rate(ytd(m))", "full year"), ("m * 5%", "in period"),
      ("u * c", "in period"), ("m + £5", "in period"), ("m / c", nil), ("ytd(m) / straight_line(ytd(m))", nil),
      ("even_profile(run_rate(ytd(m)))", "year to date"), ("in_month(ytd(m))", "in period"),
      ("sum(m over children)", "in period"), ("previous(m)", "in period"), ("last_year(ytd(m))", "year to date"),
    ] as [(String, String?)])
  func basisOfTheResult(_ expression: String, _ basis: String?) throws {
    let text =
      Self.declarations + "rule one \"One\"\n  for each organisation\n  watch \(expression)\n"
      + "  red when reported(m)\n  message \"x\"\n"
    let program = try #require(load(text).program, "\(rendered(text))")
    let watch = try #require(program.rules[0].watch)
    #expect(program[watch].basis?.rawValue == basis)
  }

  /// Direction: kept by + and by × ÷ of a positive, turned by minus.
  @Test(
    arguments: [
      ("h", Adverse.high), ("-h", .low), ("h - n", .high), ("n - h", .low), ("h - l", .high), ("h + l", nil),
      ("l - h", .low),
      ("h * 2", .high), ("h * -2", .low), ("h / n", .high), ("n / h", nil), ("1 - h / n", .low), ("abs(h)", nil),
      ("change(h)", .high), ("sum(-h over children)", .low), ("-(-h)", .high), ("h * 5%", .high), ("-5% * h", .low),
      ("growth(l)", .low), ("h - last_year(h)", nil),
    ] as [(String, Adverse?)])
  func direction(_ expression: String, _ adverse: Adverse?) throws {
    let text = """
      currency GBP
      year starts in April
      measure h money in period adverse high
      measure l money in period adverse low
      measure n money in period
      rule one "One"
        for each organisation
        watch \(expression)
        red when reported(h)
        message "x"

      """
    let program = try #require(load(text).program, "\(rendered(text))")
    let watch = try #require(program.rules[0].watch)
    #expect(program[watch].adverse == adverse)
  }
}
