/// Operands that do not go together, said without yet knowing where they stand in a text. The checker turns it into a
/// diagnostic.
package struct Misuse: Error {
  package var code: RuleCode
  package var message: String
  /// The operand at fault (the whole expression where nil), and what stands beside its underline.
  package var operand: Int?
  package var label: String
  /// What stands beside the other operands, by their position.
  package var others: [Int: String]
  /// What to write instead, given the operands as they are written.
  package var fix: (@Sendable ([String]) -> String)?
  /// The same as rewritings of the expression, of which each mends it; given the operands as they are written.
  package var rewritings: (@Sendable ([String]) -> [Rewriting])?

  /// What is written in place of the operands (by their position), or of the whole expression.
  package struct Rewriting: Sendable {
    package enum Place: Hashable, Sendable { case whole, operand(Int) }
    package var title: String
    package var parts: [Place: String]
    package var isCertain: Bool
    package init(_ title: String, _ parts: [Place: String], isCertain: Bool = true) {
      self.title = title
      self.parts = parts
      self.isCertain = isCertain
    }
  }

  package init(
    _ code: RuleCode, _ message: String, operand: Int? = nil, _ label: String = "", others: [Int: String] = [:],
    fix: (@Sendable ([String]) -> String)? = nil, rewritings: (@Sendable ([String]) -> [Rewriting])? = nil
  ) {
    self.code = code
    self.message = message
    self.operand = operand
    self.label = label
    self.others = others
    self.fix = fix
    self.rewritings = rewritings
  }

  /// Of operands that do not go together one is written otherwise; several ways are alternatives.
  package init(
    _ code: RuleCode, _ message: String, operand: Int, _ label: String = "", others: [Int: String] = [:],
    rewrittenAs texts: @escaping @Sendable ([String]) -> [String]
  ) {
    self.init(
      code, message, operand: operand, label, others: others,
      rewritings: { written in texts(written).map { Rewriting($0, [.operand(operand): $0]) } })
  }
}
