/// The words of the language, in one place: what may not be a name, and what the parser suggests.
enum Words {
  static let declarations = ["currency", "year", "measure", "dimension", "table", "let", "rule", "test"]
  static let aggregates = ["count", "share", "sum", "mean", "median", "lowest", "highest", "names"]
  /// What people write who mean one of them.
  static let synonymsOfAggregates = [
    "average": ["mean"], "avg": ["mean"], "max": ["highest"], "maximum": ["highest"], "min": ["lowest"],
    "minimum": ["lowest"], "total": ["sum"], "percentage": ["share"], "proportion": ["share"], "middle": ["median"],
    "list": ["names"], "worst": ["names"], "top": ["names"],
  ]
  static let relations = ["children", "peers", "predecessors", "successors"]
  static let operators = ["and", "or", "not", "is", "in", "between", "where", "true", "false"]
  /// Words before a parenthesis that do not make it an argument list.
  static let joining = operators + ["over", "by", "when", "watch", "above", "below", "least", "most", "outside", "to"]
  static let clauses = [
    "for each", "overall", "effective", "let", "only when", "watch", "info", "amber", "red", "coverage", "persists for",
    "clears", "if unknown", "suppress when", "message", "detail", "runbook", "owner", "label",
  ]
  /// What starts a line of a test.
  static let testLines = ["given", "drop", "expect"]
  /// What a test may expect.
  static let states = ["quiet", "pending", "info", "amber", "red", "unknown", "suppressed", "withdrawn", "closed"]
  /// The first word of each clause.
  static let clauseStarts = clauses.map { $0.split(separator: " ").first.map(String.init) ?? $0 }
  /// What people say for `above` and `below`.
  static let bandSynonyms = [
    "over": "above", "more": "above", "greater": "above", "exceeds": "above", "exceeding": "above", "beyond": "above",
    "under": "below", "less": "below", "fewer": "below",
  ]
  static let severities = ["info", "amber", "red"]
  static let formats = [
    "signed", "words", "over_under", "0dp", "1dp", "2dp", "3dp", "4dp", "5dp", "6dp", "k", "m", "bn",
  ]
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  /// What the program itself announces things under: no rule has these names.
  static let reports: Set<String> = ["drop_rejected", "drop_held", "reload_failed", "rules_changed", "data_gap"]
  /// What a name may never be, beside the functions of the library.
  static let reserved = Set(declarations + aggregates + relations + operators)
}
