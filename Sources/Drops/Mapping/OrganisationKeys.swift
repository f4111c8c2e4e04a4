import Diagnostics
import Finance

/// The organisations that a column's values mean, by the register. Without a register any code is as good as written.
final class OrganisationKeys: KeyMeaning {
  private let register: Register?
  private let match: OrganisationMatch
  private(set) var codes: [String] = []

  init(register: Register?, by match: OrganisationMatch) {
    self.register = register
    self.match = match
  }

  func take(_ value: String) throws(KeyFault) { codes.append(try Self.code(value, in: register, by: match)) }
  func check(_ value: String) throws(KeyFault) { _ = try Self.code(value, in: register, by: match) }

  /// The code of the organisation that this text names.
  static func code(
    _ value: String, in register: Register?, by match: OrganisationMatch
  ) throws(KeyFault) -> String {
    let expected = "an organisation’s \(match.rawValue) as in the register"
    guard !value.isEmpty else { throw KeyFault(problem: "the organisation is missing", expected: expected) }
    guard let register else { return value }
    if match != .name, !register.history(of: value).isEmpty { return value }
    let found = match == .code ? Register.Match.unknown : register.find(value)
    switch found {
    case .found(let code): return code
    case .ambiguous(let codes):
      throw KeyFault(
        problem: "\(Wording.quoted(value)) is the name of \(Wording.list(codes))", expected: "the organisation’s code")
    case .unknown:
      let question = Suggestion.question(value, among: register.labels).map { "; \($0)" } ?? ""
      throw KeyFault(problem: "\(Wording.quoted(value)) is not in the register\(question)", expected: expected)
    }
  }
}
