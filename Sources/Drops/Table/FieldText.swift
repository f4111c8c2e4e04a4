/// A field as its reader sees it: without quotes and padding.
enum FieldText {
  /// The bytes between the quotes and the padding, where no quote within was doubled.
  @inline(__always)
  static func trimmed(_ text: UnsafePointer<UInt8>, _ field: Range<Int>) -> Range<Int> {
    var (start, end) = (field.lowerBound, field.upperBound)
    if unsafe end - start >= 2 && text[start] == .quote && text[end - 1] == .quote {
      start += 1
      end -= 1
    }
    while unsafe start < end && isPadding(text[start]) { start += 1 }
    while unsafe start < end && isPadding(text[end - 1]) { end -= 1 }
    return unsafe Range(uncheckedBounds: (start, end))
  }

  /// The characters of a field, its doubled quotes undone and its padding (non-breaking spaces too) cut off.
  static func string(_ text: UnsafePointer<UInt8>, _ field: Range<Int>) -> String {
    let isQuoted = unsafe field.count >= 2 && text[field.lowerBound] == .quote
    let inner = unsafe trimmed(text, field)
    let bytes = unsafe UnsafeBufferPointer(start: text + inner.lowerBound, count: inner.count)
    var string = unsafe String(decoding: bytes, as: UTF8.self)
    if isQuoted { string.replace("\"\"", with: "\"") }
    let kept = string.drop { $0.isWhitespace }
    guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(kept[...last])
  }

  /// Space, tab, and the line breaks that quotes may hold.
  @inline(__always)
  static func isPadding(_ byte: UInt8) -> Bool {
    byte == .space || (byte >= .tab && byte <= .carriageReturn)
  }
}
