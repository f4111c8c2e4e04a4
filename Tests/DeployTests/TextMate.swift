import Foundation

/// A TextMate grammar as an editor runs it, as far as this language's goes: matches, and begin and end, line by line.
struct TextMate {
  struct Mistake: Error { var words: String }

  struct Part: Hashable {
    var line: Int
    var text: String
    /// From the outermost in.
    var scopes: [String]
  }

  private indirect enum Rule {
    case match(NSRegularExpression, scope: String?, captures: [Int: String])
    case span(begin: NSRegularExpression, end: NSRegularExpression, scope: String?, delimiters: String?, inside: [Rule])
  }

  private let repository: [String: [String: Any]]
  private let patterns: [[String: Any]]

  init(_ data: Data) throws {
    let grammar = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    repository = grammar["repository"] as? [String: [String: Any]] ?? [:]
    patterns = grammar["patterns"] as? [[String: Any]] ?? []
    // Every part is looked at, used or not.
    for name in repository.keys { _ = try rules(["include": "#" + name], depth: 0) }
  }

  /// The rules that a pattern stands for: itself, what it includes, or its list. A text has holes, in which stand texts: what
  /// includes itself is followed so far and no further.
  private func rules(_ pattern: [String: Any], depth: Int) throws -> [Rule] {
    guard depth < 12 else { return [] }
    func regex(_ key: String) throws -> NSRegularExpression? {
      guard let text = pattern[key] as? String else { return nil }
      do { return try NSRegularExpression(pattern: text) } catch { throw Mistake(words: "\(key) \(text): \(error)") }
    }
    let scope = pattern["name"] as? String
    let captures = (pattern["captures"] as? [String: [String: String]] ?? [:]).compactMap { key, value in
      Int(key).flatMap { number in value["name"].map { (number, $0) } }
    }
    if let include = pattern["include"] as? String {
      guard include.hasPrefix("#"), let included = repository[String(include.dropFirst())] else {
        throw Mistake(words: "there is no \(include)")
      }
      return try rules(included, depth: depth + 1)
    }
    if let match = try regex("match") {
      return [.match(match, scope: scope, captures: Dictionary(uniqueKeysWithValues: captures))]
    }
    let inside = try (pattern["patterns"] as? [[String: Any]] ?? []).flatMap { try rules($0, depth: depth + 1) }
    guard let begin = try regex("begin"), let end = try regex("end") else { return inside }
    let delimiters = captures.first { $0.0 == 0 }?.1
    return [.span(begin: begin, end: end, scope: scope, delimiters: delimiters, inside: inside)]
  }

  /// The parts of a text that have a scope, in order.
  func parts(of text: String) throws -> [Part] {
    let rules = try patterns.flatMap { try self.rules($0, depth: 0) }
    var parts: [Part] = []
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      var index = 0
      read(rules, until: nil, line as NSString, number, &index, [], &parts)
    }
    return parts
  }

  /// Reads on to the end of the line, or to what ends the span. No rule of this grammar reaches into the next line.
  private func read(
    _ rules: [Rule], until end: NSRegularExpression?, _ line: NSString, _ number: Int, _ index: inout Int,
    _ scopes: [String], _ parts: inout [Part]
  ) {
    func found(_ regex: NSRegularExpression) -> NSTextCheckingResult? {
      // The line's start is the start of the line alone, not of what is left of it.
      regex.firstMatch(
        in: line as String, options: [.withoutAnchoringBounds, .withTransparentBounds],
        range: NSRange(location: index, length: line.length - index))
    }
    func add(_ range: NSRange, _ scopes: [String]) {
      guard range.location != NSNotFound, range.length > 0, !scopes.isEmpty else { return }
      parts.append(Part(line: number, text: line.substring(with: range), scopes: scopes))
    }
    while index <= line.length {
      let stop = end.flatMap(found)
      let nearest = rules.compactMap { rule -> (rule: Rule, match: NSTextCheckingResult)? in
        switch rule {
        case .match(let regex, _, _), .span(let regex, _, _, _, _): found(regex).map { (rule, $0) }
        }
      }.filter { $0.match.range.length > 0 }.min { $0.match.range.location < $1.match.range.location }
      let limit = stop?.range.location ?? line.length
      guard let nearest, nearest.match.range.location < limit else {
        add(NSRange(location: index, length: limit - index), scopes)
        index = stop.map { $0.range.location + $0.range.length } ?? line.length + 1
        return
      }
      add(NSRange(location: index, length: nearest.match.range.location - index), scopes)
      let match = nearest.match
      index = match.range.location + match.range.length
      switch nearest.rule {
      case .match(_, let scope, let captures):
        let here = scopes + [scope].compactMap { $0 }
        if captures.isEmpty { add(match.range, here) }
        for (group, name) in captures.sorted(by: { $0.key < $1.key }) { add(match.range(at: group), here + [name]) }
      case .span(_, let end, let scope, let delimiters, let inside):
        let here = scopes + [scope].compactMap { $0 }
        if let delimiters { add(match.range, here + [delimiters]) }
        read(inside, until: end, line, number, &index, here, &parts)
        guard index <= line.length else { return }
      }
    }
  }
}
