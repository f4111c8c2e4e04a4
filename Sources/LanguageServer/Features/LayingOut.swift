import Diagnostics
import RuleLanguage

// A document in its one layout.

extension Workspace {
  /// One edit from the first line that changes to the last, so that the cursor and folds elsewhere stay; none where the
  /// document is laid out, or cannot be read.
  mutating func formatting(_ uri: String) -> [TextEdit] {
    guard let text = documents[uri]?.text, let library = ruleSet(of: uri)?.draft.library,
      let laidOut = RuleFormatter.format(text, library: library).text
    else { return [] }
    let (old, new) = (text.bytes, Array(laidOut.utf8))
    guard old != new else { return [] }
    let line = UInt8(ascii: "\n")
    let same = zip(old, new).prefix { $0 == $1 }.count
    let start = old[..<same].lastIndex(of: line).map { $0 + 1 } ?? 0
    var tail = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    // Whole lines: neither end cuts a character in two.
    while tail > 0, old[old.count - tail - 1] != line || new[new.count - tail - 1] != line { tail -= 1 }
    let end = old.count - tail
    return [
      TextEdit(
        range: TextRange(start: text.position(of: start, encoding), end: text.position(of: end, encoding)),
        newText: String(decoding: new[start..<(new.count - tail)], as: UTF8.self))
    ]
  }
}
