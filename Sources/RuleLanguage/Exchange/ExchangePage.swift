/// What `outturn help J103` shows beside the code's meaning: one declaration of a document.
package struct ExchangePage: Sendable {
  /// What goes wrong where nobody minds it.
  package var why: String
  package var wrong: String
  package var right: String

  /// An example in a document of rules.
  package func document(_ declaration: String) -> String {
    """
    {
      "schema": "outturn.rules/1",
      "files": [
        {
          "name": "example.rules",
          "declarations": [
            { "currency": "GBP" },
            { "year_starts_in": "April" },
            \(declaration),
            {
              "rule": "example",
              "title": "An example",
              "clauses": [
                { "for_each": ["organisation"] },
                { "red": { "when": "budget > £5m" } },
                { "message": "{organisation}" }
              ]
            }
          ]
        }
      ]
    }
    """
  }
}

extension ExchangeCode {
  package var page: ExchangePage {
    let right = #"{ "measure": "budget", "type": "money", "basis": "full year" }"#
    return switch self {
    case .malformed:
      ExchangePage(
        why:
          "JSON has a comma between any two entries and none behind the last, and its texts stand in double quotation marks.",
        wrong: #"{ "measure": "budget", "type": "money" "basis": "full year" }"#, right: right)
    case .unknownKey:
      ExchangePage(
        why: "A misspelt key would be one that is not there. `outturn rules schema` has all of them.",
        wrong: #"{ "measure": "budget", "type": "money", "basis": "full year", "title": "Budget", "adverce": "high" }"#,
        right: #"{ "measure": "budget", "type": "money", "basis": "full year", "title": "Budget", "adverse": "high" }"#)
    case .missingKey:
      ExchangePage(
        why: "There is nothing that could be taken in its place without guessing.",
        wrong: #"{ "measure": "budget", "basis": "full year" }"#, right: right)
    case .wrongKind:
      ExchangePage(
        why:
          "A list stands in brackets, an object in braces, a text in quotation marks; numbers of rules are texts too, with their units.",
        wrong: #"{ "measure": ["budget"], "type": "money", "basis": "full year" }"#, right: right)
    case .badValue:
      ExchangePage(
        why:
          "A text says here what a word of the language, a name or a literal says in a rule file, and is written as there.",
        wrong: #"{ "measure": "budget", "type": "cash", "basis": "full year" }"#, right: right)
    }
  }
}
