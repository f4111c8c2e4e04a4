struct CompletionItem: Encodable {
  enum Kind: Int, Encodable {
    case function = 3
    case field = 5
    case variable = 6
    case property = 10
    case value = 12
    case keyword = 14
    case snippet = 15
    case enumMember = 20
    case structure = 22
    case event = 23
  }

  var label: String
  var kind: Kind
  var detail: String?
  var documentation: MarkupContent?
  /// The nearer it fits, the earlier.
  var sortText: String?
  var filterText: String?
  /// 2 where the text has places to fill in.
  var insertTextFormat: Int?
  var textEdit: TextEdit
}

struct CompletionList: Encodable {
  var isIncomplete = false
  var items: [CompletionItem]
}

struct CompletionOptions: Encodable {
  var triggerCharacters = ["\"", "{", "|", ".", "[", "("]
}

struct SignatureOptions: Encodable {
  var triggerCharacters = ["(", ","]
}
