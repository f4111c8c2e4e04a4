/// A value on its way to JSON. Members of an object keep their order: what it is called comes first.
indirect enum JSONValue: Equatable {
  struct Member: Equatable {
    var key: String
    var value: JSONValue
  }

  case object([Member])
  case array([JSONValue])
  case string(String)
  case whole(Int)
  case truth(Bool)
  case null

  /// An object of the members that have a value.
  static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { member in member.value.map { Member(key: member.key, value: $0) } })
  }

  static func strings(_ strings: some Sequence<String>) -> JSONValue { .array(strings.map(JSONValue.string)) }

  /// An object with more members behind its own.
  func with(_ more: [Member]) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + more)
  }

  /// An object with what is remarked on it behind its first member, which says what it is.
  func remarked(_ remarks: [Member]) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.prefix(1) + remarks + members.dropFirst())
  }
}

extension JSONValue {
  private static let longestLine = 100

  /// Indented by two; what finds room on a line stands on one.
  var text: String { text(indent: 0, column: 0) + "\n" }

  private func text(indent: Int, column: Int) -> String {
    let short = line
    if column + short.count <= Self.longestLine { return short }
    let margin = String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .object(let members) where !members.isEmpty:
      let lines = members.map { member in
        let key = Self.quoted(member.key) + ": "
        return margin + key + member.value.text(indent: indent + 2, column: margin.count + key.count + 1)
      }
      return "{\n" + lines.joined(separator: ",\n") + end + "}"
    case .array(let values) where !values.isEmpty:
      let lines = values.map { margin + $0.text(indent: indent + 2, column: margin.count + 1) }
      return "[\n" + lines.joined(separator: ",\n") + end + "]"
    default: return short
    }
  }

  private var line: String {
    switch self {
    case .object(let members):
      members.isEmpty
        ? "{}" : "{ " + members.map { Self.quoted($0.key) + ": " + $0.value.line }.joined(separator: ", ") + " }"
    case .array(let values): "[" + values.map(\.line).joined(separator: ", ") + "]"
    case .string(let text): Self.quoted(text)
    case .whole(let number): String(number)
    case .truth(let truth): truth ? "true" : "false"
    case .null: "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
