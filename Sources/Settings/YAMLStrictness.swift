import Diagnostics

/// Finds what our configurations leave out of YAML, each at its place, in one pass whose cost is bounded by the text.
///
/// It follows the text as the YAML scanner does (indentation, brackets, quotes, comments, plain and block text) and
/// judges nothing else: what is not well-formed is left for the YAML library to say.
struct YAMLStrictness {
  private let bytes: [UInt8]
  private let index: Int32
  private var at = 0
  private var lineStart = 0
  /// Open collections, outermost first. A flow collection (in brackets) has no column.
  private var levels: [Level] = []
  private var flowDepth = 0
  /// Texts and collections so far.
  private var values = 0
  /// A scalar that is a key if a colon follows.
  private var candidate: Token?
  private var sawContent = false
  /// At the beginning of a line or after the hyphen of a list item: YAML takes no tab there.
  private var isIndenting = true
  private var found: [Diagnostic] = []

  private struct Level {
    var column: Int?
    var closer: UInt8 = 0
    var keys: [String: Span] = [:]
  }

  private struct Token {
    var start: Int
    var end: Int
    var column: Int
  }

  init(_ bytes: [UInt8], index: Int32) {
    self.bytes = bytes
    self.index = index
  }

  mutating func refusals() -> [Diagnostic] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      at = 3
      lineStart = 3
    }
    while found.count < 100, toNextToken() {
      unwind()
      if !takeToken() { break }
      sawContent = true
      if values > SettingsDocument.mostValues {
        refuseSize("the configuration holds more than \(SettingsDocument.mostValues) values", "one more")
        break
      }
    }
    return found
  }
}

// MARK: - Tokens

extension YAMLStrictness {
  private var column: Int { at - lineStart }
  private func byte(_ distance: Int = 0) -> UInt8? { at + distance < bytes.count ? bytes[at + distance] : nil }
  private func isBlank(_ distance: Int) -> Bool { byte(distance).map { $0.isSpace || $0.isBreak } ?? true }

  /// Takes one token; false when there is no use in going on.
  private mutating func takeToken() -> Bool {
    let inFlow = flowDepth > 0
    switch bytes[at] {
    case UInt8(ascii: "%") where column == 0:
      refuse(at, 1, "a line that begins with % is a YAML directive, which configurations don't use", "delete this line")
      return false
    case UInt8(ascii: "-") where isMarker("---"):
      if sawContent {
        refuse(at, 3, "a second document begins here; a configuration is one document", "delete this line and merge")
        return false
      }
      at += 3
    case UInt8(ascii: ".") where isMarker("..."): at += 3
    case UInt8(ascii: "["), UInt8(ascii: "{"): return openFlow()
    case UInt8(ascii: "]"), UInt8(ascii: "}"): closeFlow()
    case UInt8(ascii: ","):
      candidate = nil
      at += 1
    case UInt8(ascii: "-") where !inFlow && isBlank(1):
      candidate = nil
      guard openBlock(column) else { return false }
      at += 1
      isIndenting = true
    case UInt8(ascii: "?") where inFlow || isBlank(1):
      refuse(at, 1, "a key that begins with “? ” is not used in configurations", "write key: value")
      at += 1
    case UInt8(ascii: ":") where inFlow || isBlank(1): return takeColon()
    case UInt8(ascii: "*"): refuseWord("* is a reference to an anchor in YAML, which configurations don't use")
    case UInt8(ascii: "&"): refuseWord("& is an anchor in YAML, which configurations don't use")
    case UInt8(ascii: "!"): refuseWord("! is a tag in YAML, which configurations don't use")
    case UInt8(ascii: "|") where !inFlow, UInt8(ascii: ">") where !inFlow: skipBlockText()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): takeQuoted()
    default: takePlain()
    }
    return true
  }

  /// Over spaces, comments and line ends; false at the end of the text.
  private mutating func toNextToken() -> Bool {
    while let byte = byte() {
      if byte.isBreak {
        skipBreak()
        isIndenting = true
      } else if byte == UInt8(ascii: "#") {
        skipToBreak()
      } else if byte == UInt8(ascii: "\t"), isIndenting, flowDepth == 0 {
        refuseTab()
      } else if byte.isSpace {
        at += 1
      } else {
        isIndenting = false
        return true
      }
    }
    return false
  }

  /// Leaves the block collections that end before this column.
  private mutating func unwind() {
    guard flowDepth == 0 else { return }
    while let open = levels.last?.column, open > column { levels.removeLast() }
  }

  private mutating func openBlock(_ column: Int) -> Bool {
    if flowDepth > 0 || (levels.last?.column ?? -1) >= column { return true }
    return push(Level(column: column))
  }

  private mutating func openFlow() -> Bool {
    candidate = nil
    flowDepth += 1
    guard push(Level(closer: bytes[at] == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}"))) else {
      return false
    }
    at += 1
    return true
  }

  private mutating func closeFlow() {
    candidate = nil
    if levels.last?.closer == bytes[at] {
      levels.removeLast()
      flowDepth -= 1
    }
    at += 1
  }

  private mutating func push(_ level: Level) -> Bool {
    guard levels.count < SettingsDocument.mostLevels else {
      refuseSize("the configuration is more than 32 levels deep", "level 33 begins here")
      return false
    }
    values += 1
    levels.append(level)
    return true
  }

  private mutating func takeColon() -> Bool {
    if let key = candidate {
      candidate = nil
      guard openBlock(key.column) else { return false }
      remember(key)
    }
    at += 1
    return true
  }

  private mutating func remember(_ token: Token) {
    guard !levels.isEmpty, levels[levels.count - 1].closer != UInt8(ascii: "]") else { return }
    let key = String(decoding: bytes[token.start..<token.end], as: UTF8.self).withoutQuotes
    let span = span(token.start, token.end - token.start)
    if let first = levels[levels.count - 1].keys[key] {
      found.append(
        Diagnostic(
          SettingsCode.duplicateKey.rawValue, "\(Wording.quoted(key)) is set twice", at: .init(span, "again here"),
          also: [.init(first, "first set here")], fix: "keep one of them"))
    } else {
      levels[levels.count - 1].keys[key] = span
    }
  }
}

// MARK: - Text

extension YAMLStrictness {
  private mutating func takeQuoted() {
    values += 1
    let start = Token(start: at, end: at, column: column)
    let line = lineStart
    let quote = bytes[at]
    at += 1
    while let byte = byte() {
      if byte == quote {
        if quote == UInt8(ascii: "'"), self.byte(1) == quote {
          at += 2
          continue
        }
        at += 1
        break
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let next = self.byte(1), !next.isBreak {
        at += 2
      } else if byte.isBreak {
        skipBreak()
      } else {
        at += 1
      }
    }
    candidate = line == lineStart ? Token(start: start.start, end: at, column: start.column) : nil
  }

  /// Text without quotes goes on over line ends for as long as the lines are indented further than what encloses it.
  private mutating func takePlain() {
    values += 1
    let token = Token(start: at, end: at, column: column)
    let line = lineStart
    let indent = (levels.last?.column ?? -1) + 1
    var end = at
    while let byte = byte() {
      if byte == UInt8(ascii: "#"), at > token.start { break }
      if column == 0, isMarker("---") || isMarker("...") { break }
      while !isBlank(0), !endsPlain { at += 1 }
      end = at
      guard isBlank(0), self.byte() != nil else { break }
      while let blank = self.byte(), blank.isSpace || blank.isBreak {
        if blank.isBreak { skipBreak() } else { at += 1 }
      }
      if flowDepth == 0, column < indent { break }
    }
    candidate = line == lineStart ? Token(start: token.start, end: end, column: token.column) : nil
  }

  private var endsPlain: Bool {
    switch bytes[at] {
    case UInt8(ascii: ":"): isBlank(1)
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): flowDepth > 0
    default: false
    }
  }

  /// `|` and `>`: every following line that is indented as far as the first.
  private mutating func skipBlockText() {
    values += 1
    candidate = nil
    let enclosing = levels.last?.column ?? -1
    var indent: Int?
    at += 1
    while let byte = byte(), !byte.isBreak, byte != UInt8(ascii: "#") {
      if (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte) {
        indent = max(enclosing, 0) + Int(byte - UInt8(ascii: "0"))
      }
      at += 1
    }
    skipLine()
    var widestBlank = 0
    while at < bytes.count {
      while byte() == UInt8(ascii: " "), indent.map({ column < $0 }) ?? true { at += 1 }
      if byte()?.isBreak == true {
        widestBlank = max(widestBlank, column)
        skipBreak()
        continue
      }
      if indent == nil { indent = max(column, widestBlank, enclosing + 1, 1) }
      guard column == indent else { return }
      skipLine()
    }
  }

  private mutating func skipToBreak() {
    while let byte = byte(), !byte.isBreak { at += 1 }
  }

  private mutating func skipLine() {
    skipToBreak()
    if byte() != nil { skipBreak() }
  }

  private mutating func skipBreak() {
    at += byte() == UInt8(ascii: "\r") && byte(1) == UInt8(ascii: "\n") ? 2 : 1
    lineStart = at
  }

  /// `---` or `...` alone at the start of a line.
  private func isMarker(_ marker: String) -> Bool {
    column == 0 && bytes[at...].starts(with: marker.utf8) && isBlank(3)
  }
}

// MARK: - Refusals

extension YAMLStrictness {
  private func span(_ start: Int, _ length: Int) -> Span {
    Span(text: index, start: Int32(start), end: Int32(start + length))
  }

  private mutating func refuse(_ start: Int, _ length: Int, _ message: String, _ fix: String) {
    let label = Diagnostic.Label(span(start, length))
    found.append(Diagnostic(SettingsCode.notUsed.rawValue, message, at: label, fix: fix))
  }

  private mutating func refuseSize(_ message: String, _ label: String) {
    found.append(Diagnostic(SettingsCode.tooLarge.rawValue, message, at: .init(span(at, 1), label)))
  }

  /// Mostly somebody who wrote `*.csv` without quotes.
  private mutating func refuseWord(_ message: String) {
    let start = at
    while !isBlank(0), !(flowDepth > 0 && endsPlain) { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    refuse(start, at - start, message, word.count <= 60 ? "put it in quotes: \"\(word)\"" : "put it in quotes")
    candidate = nil
  }

  private mutating func refuseTab() {
    let start = at
    while byte() == UInt8(ascii: "\t") { at += 1 }
    found.append(
      Diagnostic(
        SettingsCode.tab.rawValue, "a tab can't indent a line of YAML", at: .init(span(start, at - start), "tab"),
        fix: "use spaces"))
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  fileprivate var isBreak: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}

extension String {
  fileprivate var withoutQuotes: String {
    guard count >= 2, let first, first == last, first == "\"" || first == "'" else { return self }
    return String(dropFirst().dropLast())
  }
}
