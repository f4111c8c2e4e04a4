/// Rule files that could be written, from a seed: every construct, with comments and line breaks wherever they may
/// stand. What they mean is not looked at.
struct RandomRules: RandomNumberGenerator {
  private var state: UInt64
  private var lines = ""

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private mutating func pick(_ choices: [String]) -> String { choices[Int.random(in: choices.indices, using: &self)] }
  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  private mutating func some(_ range: ClosedRange<Int>, _ make: (inout Self) -> String) -> [String] {
    (0..<Int.random(in: range, using: &self)).map { _ in make(&self) }
  }

  // MARK: Files

  mutating func file() -> String {
    var text = chance(30) ? "\u{FEFF}" : ""
    for _ in 0..<Int.random(in: 1...8, using: &self) {
      text += chance(40) ? remarks("") : ""
      text += declaration()
    }
    text += chance(30) ? remarks("") : ""
    return chance(20) ? text.replacing("\n", with: "\r\n") : text
  }

  private mutating func declaration() -> String {
    switch Int.random(in: 0..<8, using: &self) {
    case 0: "currency GBP" + end()
    case 1: "year starts in " + pick(["April", "January"]) + end()
    case 2: "dimension \(name())" + (chance(50) ? " " + text() : "") + end()
    case 3: measure()
    case 4: "let \(name()) =" + space(1) + expression(3) + end()
    case 5: table()
    case 6: rule()
    default: test()
    }
  }

  private mutating func measure() -> String {
    var text = "measure \(name())" + space(1) + pick(["money", "count", "ratio", "unit price"])
    if chance(70) { text += space(1) + pick(["in period", "year to date", "full year", "at period end"]) }
    if chance(30) { text += space(1) + "reference" }
    if chance(30) { text += space(1) + "adverse high" }
    if chance(20) { text += " every quarter" }
    if chance(30) { text += " by " + some(1...3) { $0.name() }.joined(separator: ",") }
    if chance(60) { text += space(1) + self.text() }
    return text + end()
  }

  private mutating func table() -> String {
    let heading = "table \(name()) by kind"
    if chance(20) { return heading + " from \"limits.csv\"" + end() }
    let indent = pick(["  ", " ", "     "])
    var text = heading + end()
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      text += chance(20) ? remarks(indent) : ""
      text += indent + pick([self.text(), "organisation " + self.text(), "otherwise"])
      text += chance(70) ? " amber " + cell() : ""
      text += " red " + cell() + end()
    }
    return text
  }

  private mutating func rule() -> String {
    let indent = pick(["  ", "    ", " "])
    var text = "rule \(name())" + (chance(20) ? " formerly \(name())" : "") + " " + self.text() + end()
    for _ in 0..<Int.random(in: 0...9, using: &self) {
      text += chance(25) ? remarks(indent) : ""
      text += indent + clause() + end()
    }
    return text
  }

  private mutating func test() -> String {
    let indent = pick(["  ", "   "])
    var text = "test \(name()) " + self.text() + end()
    text += indent + "given " + grid(indent)
    for _ in 0..<Int.random(in: 0...4, using: &self) {
      text += chance(20) ? remarks(indent) : ""
      if chance(30) {
        text += indent + "drop 2014-02-10 " + grid(indent)
      } else {
        text += indent + "expect " + pick(["overall", self.text(), "\(self.text()) and \(self.text())"])
        text += " at 2013-14 M\(Int.random(in: 0...13, using: &self))" + (chance(20) ? " as of 2014-02-10" : "")
        text += " " + pick(["quiet", "pending red", "amber", "unknown", "closed"])
        text += (chance(50) ? " \"9.9%\"" : "") + end()
      }
    }
    return text
  }

  private mutating func grid(_ indent: String) -> String {
    var text = "organisation |measure| 2013-14 M6 |2013-14 M7" + end()
    for _ in 0..<Int.random(in: 0...3, using: &self) {
      text += chance(20) ? remarks(indent) : ""
      text += indent + "   " + self.text() + "|" + pick(["plan", "forecast", " "]) + "| " + cell() + " |"
      text += (chance(60) ? cell() : "") + end()
    }
    return text
  }

  // MARK: Clauses

  private mutating func clause() -> String {
    switch Int.random(in: 0..<16, using: &self) {
    case 0:
      "for each " + some(1...2) { $0.name() }.joined(separator: " and ") + (chance(50) ? " where " + condition(2) : "")
    case 1: "overall"
    case 2: pick(["effective in 2013-14", "effective from 2013-14 M4", "effective from 2012-13 to 2013-14 M2"])
    case 3: "let \(name()) = " + expression(3)
    case 4: "only when" + space(1) + condition(3)
    case 5: "watch" + space(1) + expression(3)
    case 6, 7: pick(["info", "amber", "red"]) + " " + band()
    case 8: "coverage at least 95%"
    case 9: "persists for " + pick(["1 period", "2 periods", "3   periods"])
    case 10: "clears " + band() + (chance(50) ? space(1) + "for 2 periods" : "")
    case 11: "if unknown " + pick(["hold", "hold for 1 period", "raise red", "clear"])
    case 12:
      "suppress when " + condition(2) + (chance(50) ? space(1) + pick(["until 2014-03-31", "until 2013-14"]) : "")
        + space(1) + "because " + text()
    case 13: pick(["message ", "detail "]) + message()
    case 14: pick(["runbook ", "owner "]) + text()
    default: "label \(name()) = " + text()
    }
  }

  private mutating func band() -> String {
    switch Int.random(in: 0..<3, using: &self) {
    case 0: pick(["above", "below", "at least", "at most"]) + space(1) + sum(2)
    case 1: "outside " + sum(1) + space(1) + "to " + sum(1)
    default: "when " + condition(2)
    }
  }

  private mutating func message() -> String {
    let parts = some(0...4) { random in
      random.chance(50)
        ? random.pick(["is over", "{{x}}", "£1.5m # no comment", " "])
        : "{" + random.pick(["", " "]) + random.sum(1).replacing(/#[^\n]*\n/, with: "\n").replacing("\n", with: " ")
          + random.pick(["", "|m", " | 3dp|signed "]) + "}"
    }
    return "\"" + parts.joined() + "\""
  }

  // MARK: Expressions

  private mutating func expression(_ depth: Int) -> String { chance(25) ? condition(depth) : sum(depth) }

  private mutating func condition(_ depth: Int) -> String {
    guard depth > 0 else { return comparison(0) }
    switch Int.random(in: 0..<6, using: &self) {
    case 0: return some(2...4) { $0.condition(depth - 1, inner: true) }.joined(separator: space(1) + "and" + space(1))
    case 1: return some(2...3) { $0.condition(depth - 1, inner: true) }.joined(separator: space(1) + "or" + space(1))
    case 2: return "not" + space(1) + condition(depth - 1, inner: true)
    default: return comparison(depth)
    }
  }

  private mutating func condition(_ depth: Int, inner: Bool) -> String {
    chance(40) ? "(" + space(0) + condition(depth) + space(0) + ")" : comparison(depth)
  }

  private mutating func comparison(_ depth: Int) -> String {
    switch Int.random(in: 0..<7, using: &self) {
    case 0: sum(depth) + " between " + sum(0) + " and " + sum(0)
    case 1: name() + pick([" in ", " not in "]) + "(" + some(1...9) { $0.text() }.joined(separator: ",") + ")"
    case 2: name() + pick([" is ", " is not "]) + text()
    default: sum(depth) + space(0) + pick(["<", "<=", ">", ">=", "=", "!="]) + space(0) + sum(depth)
    }
  }

  private mutating func sum(_ depth: Int) -> String {
    guard depth > 0, chance(50) else { return product(depth) }
    return some(2...4) { $0.product(depth - 1) }.joined(separator: chance(50) ? space(1) + "- " : "+")
  }

  private mutating func product(_ depth: Int) -> String {
    guard depth > 0, chance(40) else { return value(depth) }
    return some(2...3) { $0.value(depth - 1) }.joined(separator: pick([" * ", "/", "*"]))
  }

  private mutating func value(_ depth: Int) -> String {
    guard depth > 0 else { return literal() }
    switch Int.random(in: 0..<10, using: &self) {
    case 0: return "(" + space(0) + sum(depth - 1) + ")"
    case 1: return pick(["-", "- "]) + name()
    case 2: return name() + "[" + comparison(0) + "]"
    case 3:
      return pick(["previous", "greater", "abs", "run_rate"]) + pick(["(", "( ", " ("]) + sum(depth - 1) + ","
        + space(0) + pick(["2", "3 periods", "from 2013-14 M4", name()]) + ")"
    case 4, 5: return aggregate(depth)
    case 6: return name() + ".matching"
    default: return chance(50) ? name() : literal()
    }
  }

  private mutating func aggregate(_ depth: Int) -> String {
    let population =
      pick(["organisation", "children", "peers", name()]) + pick(["", "", " anywhere", " in same region"])
      + (chance(50) ? space(1) + "where " + condition(depth - 1) : "")
    if chance(20) { return "count(\(pick(["children", "peers"])) where \(comparison(0)))" }
    if chance(20) {
      return "names(" + comparison(depth - 1) + " over \(population)" + (chance(50) ? " by " + sum(0) : "")
        + (chance(50) ? " first 3" : "") + ")"
    }
    return pick(["sum", "mean", "share", "count", "highest"]) + "(" + comparison(depth - 1) + space(1)
      + "over \(population))"
  }

  private mutating func literal() -> String {
    pick([
      "£1.5m", "£250k", "£106,000", "£12bn", "UAH  5m", "2%", "1.4pp", "12", "0.75", "plan", "forecast", "to",
      "over_all",
      "2014-03-31", "2013-14 M8", "£0", "£1,234.5", "12.50%", "true",
    ])
  }

  private mutating func cell() -> String {
    pick(["£1.5m", "-£250k", "- £1", "2%", "-1.4pp", "1,200", "2014-03-31", "2013-14 M8", "true", "12.50%"])
  }

  /// Some are words that mean something elsewhere.
  private mutating func name() -> String {
    pick([
      "plan", "forecast", "spend_to_date", "organisation", "category", "over", "least", "first", "amber", "to", "from",
      "a_name_that_is_rather_long_for_a_name", "x", "periods", "until",
    ])
  }

  private mutating func text() -> String {
    pick(["\"PCT\"", "\"Area team\"", "\"\"", "\"with {{braces}} and # no comment\"", "\"£ | / \\ ’\"", "\"日本\""])
  }

  // MARK: What stands between

  /// At least so many spaces; sometimes a line break, sometimes behind a comment.
  private mutating func space(_ least: Int) -> String {
    switch Int.random(in: 0..<20, using: &self) {
    case 0: "\n        "
    case 1: " # a remark\n          "
    case 2: "\n  # a remark of its own\n\n            "
    case 3: "   "
    default: least == 0 ? "" : " "
    }
  }

  private mutating func end() -> String { pick(["\n", "\n", "\n", " # why\n", "   \n", "\n\n\n", "#why so\n"]) }

  private mutating func remarks(_ indent: String) -> String {
    some(1...3) { $0.pick([indent, "", "    "]) + $0.pick(["# it is so\n", "\n", "#\n", "## more\n"]) }.joined()
  }
}
