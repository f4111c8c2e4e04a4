import Daemon
import Diagnostics
import RuleLanguage
import RuleLibrary
import Settings

/// `outturn help R204`, `outturn help watch`, `outturn help run_rate`: what a code means, how a clause is written, what a
/// function does.
enum HelpPage {
  /// Nil for words that are none of these.
  static func text(of words: String) -> String? {
    if let page = page(ofCode: words.uppercased()) { return page }
    switch words.lowercased() {
    case "words", "language": return listOfWords
    case "functions": return FunctionPage.list(of: .all)
    case "codes": return listOfCodes
    default: break
    }
    let function = FunctionLibrary.all.functions[words.lowercased()].map { FunctionPage($0).text }
    let pages = [Manual.page(for: words)?.helpText, function].compactMap { $0 }
    return pages.isEmpty ? nil : pages.joined(separator: "\n\n")
  }

  /// The pages that speak of a word which has none of its own, a line each; nil where there are none.
  static func mentions(of word: String) -> String? {
    let wanted = word.lowercased()
    guard wanted.count >= 3 else { return nil }
    let pages = Manual.pages.map { (name: $0.name, says: $0.summary, text: $0.helpText) }
    let functions = FunctionLibrary.all.inOrder.map { (name: $0.name, says: $0.summary, text: FunctionPage($0).text) }
    let codes = codes.map { (name: $0.code, says: $0.meaning, text: page(ofCode: $0.code) ?? "") }
    let found = (pages + functions + codes).filter { page in
      page.text.lowercased().split { !$0.isLetter && $0 != "_" }.contains { $0 == wanted }
    }
    guard !found.isEmpty else { return nil }
    let most = 12
    let lines = found.prefix(most).map { row($0.name, $0.says) }
    let rest = found.count > most ? ["  and \(found.count - most) more"] : []
    return (["\(Wording.quoted(word)) has no page of its own. These speak of it:"] + lines + rest).joined(
      separator: "\n")
  }

  /// What a person may have meant.
  static func question(_ word: String, commands: [String]) -> String? {
    let known = Set(Manual.words + FunctionLibrary.all.functions.keys + codes.map(\.code) + commands).sorted()
    if let question = Suggestion.question(word, among: known) { return question }
    // Nothing is near: what begins alike.
    let alike = known.filter { $0.count >= 4 && word.lowercased().hasPrefix($0) }
    return alike.isEmpty ? nil : "did you mean \(Wording.list(alike.map(Wording.quoted), "or"))?"
  }

  /// What a code says, for a log of findings.
  static func description(of code: String) -> SARIFRenderer.Description {
    let meaning = codes.first { $0.code == code }?.meaning ?? code
    return SARIFRenderer.Description(meaning: meaning, help: page(ofCode: code) ?? meaning)
  }

  // MARK: Codes

  private static let codes: [(code: String, meaning: String)] = {
    let rules = RuleCode.allCases.map { (code: $0.rawValue, meaning: $0.meaning) }
    let settings = SettingsCode.allCases.map { (code: $0.rawValue, meaning: $0.meaning) }
    let setups = SetupCode.allCases.map { (code: $0.rawValue, meaning: $0.meaning) }
    let documents = ExchangeCode.allCases.map { (code: $0.rawValue, meaning: $0.meaning) }
    return (rules + settings + setups + documents).sorted { $0.code < $1.code }
  }()

  private static func page(ofCode code: String) -> String? {
    if let code = RuleCode(rawValue: code) { return code.helpText }
    guard let meaning = codes.first(where: { $0.code == code })?.meaning else { return nil }
    if let page = ExchangeCode(rawValue: code)?.page {
      return HelpLayout.page(code, meaning, why: page.why, wrong: page.wrong, right: page.right)
    }
    return ConfigurationPage.page(of: code).map {
      HelpLayout.page(code, meaning, why: $0.why, wrong: $0.wrong, right: $0.right)
    }
  }

  // MARK: Lists

  private static var listOfWords: String {
    let chapters = Manual.chapters.map { chapter in
      ([chapter.title] + chapter.pages.map { row($0.name, $0.summary) }).joined(separator: "\n")
    }
    return (chapters + ["One of them in full, with an example: outturn help watch"]).joined(separator: "\n\n")
  }

  private static var listOfCodes: String {
    (codes.map { row($0.code, $0.meaning) } + ["", "One of them, with an example and what is right: outturn help R204"])
      .joined(separator: "\n")
  }

  private static func row(_ name: String, _ says: String) -> String {
    "  " + name + String(repeating: " ", count: max(2, 20 - name.count)) + says
  }
}
