/// Both from 0; the character in units of the encoding that was agreed on.
struct Position: Codable, Hashable, Comparable {
  var line: Int
  var character: Int

  static func < (a: Position, b: Position) -> Bool { (a.line, a.character) < (b.line, b.character) }
}

/// From a position to just before another.
struct TextRange: Codable, Hashable {
  var start: Position
  var end: Position
}

struct Location: Codable, Hashable {
  var uri: String
  var range: TextRange
}

struct TextEdit: Codable, Hashable {
  var range: TextRange
  var newText: String
}

struct WorkspaceEdit: Codable, Hashable {
  /// By the document's URI.
  var changes: [String: [TextEdit]]
}

struct DocumentIdentifier: Codable, Hashable {
  var uri: String
}

/// Where the cursor is.
struct CursorParams: Decodable {
  var textDocument: DocumentIdentifier
  var position: Position
}

/// A request about one document.
struct DocumentParams: Decodable {
  var textDocument: DocumentIdentifier
}

struct MarkupContent: Codable, Hashable {
  var kind = "markdown"
  var value: String

  init(_ value: String) { self.value = value }
}
