import Finance
import Hashing

/// The versions of rules: each is over the rule as it is printed and all that it mentions, so that neither a comment nor
/// another rule changes it.
///
/// Thousands of rules mention the same lets: what is mentioned is printed once, and known by its number.
struct RuleVersions {
  /// What a rule may mention: its declaration as it is printed, and what it mentions itself.
  private struct Mentioned {
    var printed: [UInt8]
    var others: [Int]
  }

  private let declarations: Declarations
  private let printer = SyntaxPrinter()
  private let heading: [UInt8]
  /// In the order in which they are printed.
  private let names: [String]
  private let numbers: [String: Int]
  private var mentioned: [Mentioned?]

  init(of declarations: Declarations, settings: Settings) {
    self.declarations = declarations
    let settings = ["currency \(settings.currency.code)", printer.yearStart(settings.calendar.firstMonth)]
    heading = Array(settings.map { $0 + "\n" }.joined().utf8)
    names = Set(declarations.lets.keys).union(declarations.measureSyntax.keys).union(declarations.tableIndex.keys)
      .sorted()
    numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    mentioned = Array(repeating: nil, count: names.count)
  }

  mutating func version(of rule: RuleSyntax) -> String {
    var text = heading
    let direct = rule.clauses.reduce(into: Set<String>()) { $0.formUnion($1.kind.mentions) }
    for number in reached(from: direct.compactMap { numbers[$0] }) { text += mention(number).printed }
    text += printer.text(rule).utf8
    return hexadecimal(SHA256.digest(of: text))
  }

  /// These and what they mention, directly or not, in the order in which they are printed.
  private mutating func reached(from numbers: [Int]) -> [Int] {
    var isFound = Array(repeating: false, count: names.count)
    for number in numbers { isFound[number] = true }
    var found = numbers
    var next = 0
    while next < found.count {
      for other in mention(found[next]).others where !isFound[other] {
        isFound[other] = true
        found.append(other)
      }
      next += 1
    }
    return found.sorted()
  }

  private mutating func mention(_ number: Int) -> Mentioned {
    if let known = mentioned[number] { return known }
    let name = names[number]
    var lines: [String] = []
    var others: [Int] = []
    if let binding = declarations.lets[name] {
      lines.append(printer.text(binding))
      others = binding.value.mentions.compactMap { numbers[$0] }
    }
    if let measure = declarations.measureSyntax[name] { lines.append(printer.text(measure)) }
    if let table = declarations.tableIndex[name] {
      // Whether its rows stand in a file of their own changes nothing.
      var meant = declarations.tables[table]
      meant.file = nil
      lines.append(printer.text(meant))
    }
    let found = Mentioned(printed: Array(lines.map { $0 + "\n" }.joined().utf8), others: others)
    mentioned[number] = found
    return found
  }
}
