/// The words of the language, in one place: what may not be a name, and what the parser suggests.
package enum Words {
  package static let declarations = ["currency", "year", "measure", "dimension", "table", "let", "rule", "test"]
  package static let aggregates = ["count", "share", "sum", "mean", "median", "lowest", "highest", "names"]
  /// What people write who mean one of them.
  static let synonymsOfAggregates = [
    "average": ["mean"], "avg": ["mean"], "max": ["highest"], "maximum": ["highest"], "min": ["lowest"],
    "minimum": ["lowest"], "total": ["sum"], "percentage": ["share"], "proportion": ["share"], "middle": ["median"],
    "list": ["names"], "worst": ["names"], "top": ["names"],
  ]
  /// What people write who mean a clause of another name.
  static let synonymsOfClauses = [
    "orange": ["amber"], "yellow": ["amber"], "warning": ["amber", "info"], "warn": ["amber", "info"],
    "critical": ["red"], "high": ["red"], "foreach": ["for each"], "when": ["only when", "red when"],
    "where": ["only when"], "if": ["only when", "if unknown"], "description": ["detail"], "title": ["message"],
    "text": ["message"], "alert": ["message"], "contact": ["owner"], "monitor": ["watch"], "measure": ["watch"],
    "threshold": ["red above"], "ignore": ["suppress when"], "exclude": ["suppress when"], "resolve": ["clears"],
    "from": ["effective from"],
  ]
  /// What people say for comparisons.
  static let comparisonsInWords = [
    "exceeds": ">", "exceed": ">", "above": ">", "greater": ">", "more": ">", "higher": ">", "below": "<", "less": "<",
    "lower": "<", "under": "<", "fewer": "<", "equals": "=", "equal": "=",
  ]
  /// What people write for a figure that was not returned.
  static let unknowns: Set<String> = ["missing", "unknown", "null", "none", "nil", "blank", "empty", "na", "nan"]
  static let numbers = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]
  /// What people call what the register and every rule set have.
  static let synonymsOfNames = [
    "department": ["organisation"], "organization": ["organisation"], "org": ["organisation"], "body": ["organisation"],
    "entity": ["organisation"], "trust": ["organisation"], "council": ["organisation"], "agency": ["organisation"],
    "directorate": ["organisation"], "supplier": ["organisation"], "name": ["organisation"], "unit": ["organisation"],
    "id": ["code"], "type": ["kind"], "area": ["region"], "date": ["period"], "month": ["period"], "year": ["period"],
    "value": ["watched"], "result": ["watched"], "it": ["watched"],
  ]
  package static let relations = ["children", "peers", "predecessors", "successors"]
  package static let operators = ["and", "or", "not", "is", "in", "between", "where", "true", "false"]
  /// Words before a parenthesis that do not make it an argument list.
  static let joining = operators + ["over", "by", "when", "watch", "above", "below", "least", "most", "outside", "to"]
  package static let clauses = [
    "for each", "overall", "effective", "let", "only when", "watch", "info", "amber", "red", "coverage", "persists for",
    "clears", "if unknown", "suppress when", "message", "detail", "runbook", "owner", "label",
  ]
  /// What starts a line of a test.
  package static let testLines = ["given", "absent", "drop", "expect"]
  /// What a test may expect.
  package static let states = [
    "quiet", "pending", "info", "amber", "red", "unknown", "stale", "suppressed", "withdrawn", "closed",
  ]
  /// What a test may say of cells that a return leaves out.
  package static let absences = ["unknown", "zero", "unchanged"]
  /// The first word of each clause.
  static let clauseStarts = clauses.map { $0.split(separator: " ").first.map(String.init) ?? $0 }
  /// What people say for `above` and `below`.
  static let bandSynonyms = [
    "over": "above", "more": "above", "greater": "above", "exceeds": "above", "exceeding": "above", "beyond": "above",
    "under": "below", "less": "below", "fewer": "below",
  ]
  package static let severities = ["info", "amber", "red"]
  package static let formats = [
    "signed", "words", "over_under", "0dp", "1dp", "2dp", "3dp", "4dp", "5dp", "6dp", "k", "m", "bn",
  ]
  package static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  /// What a currency code, a unit or a clause is written with beside those: words that are no names where they stand.
  private static let connecting = [
    "starts", "in", "money", "count", "ratio", "unit", "price", "number", "period", "periods", "year", "date", "full",
    "end", "at", "reference", "adverse", "high", "low", "every", "month", "quarter", "by", "over", "anywhere", "same",
    "above", "below", "least", "most", "outside", "to", "until", "because", "hold", "raise", "clear", "formerly",
    "otherwise", "from", "first", "as", "of", "with", "sizes",
  ]
  /// Every word that the language itself says, one by one.
  package static let keywords = Set(
    (declarations + clauses + operators + testLines + states + months + relations + connecting)
      .flatMap { $0.split(separator: " ").map(String.init) })

  /// What the program itself announces things under: no rule has these names.
  static let reports: Set<String> = [
    "drop_rejected", "drop_held", "reload_failed", "rules_changed", "return_late", "data_gap",
  ]
  /// What a name may never be, beside the functions of the library.
  static let reserved = Set(declarations + aggregates + relations + operators)

  /// Why a word cannot be a name, in a sentence; nil where it can.
  package static func refusal(of name: String, library: FunctionLibrary) -> String? {
    if reserved.contains(name) || library.functions[name] != nil {
      return "`\(name)` is a word of the language and cannot be a name"
    }
    let isWhole = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "_")
    }
    guard isWhole, Parser.isName(name), name.utf8.count <= longestName else {
      return "a name is of small letters, digits and `_`, a letter first"
    }
    return nil
  }

  private static let longestName = 200
}
