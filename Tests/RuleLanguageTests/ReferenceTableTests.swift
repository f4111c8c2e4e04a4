import RuleLanguage
import Testing

/// The tables of the reference say what the rules are told: their cells against the same table that whole rule files are
/// held against.
@Suite struct ReferenceTableTests {
  @Test(arguments: OperatorTableTests.cells)
  func type(_ left: String, _ sign: String, _ right: String) throws {
    let table = OperatorTables.types(try #require(OperatorTables.Sign(rawValue: sign)))
    #expect(table[left, right] == OperatorTableTests.expected(left, sign, right) ?? ReferenceTable.nothing)
  }

  @Test(arguments: OperatorTableTests.basisCells)
  func basis(_ left: Basis?, _ sign: String, _ right: Basis?) throws {
    let table = OperatorTables.bases(try #require(OperatorTables.Sign(rawValue: sign)))
    let cell = table[left?.rawValue ?? "none", right?.rawValue ?? "none"]
    let isAlike = left == right || left == nil || right == nil
    let isDivisible = right == .atPeriodEnd || (left == .yearToDate && right == .fullYear)
    #expect((cell != ReferenceTable.nothing) == (isAlike || (sign == "/" && isDivisible)), "\(cell ?? "no cell")")
    // A sum keeps what it stands for; a comparison is no amount.
    if isAlike, sign == "+" { #expect(cell == (left ?? right)?.rawValue ?? "none") }
    if sign == ">", isAlike { #expect(cell == "none") }
  }

  /// What is no quantity is compared, and nothing else.
  @Test func otherKinds() {
    for type in ["severity", "text", "period", "date"] {
      #expect(OperatorTables.types(.equals)[type, type] == "bool")
      #expect(OperatorTables.types(.above)[type, type] == (type == "text" ? ReferenceTable.nothing : "bool"))
      #expect(OperatorTables.types(.equals)[type, "money"] == ReferenceTable.nothing)
      #expect(OperatorTables.types(.plus)[type, type] == nil)
    }
    #expect(OperatorTables.types(.equals)["bool", "bool"] == ReferenceTable.nothing)
  }

  @Test func markdown() {
    let table = ReferenceTable(title: "t", columns: ["a", "b"], rows: [["x | y", "z"]])
    #expect(table.markdown == "| a | b |\n| --- | --- |\n| x \\| y | z |\n")
    #expect(OperatorTables.all.count == 10)
  }
}
