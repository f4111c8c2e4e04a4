package import Diagnostics
package import Drops
package import Finance
import RuleLanguage
import Storage

/// Everything that people wrote, read and checked together: the configuration, the rules and the register.
package struct Setup: Sendable {
  package var configuration: Configuration
  package var policy: Policy
  /// Nil where the configuration names none.
  package var register: Register?

  /// Loads what a configuration file names. All that is wrong anywhere is told at once.
  ///
  /// - Returns: no setup where the diagnostics have errors; the texts are those that they point into.
  package static func load(_ path: String) -> (setup: Setup?, diagnostics: [Diagnostic], texts: [SourceText]) {
    let (configuration, problems, text) = Configuration.load(path)
    guard let configuration else { return (nil, problems, [text]) }
    let (policy, findings, ruleTexts) = Policy.load(configuration.rules)
    let texts = [text] + ruleTexts
    var diagnostics = problems + findings.map { $0.moved(by: 1) }
    let register = configuration.register.flatMap { loadRegister($0, into: &diagnostics) }
    guard let policy, configuration.register == nil || register != nil else { return (nil, diagnostics, texts) }
    let setup = Setup(configuration: configuration, policy: policy, register: register)
    diagnostics += setup.mismatches
    return (diagnostics.hasErrors ? nil : setup, diagnostics, texts)
  }

  /// What each part says of the others: measures without a source, routes that nothing can take.
  private var mismatches: [Diagnostic] { [] }

  private static func loadRegister(_ path: String, into diagnostics: inout [Diagnostic]) -> Register? { nil }
}
