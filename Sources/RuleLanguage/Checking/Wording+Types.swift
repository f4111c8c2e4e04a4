// How messages speak of types, bases and frames.

extension ValueType {
  /// With its article: "a percentage".
  package var spoken: String {
    switch self {
    case .money: "money"
    case .count: "a count"
    case .ratio: "a percentage"
    case .points: "a number of percentage points"
    case .number: "a plain number"
    case .unitPrice: "a unit price"
    case .severity: "a severity"
    case .text: "a text"
    case .truth: "a condition"
    case .period: "a period"
    case .date: "a date"
    }
  }
}

extension Node {
  /// For the few words beside an underline: "money, year to date".
  package var spoken: String {
    if type == .points, case .subtract = operation { return "points (the difference of two percentages)" }
    return switch type {
    case .ratio: "percentage"
    case .points: "points"
    case .count: basis.map { "count, \($0.rawValue)" } ?? "count"
    case .money: basis.map { "money, \($0.rawValue)" } ?? "money"
    default: type.spoken
    }
  }
}

extension Frame {
  var hasOrganisation: Bool { keys.contains(.organisation) }

  /// What one subject is: "one organisation", "a region", "the whole".
  var spoken: String {
    if keys.isEmpty { return "everything together" }
    return keys.map { key in
      switch key {
      case .organisation: "one organisation"
      case .attribute(let name), .dimension(let name): "one \(name)"
      }
    }.joined(separator: " and ")
  }
}
