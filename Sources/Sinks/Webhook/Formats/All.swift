import Diagnostics

/// Every webhook format there is.
package enum AllFormats {
  package static let list: [any WebhookFormat.Type] = [
    OutturnFormat.self,
    SlackFormat.self,
  ]

  package static func named(_ name: String) -> (any WebhookFormat.Type)? {
    list.first { $0.name == name }
  }
}

func unknownFormat(_ name: String) -> String {
  "there is no webhook format \(Wording.quoted(name)), only \(Wording.list(AllFormats.list.map { $0.name }))"
}

func suggestedFormat(_ name: String) -> String? {
  Suggestion.question(name, among: AllFormats.list.map { $0.name })
}
