import Diagnostics

/// A value as it stands in a JSON text, with its place, so that whatever is wrong with it can be shown there.
struct JSONNode {
  struct Member {
    var key: String
    var keySpan: Span
    var value: JSONNode
  }

  enum Value {
    case object([Member])
    case array([JSONNode])
    case string(String)
    /// As it is written.
    case number(String)
    case truth(Bool)
    case null
  }

  var value: Value
  var span: Span
  /// Where it is, as RFC 6901 says it: `/files/0/declarations/3`.
  var pointer: String
  /// A string that is written as it is meant, so that places in the one are places in the other.
  var isPlain = true

  var string: String? { if case .string(let text) = value { text } else { nil } }
  var members: [Member] { if case .object(let members) = value { members } else { [] } }
  var elements: [JSONNode] { if case .array(let elements) = value { elements } else { [] } }
  var isTrue: Bool { if case .truth(true) = value { true } else { false } }
  var whole: Int? { if case .number(let digits) = value { Int(digits) } else { nil } }

  subscript(_ key: String) -> JSONNode? { members.first { $0.key == key }?.value }

  /// What it is, for "expected …, found …".
  var spoken: String {
    switch value {
    case .object: "an object"
    case .array: "a list"
    case .string: "a text"
    case .number: "a number"
    case .truth: "true or false"
    case .null: "null"
    }
  }
}

/// Reads JSON (RFC 8259): strictly, a key once, no deeper than any document of rules.
struct JSONReader {
  static let largest = 16 << 20
  private static let deepest = 32

  private let bytes: [UInt8]
  private var index: Int
  private let findings: ExchangeFindings

  /// Nil where it is not JSON, which is reported.
  static func read(_ source: SourceText, into findings: ExchangeFindings) -> JSONNode? {
    guard source.bytes.count <= largest else {
      findings.add(
        .malformed, "the text is larger than 16 MiB", at: Span(text: 0, start: 0, end: 0),
        fix: "a document for each folder of rules")
      return nil
    }
    var reader = JSONReader(source.bytes, findings)
    do throws(Reported) {
      let node = try reader.value(pointer: "", depth: 0)
      reader.passOverSpace()
      guard reader.index == reader.bytes.count else { throw reader.unexpected("nothing more") }
      return node
    } catch { return nil }
  }

  private init(_ bytes: [UInt8], _ findings: ExchangeFindings) {
    self.bytes = bytes
    self.findings = findings
    index = Screening.startOfText(bytes)
  }

  // MARK: Values

  private mutating func value(pointer: String, depth: Int) throws(Reported) -> JSONNode {
    passOverSpace()
    let start = index
    guard depth < Self.deepest else { throw report("the text is nested deeper than any document of rules") }
    var isPlain = true
    let value: JSONNode.Value
    switch current {
    case UInt8(ascii: "{"): value = .object(try members(pointer, depth))
    case UInt8(ascii: "["): value = .array(try elements(pointer, depth))
    case UInt8(ascii: "\""):
      let (text, plain) = try string()
      (value, isPlain) = (.string(text), plain)
    default:
      if current == UInt8(ascii: "-") || current.map(isDigit) == true {
        value = .number(try number())
      } else if take("true") {
        value = .truth(true)
      } else if take("false") {
        value = .truth(false)
      } else if take("null") {
        value = .null
      } else {
        throw unexpected("a value")
      }
    }
    return JSONNode(value: value, span: span(start, index), pointer: pointer, isPlain: isPlain)
  }

  private mutating func members(_ pointer: String, _ depth: Int) throws(Reported) -> [JSONNode.Member] {
    index += 1
    var members: [JSONNode.Member] = []
    var seen: Set<String> = []
    passOverSpace()
    if take("}") { return [] }
    repeat {
      passOverSpace()
      let start = index
      guard current == UInt8(ascii: "\"") else { throw unexpected("a key in quotation marks") }
      let key = try string().text
      let keySpan = span(start, index)
      guard seen.insert(key).inserted else {
        throw report("the key `\(key.printable)` stands twice in one object", at: keySpan)
      }
      passOverSpace()
      guard take(":") else { throw unexpected("a colon behind the key") }
      let escaped = key.replacing("~", with: "~0").replacing("/", with: "~1")
      let value = try value(pointer: pointer + "/" + escaped, depth: depth + 1)
      members.append(JSONNode.Member(key: key, keySpan: keySpan, value: value))
      passOverSpace()
    } while take(",")
    guard take("}") else { throw unexpected("a comma or }") }
    return members
  }

  private mutating func elements(_ pointer: String, _ depth: Int) throws(Reported) -> [JSONNode] {
    index += 1
    var elements: [JSONNode] = []
    passOverSpace()
    if take("]") { return [] }
    repeat {
      elements.append(try value(pointer: pointer + "/\(elements.count)", depth: depth + 1))
      passOverSpace()
    } while take(",")
    guard take("]") else { throw unexpected("a comma or ]") }
    return elements
  }

  private mutating func number() throws(Reported) -> String {
    let start = index
    _ = take("-")
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[index - whole] != UInt8(ascii: "0") else { throw unexpected("a digit") }
    if take(".") {
      guard digits() > 0 else { throw unexpected("a digit") }
    }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      guard digits() > 0 else { throw unexpected("a digit") }
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = index
    while let byte = current, isDigit(byte) { index += 1 }
    return index - start
  }

  // MARK: Strings

  private mutating func string() throws(Reported) -> (text: String, isPlain: Bool) {
    let start = index
    index += 1
    var written: [UInt8] = []
    var isPlain = true
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        guard let text = String(validating: written, as: UTF8.self) else {
          throw report("the text is not UTF-8", at: span(start, index))
        }
        return (text, isPlain)
      case UInt8(ascii: "\\"):
        isPlain = false
        written += Array(String(try escape()).utf8)
      case 0..<0x20: throw report("a control character stands in a text", at: span(index, index + 1), fix: "\\n")
      default:
        written.append(byte)
        index += 1
      }
    }
    throw report("the text is not closed", at: span(start, start + 1))
  }

  private mutating func escape() throws(Reported) -> Unicode.Scalar {
    let start = index
    index += 1
    let letter = current
    index += 1
    switch letter {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = codeUnit()
      // A character beyond the first 65,536 is written as two.
      if let first, (0xD800..<0xDC00).contains(first), take("\\u"), let second = codeUnit(),
        (0xDC00..<0xE000).contains(second)
      {
        if let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) { return scalar }
      }
      if let scalar = first.flatMap(Unicode.Scalar.init) { return scalar }
    default: break
    }
    throw report("there is no such escape in JSON", at: span(start, min(index, bytes.count)))
  }

  private mutating func codeUnit() -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    let digits = bytes[index..<index + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    index += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  // MARK: Where it stands

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  private mutating func passOverSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  /// To the end of the character that it ends in.
  private func span(_ start: Int, _ end: Int) -> Span {
    let rest = bytes[end..<min(end + 3, bytes.count)]
    let tail = start < end ? rest.prefix { $0 & 0xC0 == 0x80 }.count : 0
    return Span(text: 0, start: Int32(start), end: Int32(end + tail))
  }

  private func report(_ message: String, at place: Span? = nil, fix: String? = nil) -> Reported {
    findings.add(.malformed, message, at: place ?? span(index, min(index + 1, bytes.count)), fix: fix)
    return Reported()
  }

  private func unexpected(_ expected: String) -> Reported {
    report(current == nil ? "the text ends where \(expected) is expected" : "\(expected) is expected here")
  }
}
