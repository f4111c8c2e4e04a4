import Daemon
import Diagnostics
import RuleLanguage
import RuleLibrary
import Settings

/// `outturn help R204`, `outturn help run_rate`: what a code means, what a function does.
enum HelpPage {
  /// Nil for a word that is neither; it is then the name of a command.
  static func text(of word: String) -> String? {
    if let meaning = meaning(of: word) { return "\(word): \(meaning)" }
    return FunctionLibrary.all.functions[word].map(page)
  }

  /// What a code says, for a log of findings.
  static func description(of code: String) -> SARIFRenderer.Description {
    let meaning = meaning(of: code) ?? code
    return SARIFRenderer.Description(meaning: meaning, help: text(of: code) ?? meaning)
  }

  private static func meaning(of code: String) -> String? {
    RuleCode(rawValue: code)?.meaning ?? ExchangeCode(rawValue: code)?.meaning ?? SettingsCode(rawValue: code)?.meaning ?? SetupCode(rawValue: code)?.meaning
  }

  private static func page(_ function: RuleFunction) -> String {
    var lines = [function.signature, "  \(function.summary)", "  \(function.formula)", "  Source: \(function.source)"]
    for example in function.examples {
      let figures = example.given.flatMap { given in
        given.values.sorted { $0.key < $1.key }.map { "\($0.value) at \($0.key)" }
      }
      lines.append("  \(example.expression) with \(Wording.list(figures)) gives \(example.gives) at \(example.at)")
    }
    return lines.joined(separator: "\n")
  }
}
