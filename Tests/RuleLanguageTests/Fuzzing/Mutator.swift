import Foundation
import TestKit

/// Rule files with something wrong in them: good ones changed byte by byte and word by word, and sentences put together
/// from the language's own words.
struct Mutator {
  private var random: SeededGenerator
  private let corpus: [[UInt8]]

  init(seed: UInt64, corpus: [[UInt8]]) {
    random = SeededGenerator(seed: seed)
    self.corpus = corpus
  }

  private static let mostBytes = 60_000

  private static let words = """
    rule measure dimension table test let currency year for each organisation where overall only when watch amber red info
    above below at least most outside to persists clears for periods if unknown hold raise message detail owner runbook
    label effective in from suppress until because coverage and or not is between true false count share sum mean median
    lowest highest names over by first children peers predecessors successors anywhere same kind region plan forecast
    position actual previous last_year growth ytd run_rate even_profile own breach severity reported given expect drop
    otherwise £5m £250k 5% 2pp 12 1,200 0.75 "PCT" "{plan | m}" "{" "}" M8 2013-14 2014-03-31 3dp ( ) [ ] . , | + - * / <
    <= > >= = != # “ ” é \u{202E} \u{FEFF} $5 GBP 99999999999999999999 -
    """.split { $0 == " " || $0 == "\n" }.map(String.init)

  mutating func next() -> [UInt8] {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return Array(sentence().utf8)
    case 1: return (0..<Int.random(in: 0..<400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    default:
      var bytes = corpus.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...6, using: &random) { change(&bytes) }
      return Array(bytes.prefix(Self.mostBytes))
    }
  }

  private mutating func stretch(of bytes: [UInt8], most: Int) -> Range<Int> {
    let start = Int.random(in: 0...bytes.count, using: &random)
    return start..<min(bytes.count, start + Int.random(in: 0...most, using: &random))
  }

  private mutating func word() -> [UInt8] { Array((Self.words.randomElement(using: &random) ?? "rule").utf8) }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<9, using: &random) {
    case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(stretch(of: bytes, most: 20))
    case 2: bytes.insert(contentsOf: bytes[stretch(of: bytes, most: 200)], at: place)
    case 3: bytes.insert(contentsOf: [UInt8(ascii: " ")] + word() + [UInt8(ascii: " ")], at: place)
    case 4: replaceWord(&bytes, from: place)
    case 5: bytes.removeSubrange(place...)
    case 6:
      let other = corpus.randomElement(using: &random) ?? []
      bytes.insert(contentsOf: other[stretch(of: other, most: 2_000)], at: place)
    case 7: moveLine(&bytes)
    default:
      let some: [UInt8] = [0, 9, 10, 13, 32, 34, 35, 40, 41, 45, 91, 93, 123, 125, 0xC2, 0xE2]
      bytes.insert(some.randomElement(using: &random) ?? 0, at: place)
    }
  }

  private mutating func replaceWord(_ bytes: inout [UInt8], from place: Int) {
    let isLetter = { (byte: UInt8) in byte > 0x20 && byte != UInt8(ascii: "(") && byte != UInt8(ascii: ")") }
    guard let start = bytes[place...].firstIndex(where: isLetter) else { return }
    let end = bytes[start...].firstIndex { !isLetter($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: word())
  }

  private mutating func moveLine(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    let from = Int.random(in: lines.indices, using: &random)
    let line = lines.remove(at: from)
    lines.insert(line, at: Int.random(in: 0...lines.count, using: &random))
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  // MARK: Sentences

  /// Mostly in order as the grammar has it, of names that are there.
  private mutating func sentence() -> String {
    var text = heading
    for number in 0..<Int.random(in: 1...4, using: &random) {
      text += "let l\(number) = \(expression(4))\n"
    }
    for number in 0..<Int.random(in: 1...4, using: &random) {
      text +=
        "rule r\(number) \"R\"\n  \(pick("for each organisation", "overall", "for each region", "for each category"))\n"
      text += "  watch \(expression(5))\n  red \(pick("above", "below", "at least")) \(expression(2))\n"
      text +=
        "  amber when \(expression(5))\n  message \"{watched} {\(expression(3)) | \(pick("m", "signed", "2dp"))}\"\n"
    }
    return text
  }

  private mutating func pick(_ choices: String...) -> String { choices.randomElement(using: &random) ?? "" }

  private mutating func expression(_ depth: Int) -> String {
    guard depth > 0 else {
      return pick(
        "plan", "forecast", "position", "actual", "l0", "£5m", "2%", "3pp", "12", "\"PCT\"", "kind", "true",
        "2013-14 M3")
    }
    let (left, right) = (expression(depth - 1), expression(depth - 1))
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return "(\(left))"
    case 1: return "\(left) \(pick("+", "-", "*", "/")) \(right)"
    case 2: return "\(left) \(pick("<", ">", "=", "!=", "is", "is not")) \(right)"
    case 3: return "\(left) \(pick("and", "or")) \(right)"
    case 4: return "\(pick("not ", "-"))\(left)"
    case 5: return "\(pick("previous", "growth", "run_rate", "ytd", "abs", "own"))(\(left))"
    case 6: return "\(pick("sum", "share", "mean", "count"))(\(left) over organisation where \(right))"
    case 7: return "\(left)[category is \"acute\"]"
    default: return "\(left) between \(right) and \(left)"
    }
  }
}
