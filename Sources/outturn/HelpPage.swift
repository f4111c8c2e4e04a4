import Daemon
import Diagnostics
import RuleLanguage
import RuleLibrary
import Settings

/// `outturn help R204`, `outturn help run_rate`, `outturn help functions`: what a code means, what a function does.
enum HelpPage {
  /// Nil for a word that is none of these; it is then the name of a command.
  static func text(of word: String) -> String? {
    if let code = RuleCode(rawValue: word) { return code.helpText }
    if let meaning = meaning(of: word) { return "\(word): \(meaning)" }
    if word == "functions" { return FunctionPage.list(of: .all) }
    return FunctionLibrary.all.functions[word].map { FunctionPage($0).text }
  }

  /// What a code says, for a log of findings.
  static func description(of code: String) -> SARIFRenderer.Description {
    let meaning = meaning(of: code) ?? code
    return SARIFRenderer.Description(meaning: meaning, help: text(of: code) ?? meaning)
  }

  private static func meaning(of code: String) -> String? {
    RuleCode(rawValue: code)?.meaning ?? ExchangeCode(rawValue: code)?.meaning ?? SettingsCode(rawValue: code)?.meaning
      ?? SetupCode(rawValue: code)?.meaning
  }
}
