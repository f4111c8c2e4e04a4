import Diagnostics
import Finance
import RuleLanguage
import RuleLibrary
import Testing

/// What holds for every function of the language, whichever they are.
@Suite struct LibraryTests {
  static let functions = FunctionLibrary.all.inOrder

  @Test(arguments: functions.map(\.name))
  func isDescribed(_ name: String) throws {
    let function = try #require(FunctionLibrary.all.functions[name])
    for text in [function.summary, function.formula, function.source] {
      #expect(!text.isEmpty && !text.hasSuffix(" ") && text.count < 200)
    }
    #expect(function.summary.hasSuffix("."))
    #expect(function.examples.count >= 2)
    #expect(function.examples.allSatisfy { $0.expression.contains(function.name + "(") })
    #expect(Set(function.parameters.map(\.name)).count == function.parameters.count)
  }

  @Test(arguments: functions.flatMap { function in function.examples.indices.map { (function.name, $0) } })
  func exampleIsTrue(_ function: String, _ index: Int) throws {
    let function = try #require(FunctionLibrary.all.functions[function])
    let example = function.examples[index]
    let worked = try WorkedExample(example)
    #expect(worked.outcome == example.gives)
    try expectAsDeclared(worked, function)
  }

  /// Where the whole example is the call, it gives what the signature says.
  private func expectAsDeclared(_ worked: WorkedExample, _ function: RuleFunction) throws {
    guard case .of(let type) = function.gives.kind, case .called(let callee, _) = worked.program[worked.root].operation,
      callee.function == function.name
    else { return }
    #expect(worked.program[worked.root].type == type)
    if case .of(let basis) = function.gives.time { #expect(worked.program[worked.root].basis == basis) }
  }

  /// What people write is either a name of the language or leads to one.
  @Test func synonymsLeadSomewhere() {
    let names = Set(FunctionLibrary.all.functions.keys)
    for (synonym, meant) in FunctionLibrary.all.synonyms {
      #expect(!names.contains(synonym), "\(synonym) is a function")
      #expect(!meant.isEmpty)
    }
  }
}
