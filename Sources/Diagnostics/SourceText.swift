/// A text that a person wrote, by the name they know it by (a path as they gave it), for messages that point into it.
package struct SourceText: Hashable, Sendable {
  package let name: String
  package let bytes: [UInt8]
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// A stretch of bytes in one of the texts under examination.
@frozen
package struct Span: Hashable, Sendable {
  /// An index into the list of texts that goes with the diagnostics.
  package var text: Int32
  package var start: Int32
  package var end: Int32
  @inlinable package init(text: Int32, start: Int32, end: Int32) {
    self.text = text
    self.start = start
    self.end = end
  }
}
