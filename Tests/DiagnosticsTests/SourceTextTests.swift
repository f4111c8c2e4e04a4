import Diagnostics
import Testing

@Suite struct SourceTextTests {
  @Test(arguments: [
    ("a\nbc", 3, 2, 2), ("a\r\nbc", 4, 2, 2), ("a\rbc", 3, 2, 2), ("a\n\nb", 2, 2, 1), ("a\n", 2, 2, 1),
    ("", 0, 1, 1), ("\ta", 1, 1, 2), ("£5", 2, 1, 2), ("e\u{301}x", 3, 1, 2), ("👩‍👧x", 11, 1, 2), ("abc", 99, 1, 4),
    ("\u{FEFF}ab", 4, 1, 2), ("\u{FEFF}ab", 0, 1, 1),
  ])
  func `counts lines and characters as a person does`(text: String, offset: Int32, line: Int, column: Int) {
    #expect(SourceText(name: "x", text).place(of: offset) == Place(line: line, column: column))
  }

  @Test func `broken UTF-8 is counted, never a crash`() {
    let bytes: [UInt8] = [0xFF, 0xC3, 0x28, 0xE2, 0x82, 0x0A, 0x80, 0x41]
    let text = SourceText(name: "x", bytes: bytes)
    for offset in 0...bytes.count { #expect(text.place(of: Int32(offset)).line == (offset < 6 ? 1 : 2)) }
    #expect(text.place(of: 8) == Place(line: 2, column: 3))
  }

  @Test func `lines are without their ends and the byte order mark`() {
    let text = SourceText(name: "x", "\u{FEFF}one\r\ntwo\n\nfour")
    let lines = (1...text.lineCount).map { String(decoding: text.bytes[text.lineRange($0)], as: UTF8.self) }
    #expect(lines == ["one", "two", "", "four"])
  }
}
