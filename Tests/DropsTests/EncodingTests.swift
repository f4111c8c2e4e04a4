import Drops
import Testing

@Suite struct EncodingTests {
  let workbench = DropWorkbench()
  static let source = """
    inbox: in
    columns:
      organisation: Org
      period: 2013-14 M8
      supplier: Supplier
      measures: { paid: { column: Paid, unit: £ } }
    """
  static let text = "Org,Supplier,Paid\r\n5HY,Café “Total”,£1.50\r\n5K5,Plain,2\r\n"
  static let expected = [
    "5HY 2013-14 M8 paid [supplier Café “Total”] 1.5000 ×1 @2", "5K5 2013-14 M8 paid [supplier Plain] 2.0000 ×1 @3",
  ]

  static func windows1252(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "“": 0x93
      case "”": 0x94
      default: UInt8(scalar.value)
      }
    }
  }
  static func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
    ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit in
      bigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
  }

  @Test func everyEncodingIsFoundOut() throws {
    #expect(try workbench.read(Self.text, Self.source).figures == Self.expected)
    #expect(try workbench.read("\u{FEFF}" + Self.text, Self.source).figures == Self.expected)
    #expect(try workbench.read(Self.windows1252(Self.text), Self.source).figures == Self.expected)
    for bigEndian in [false, true] {
      for mark in [false, true] {
        let bytes = Self.utf16(Self.text, bigEndian: bigEndian, mark: mark)
        #expect(try workbench.read(bytes, Self.source).figures == Self.expected)
      }
    }
  }

  @Test func aDeclaredEncodingIsHeldTo() throws {
    let latin = Self.windows1252(Self.text)
    let broken = try workbench.read(latin, Self.source + "\nencoding: utf-8")
    #expect(
      broken.problems.first.map(\.sentence) == [
        "row 2: the text is not UTF-8 at byte 27; expected a file saved as UTF-8, or `encoding: auto` or `windows-1252` in "
          + "the source"
      ])
    #expect(try workbench.read(latin, Self.source + "\nencoding: windows-1252").figures == Self.expected)
    let sixteen = try workbench.read(
      Self.utf16(Self.text, bigEndian: true, mark: true), Self.source + "\nencoding: utf-8")
    #expect(sixteen.problems.first.map(\.kind) == [.encoding])
  }

  /// UTF-8 far into the file, Windows-1252 at its end: neither is right for all of it.
  @Test(arguments: [10, 400_000]) func aFileThatMixesEncodingsIsRefused(rows: Int) throws {
    var bytes = Array("Org,Supplier,Paid\n5HY,Café,1\n".utf8)
    for _ in 0..<rows { bytes += Array("5K5,x,1\n".utf8) }
    bytes += Self.windows1252("5HY,Café,1\n")
    let reading = try workbench.read(bytes, Self.source + "\nrepeated_rows: add")
    #expect(reading.problems.first.map(\.kind) == [.encoding])
    #expect(reading.problems.first.first?.row == rows + 3)
    let reversed = Self.windows1252("Org,Supplier,Paid\n5HY,Café,1\n") + Array("5HY,Café,1\n".utf8)
    #expect(try workbench.read(reversed, Self.source).outcome == .rejected)
  }

  /// A character cut by the end of the file, or by the end of a piece of it.
  @Test func charactersAreWholeAtEveryEdge() throws {
    #expect(
      try workbench.read(Self.windows1252("Org,Paid,Supplier\n5HY,1,Café"), Self.source).figures
        == ["5HY 2013-14 M8 paid [supplier Café] 1.0000 ×1 @2"])
    var cut = Array("Org,Paid,Supplier\n5HY,1,Café".utf8)
    cut.removeLast()
    #expect(try workbench.read(cut, Self.source + "\nencoding: utf-8").problems.first.map(\.kind) == [.encoding])
    // Two-byte characters over every edge of the pieces that a file is read in.
    var long = Array("Org,Supplier,Paid\n".utf8)
    for row in 0..<200_000 { long += Array("5HY,\(row.isMultiple(of: 2) ? "é" : "éa"),1\n".utf8) }
    let reading = try workbench.read(long, Self.source + "\nrepeated_rows: add")
    #expect(
      reading.figures == [
        "5HY 2013-14 M8 paid [supplier é] 100000.0000 ×100000 @2",
        "5HY 2013-14 M8 paid [supplier éa] 100000.0000 ×100000 @3",
      ])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func everyLineBreakEndsARow(lineBreak: String) throws {
    let text = "Org,Supplier,Paid\n5HY,\"two\nlines\",1\n\n5K5,b,2"
    let written = text.replacing("\n", with: lineBreak)
    #expect(
      try workbench.read(written, Self.source).figures == [
        "5HY 2013-14 M8 paid [supplier two\(lineBreak)lines] 1.0000 ×1 @2",
        "5K5 2013-14 M8 paid [supplier b] 2.0000 ×1 @4",
      ])
  }

  @Test(arguments: [";", "\t", "|", ","]) func theSeparatorIsFoundOut(separator: String) throws {
    let text = "notes of no interest\nOrg,Supplier,Paid\n5HY,a,1\n".replacing(",", with: separator)
    #expect(try workbench.read(text, Self.source).figures == ["5HY 2013-14 M8 paid [supplier a] 1.0000 ×1 @3"])
  }
}
