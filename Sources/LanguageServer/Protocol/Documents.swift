struct DidOpenParams: Decodable {
  struct Item: Decodable {
    var uri: String
    var version: Int
    var text: String
  }
  var textDocument: Item
}

struct DidChangeParams: Decodable {
  struct Item: Decodable {
    var uri: String
    var version: Int?
  }
  struct Change: Decodable {
    /// Nil where the text is the whole document.
    var range: TextRange?
    var text: String
  }
  var textDocument: Item
  var contentChanges: [Change]
}

struct WatchedFilesParams: Decodable {
  struct Change: Decodable { var uri: String }
  var changes: [Change]
}

struct WorkspaceFoldersParams: Decodable {
  struct Event: Decodable {
    var added: [InitializeParams.Folder]
    var removed: [InitializeParams.Folder]
  }
  var event: Event
}

struct CancelParams: Decodable {
  var id: RequestID
}

struct PublishDiagnosticsParams: Encodable {
  var uri: String
  var version: Int?
  var diagnostics: [PublishedDiagnostic]
}

struct PublishedDiagnostic: Codable, Hashable {
  struct Related: Codable, Hashable {
    var location: Location
    var message: String
  }

  var range: TextRange
  /// 1 error, 2 warning.
  var severity: Int
  var code: String?
  var source: String?
  var message: String
  /// 1 unused.
  var tags: [Int]?
  var relatedInformation: [Related]?
}
