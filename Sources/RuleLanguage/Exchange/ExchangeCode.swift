import Diagnostics

/// What can be wrong with rules as JSON, before it is looked at what they say. A code never changes meaning once
/// released.
package enum ExchangeCode: String, CaseIterable, Sendable {
  /// Not JSON: a bracket or quotation mark left open, a comma out of place, a key twice in one object.
  case malformed = "J101"
  case unknownKey = "J102"
  case missingKey = "J103"
  /// A list where a text is expected, and the like.
  case wrongKind = "J104"
  /// A text that is not what should stand there: a name, an amount, a word of a list.
  case badValue = "J105"

  /// What the code says, in one line.
  package var meaning: String {
    switch self {
    case .malformed: "the text is not JSON: a bracket or quotation mark left open, a comma out of place, a key twice"
    case .unknownKey: "an object has a key that does not belong there"
    case .missingKey: "an object lacks a key that it needs"
    case .wrongKind: "a list, an object or a text stands where another of them is expected"
    case .badValue: "a text cannot be what should stand there"
    }
  }
}

/// Collects what is wrong with a JSON text; bounded, so that hostile input cannot fill the memory.
final class ExchangeFindings {
  private static let limit = 200
  private(set) var diagnostics: [Diagnostic] = []

  func add(
    _ code: ExchangeCode, _ message: String, at span: Span, _ label: String = "",
    fix: @autoclosure () -> String? = nil
  ) {
    guard diagnostics.count < Self.limit else { return }
    diagnostics.append(Diagnostic(code.rawValue, message, at: Diagnostic.Label(span, label), fix: fix()))
  }

  func add(_ code: ExchangeCode, _ message: String, at node: JSONNode, fix: @autoclosure () -> String? = nil) {
    add(code, message, at: node.span, "at \(node.pointer.isEmpty ? "the top" : node.pointer.printable)", fix: fix())
  }
}
