struct Hover: Encodable {
  var contents: MarkupContent
  var range: TextRange?
}

struct DocumentSymbol: Encodable {
  enum Kind: Int, Encodable {
    case method = 6
    case field = 8
    case enumeration = 10
    case function = 12
    case variable = 13
    case structure = 23
  }
  var name: String
  var detail: String?
  var kind: Kind
  var range: TextRange
  var selectionRange: TextRange
  var children: [DocumentSymbol]?
}

struct ReferenceParams: Decodable {
  struct Context: Decodable { var includeDeclaration: Bool }
  var textDocument: DocumentIdentifier
  var position: Position
  var context: Context?

  var cursor: CursorParams { CursorParams(textDocument: textDocument, position: position) }
}

struct DocumentHighlight: Encodable {
  var range: TextRange
}

struct RenameParams: Decodable {
  var textDocument: DocumentIdentifier
  var position: Position
  var newName: String

  var cursor: CursorParams { CursorParams(textDocument: textDocument, position: position) }
}

struct RenamePreparation: Encodable {
  var range: TextRange
  var placeholder: String
}

struct CodeActionParams: Decodable {
  struct Context: Decodable { var only: [String]? }
  var textDocument: DocumentIdentifier
  var range: TextRange
  var context: Context?
}

struct CodeAction: Encodable {
  var title: String
  var kind: String
  var diagnostics: [PublishedDiagnostic]?
  var isPreferred: Bool?
  var edit: WorkspaceEdit
}

struct SignatureHelp: Encodable {
  struct Signature: Encodable {
    struct Parameter: Encodable { var label: String }
    var label: String
    var documentation: MarkupContent
    var parameters: [Parameter]
  }
  var signatures: [Signature]
  var activeSignature = 0
  var activeParameter: Int
}
