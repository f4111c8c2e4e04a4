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

  package init(
    _ code: RuleCode, _ message: String, operand: Int? = nil, _ label: String = "", others: [Int: String] = [:],
    fix: (@Sendable ([String]) -> String)? = nil
  ) {
    self.code = code
    self.message = message
    self.operand = operand
    self.label = label
    self.others = others
    self.fix = fix
  }
}
