import Diagnostics
import Foundation
import Settings
import Testing

@Suite struct DocumentTests {
  @Test(arguments: [
    ("country: NO", "{country: 'NO'}"),
    (
      "a: 1.10\nb: 012\nc: 1e3\nd: null\ne: yes\nf: 12:30:00\ng: 2013-14",
      "{a: '1.10', b: '012', c: '1e3', d: 'null', e: 'yes', f: '12:30:00', g: '2013-14'}"
    ),
    ("a:\nb: ~\nc: \"\"\nd: \"~\"", "{a: ~, b: ~, c: '', d: '~'}"),
    ("---\na: [x, {b: c}]\n...\n", "{a: ['x', {b: 'c'}]}"),
    ("a: \"x: y # z\"\nb: it's {fine}, [really] *ok* & so", "{a: 'x: y # z', b: 'it's {fine}, [really] *ok* & so'}"),
    ("a: |\n  *not an alias\n  &x: [[[\n\tb\nc: 'it''s'\n", nil),
    (
      "a: |\n  *not an alias\n  &x: [[[\n\n   \tb\nc: 'it''s'\n",
      "{a: '*not an alias\n&x: [[[\n\n \tb\n', c: 'it's'}"
    ),
    ("a: one\n  two *three\n  - four\nb: 1", "{a: 'one two *three - four', b: '1'}"),
    ("\u{FEFF}a: £5\r\nb: é\r\n", "{a: '£5', b: 'é'}"),
    ("- a: 1\n  b: 2\n- a: 1\n  b: 2\n", "[{a: '1', b: '2'}, {a: '1', b: '2'}]"),
    ("a:\n- b: 1\n- b: 2\nc: {b: 1, d: {b: 2}}", "{a: [{b: '1'}, {b: '2'}], c: {b: '1', d: {b: '2'}}}"),
    ("", "~"), ("# nothing\n", "~"), ("a: 1\t# a tab\nb: \t2\nc: [\n\t1]", "{a: '1', b: '2', c: ['1']}"),
  ])
  func `texts stay what was written`(text: String, outline: String?) {
    let (value, problems) = reading(text) { $0.outline }
    #expect(value == outline)
    #expect(problems.isEmpty == (outline != nil), "\(problems)")
  }

  @Test(arguments: [
    ("a: *x", "C104 1:4 * is a reference to an anchor in YAML, which configurations don't use"),
    ("files: [*.csv, \"b\"]", "C104 1:9 * is a reference to an anchor in YAML, which configurations don't use"),
    ("a: &x 1", "C104 1:4 & is an anchor in YAML, which configurations don't use"),
    ("&x a: 1", "C104 1:1 & is an anchor in YAML, which configurations don't use"),
    ("a: !!str 1", "C104 1:4 ! is a tag in YAML, which configurations don't use"),
    ("? a\n: b", "C104 1:1 a key that begins with “? ” is not used in configurations"),
    ("%YAML 1.1\n---\na: 1", "C104 1:1 a line that begins with % is a YAML directive, which configurations don't use"),
    ("a: 1\n---\nb: 1", "C104 2:1 a second document begins here; a configuration is one document"),
    ("a: 1\nb: 2\na: 3", "C105 3:1 “a” is set twice"),
    ("a: {b: 1, 'b': 2}", "C105 1:11 “b” is set twice"),
    ("a:\n  - b: 1\n    c: 2\n    b: 3", "C105 4:5 “b” is set twice"),
    ("\"\\x61\": 1\na: 2", "C105 1:1 “a” is set twice"),
    ("a:\n\tb: 1", "C102 2:1 a tab can't indent a line of YAML"),
    ("a:\n  \tb: 1", "C102 2:3 a tab can't indent a line of YAML"),
    ("# x\n\t# y", "C102 2:1 a tab can't indent a line of YAML"),
    ("-\ta: 1", "C102 1:2 a tab can't indent a line of YAML"),
    ("a: \u{7}", "C106 1:4 a control character does not belong in a configuration"),
    ("a: b\u{2028}c", "C106 1:5 a control character does not belong in a configuration"),
    ("a: \"x", "C101 1:4 this quotation mark is never closed"),
    ("a: [1, 2\nb: 3", "C101 1:4 this list in [ ] is not closed, or lacks a comma"),
    ("a: {b: 1", "C101 1:4 this mapping in { } is not closed, or lacks a comma"),
    ("é: b: c", "C101 1:5 a colon can't stand here"),
    ("a: 1\nb", "C101 2:1 this line is neither “key: value” nor “- item”"),
    ("a: @home", "C101 1:4 a value can't begin with this character"),
    ("a: - b", "C101 1:4 a list item can't begin here"),
    ("a: 1\n b: 2", "C101 2:3 a colon can't stand here"),
    ("  a: 1\n b: 2", "C101 2:2 this line does not fit the lines above it"),
    ("- a\nb: 1", "C101 2:1 this line does not fit the list above it"),
    ("message: {organisation} over", "C101 1:25 this line does not fit the lines above it"),
    ("a: \"\\q\"", "C101 1:5 this backslash in a double-quoted text means nothing"),
    ("[a]: 1", "C112 1:1 a key is a word, not a list or a mapping"),
  ])
  func `refusals are in the author's words at their place`(text: String, problem: String) {
    #expect(problems(text) == [problem])
  }

  @Test func `all of them are found, not the first`() {
    let found = problems("a: *x\na: &y 1\nb:\n\tc: !d 1").map { $0.prefix(8) }
    #expect(found == ["C104 1:4", "C105 2:1", "C104 2:4", "C102 4:1", "C104 4:5"])
  }

  @Test func `bytes that are not UTF-8 are named`() {
    let problems = Problems()
    let source = SourceText(name: "x", bytes: Array("a: b\nc: ".utf8) + [0xE9, 0x0A])
    #expect(SettingsDocument.parse(source, into: problems) == nil)
    #expect(problems.diagnostics.map { short($0, source) } == ["C106 2:4 this is not UTF-8 text"])
  }

  @Test func `32 levels are read and 33 are not`() {
    func flow(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    func block(_ levels: Int) -> String {
      (0..<levels).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n") + " 1"
    }
    for make in [flow, block] {
      #expect(reading(make(32)) { $0.depth }.value == 32)
      #expect(problems(make(33)).map { $0.prefix(4) } == ["C103"])
    }
    // A list at its key's own column is a level for the reader though not for the indentation.
    let lists = (0..<17).map { String(repeating: " ", count: 2 * $0) }.map { "\($0)a:\n\($0)-" }.joined(separator: "\n")
    #expect(problems(lists).map { $0.prefix(4) } == ["C103"])
  }
}
