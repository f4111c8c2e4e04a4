import Evaluation
import RuleLanguage
import Testing

/// Kleene's logic, cell by cell as the reference prints it: false decides `and`, true decides `or`, and of two unknowns
/// what is missing is the reason.
@Suite struct TruthTableTests {
  @Test func andAndOr() throws {
    let words = TruthTables.values.map(\.word)
    #expect(words == ["true", "false", "missing", "undefined"])
    for left in words {
      for right in words {
        let unknowns = [left, right].filter { $0 != "true" && $0 != "false" }
        let unknown = unknowns.contains("missing") ? "missing" : "undefined"
        let both = [left, right].contains("false") ? "false" : unknowns.isEmpty ? "true" : unknown
        let either = [left, right].contains("true") ? "true" : unknowns.isEmpty ? "false" : unknown
        #expect(TruthTables.and[left, right] == both, "\(left) and \(right)")
        #expect(TruthTables.or[left, right] == either, "\(left) or \(right)")
      }
    }
  }

  @Test func not() {
    #expect(
      TruthTables.not.rows == [
        ["true", "false"], ["false", "true"], ["missing", "missing"], ["undefined", "undefined"],
      ])
  }
}
