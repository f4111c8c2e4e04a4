import Diagnostics
package import Finance
package import Settings

// Until when returns are due, and from whom.

extension SettingsNode {
  private static let example = "15 working days after month end"
  private static let mostDays = 400

  /// `15 working days after month end`, `5 days after quarter end`, `1 working day after period end`.
  package func deadline() -> Deadline? {
    guard let text = nonEmptyText() else { return nil }
    var words = text.split(separator: " ").map(String.init)[...]
    guard let number = words.popFirst(), let days = Int(number), days >= 0 else {
      return refuse(
        "\(Wording.quoted(text)) does not say how many days after the end of a period", fix: Self.example)
    }
    guard days <= Self.mostDays else { return refuse("this has to be at most \(Self.mostDays) days", .outOfRange) }
    let isWorking = words.first == "working"
    if isWorking { words.removeFirst() }
    let wanted = [isWorking ? ["day", "days"] : ["day", "days", "working"], ["after"], Array(ends.keys), ["end"]]
    for choices in wanted {
      guard let word = words.popFirst() else {
        return refuse("\(Wording.quoted(text)) breaks off", label: "expected \(expected(choices))", fix: Self.example)
      }
      guard choices.contains(word) else {
        return refuse(
          "\(Wording.quoted(text)) can't be read from \(Wording.quoted(word)) on",
          label: "expected \(expected(choices))",
          fix: Suggestion.question(word, among: choices.sorted()) ?? Self.example)
      }
    }
    guard words.isEmpty else {
      return refuse("\(Wording.quoted(text)) has words after its end", fix: Self.example)
    }
    let end = text.split(separator: " ").dropLast().last.flatMap { ends[String($0)] } ?? nil
    return Deadline(days: days, countsWorkingDays: isWorking, end: end)
  }

  private func expected(_ words: [String]) -> String { Wording.list(words.sorted().map(Wording.quoted), "or") }

  /// `everyone`, a list of codes, `organisation where kind is "CCG" and region is not "London"`.
  package func expectedSenders() -> ExpectedSenders? {
    if case .list = content {
      guard let codes = list({ $0.nonEmptyText() }) else { return nil }
      return codes.isEmpty
        ? refuse("nobody is expected by an empty list", fix: "delete it, and due: with it") : .codes(codes)
    }
    guard let text = nonEmptyText() else { return nil }
    if text == "everyone" { return .everyone }
    let example = "organisation where kind is \"CCG\""
    let opening = "organisation where "
    guard text.hasPrefix(opening) else {
      return refuse(
        "\(Wording.quoted(text)) does not say who is expected",
        fix: Suggestion.question(text, among: ["everyone"]) ?? "everyone, a list of codes, or \(example)")
    }
    var rest = text.dropFirst(opening.count)
    var conditions: [ExpectedSenders.Condition] = []
    repeat {
      guard let condition = condition(&rest) else {
        return refuse(
          "\(Wording.quoted(text)) can't be read from \(Wording.quoted(String(rest.prefix(30)))) on",
          label: "expected: attribute is \"value\"", fix: example)
      }
      conditions.append(condition)
    } while skip("and ", of: &rest)
    guard rest.allSatisfy({ $0 == " " }) else {
      return refuse(
        "\(Wording.quoted(text)) can't be read from \(Wording.quoted(String(rest.prefix(30)))) on",
        label: "expected “and” or the end", fix: example)
    }
    return .matching(conditions)
  }

  /// `kind is "CCG"`, `region is not "London"`; what follows stays.
  private func condition(_ text: inout Substring) -> ExpectedSenders.Condition? {
    var rest = text.drop { $0 == " " }
    let attribute = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    rest = rest[attribute.endIndex...].drop { $0 == " " }
    guard !attribute.isEmpty, skip("is ", of: &rest) else { return nil }
    let isExcluded = skip("not ", of: &rest)
    guard skip("\"", of: &rest), let end = rest.firstIndex(of: "\"") else { return nil }
    let value = rest[..<end]
    text = rest[rest.index(after: end)...].drop { $0 == " " }
    return ExpectedSenders.Condition(attribute: String(attribute), value: String(value), isExcluded: isExcluded)
  }

  private func skip(_ word: String, of text: inout Substring) -> Bool {
    guard text.hasPrefix(word) else { return false }
    text = text.dropFirst(word.count).drop { $0 == " " }
    return true
  }
}

/// By the word before `end`.
private let ends: [String: Step?] = ["month": .month, "quarter": .quarter, "year": .year, "period": nil]
