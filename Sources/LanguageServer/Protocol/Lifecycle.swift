/// What an editor says of itself and of what it wants opened.
struct InitializeParams: Decodable {
  struct Folder: Decodable { var uri: String }

  struct Capabilities: Decodable {
    struct General: Decodable { var positionEncodings: [String]? }
    struct Workspace: Decodable {
      struct Watching: Decodable { var dynamicRegistration: Bool? }
      var didChangeWatchedFiles: Watching?
    }
    struct TextDocument: Decodable {
      struct Completion: Decodable {
        struct Item: Decodable { var snippetSupport: Bool? }
        var completionItem: Item?
      }
      var completion: Completion?
    }
    var general: General?
    var workspace: Workspace?
    var textDocument: TextDocument?
  }

  /// The outturn settings of the editor.
  struct Options: Decodable {
    /// A configuration of the daemon, whose ledger and register supply values.
    var config: String?
    /// A ledger's database, in place of the configuration's.
    var ledger: String?
  }

  var rootUri: String?
  var workspaceFolders: [Folder]?
  var capabilities: Capabilities?
  var initializationOptions: Options?
}

struct InitializeResult: Encodable {
  struct Information: Encodable {
    var name = "outturn"
    var version: String
  }
  var capabilities: ServerCapabilities
  var serverInfo: Information
}

struct ServerCapabilities: Encodable {
  struct Synchronisation: Encodable {
    struct Save: Encodable { var includeText = false }
    var openClose = true
    /// Incremental.
    var change = 2
    var save = Save()
  }

  struct Renaming: Encodable { var prepareProvider = true }
  struct Actions: Encodable { var codeActionKinds = ["quickfix", "source.fixAll"] }

  var positionEncoding: String
  var textDocumentSync = Synchronisation()
  var hoverProvider = true
  var completionProvider = CompletionOptions()
  var signatureHelpProvider = SignatureOptions()
  var documentFormattingProvider = true
  var definitionProvider = true
  var referencesProvider = true
  var documentHighlightProvider = true
  var documentSymbolProvider = true
  var renameProvider = Renaming()
  var codeActionProvider = Actions()
  var semanticTokensProvider = SemanticTokens.Options()
}

/// Asks the editor to tell of files that change beside those that it has open.
struct Registrations: Encodable {
  struct Registration: Encodable {
    struct Options: Encodable {
      struct Watcher: Encodable { var globPattern: String }
      var watchers: [Watcher]
    }
    var id: String
    var method: String
    var registerOptions: Options
  }
  var registrations: [Registration]

  static let watchedFiles = Registrations(registrations: [
    Registration(
      id: "files", method: "workspace/didChangeWatchedFiles",
      registerOptions: .init(watchers: ["**/*.rules", "**/*.csv"].map { .init(globPattern: $0) }))
  ])
}

struct ShownMessage: Encodable {
  /// A warning.
  var type = 2
  var message: String
}
