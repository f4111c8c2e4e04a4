import Diagnostics

/// A file that the editor has open: what stands in its buffer, saved or not.
struct Document {
  /// As the editor writes it.
  let uri: String
  private(set) var version: Int?
  private(set) var text: SourceText

  init(uri: String, version: Int, text: String) {
    self.uri = uri
    self.version = version
    self.text = SourceText(name: FileAddress.path(of: uri) ?? uri, text)
  }

  mutating func apply(_ changes: [DidChangeParams.Change], version: Int?, _ encoding: PositionEncoding) {
    for change in changes {
      var bytes = text.bytes
      if let range = change.range {
        let start = text.offset(of: range.start, encoding)
        let end = max(start, text.offset(of: range.end, encoding))
        bytes.replaceSubrange(start..<end, with: change.text.utf8)
      } else {
        bytes = Array(change.text.utf8)
      }
      text = SourceText(name: text.name, bytes: bytes)
    }
    self.version = version
  }
}
