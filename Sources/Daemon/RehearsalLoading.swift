package import Diagnostics
package import Evaluation
package import Finance
import Foundation
package import RuleLanguage

extension Rehearsal {
  /// Where the parts of a rehearsal are: what a configuration names, or others in place of them.
  package struct Places: Sendable {
    /// Nil where none is to be read; the ledger and the rules are then named.
    package var configuration: String?
    package var ledger: String?
    /// A folder of rules.
    package var rules: String?
    package var register: String?

    package init(configuration: String?, ledger: String? = nil, rules: String? = nil, register: String? = nil) {
      self.configuration = configuration
      self.ledger = ledger
      self.rules = rules
      self.register = register
    }
  }

  /// All that rules hang on beside their own text, and the ledger that they are to be run over.
  package struct Grounds: Sendable {
    package var ledger: String
    /// The folder that rules are in.
    package var rules: String
    package var register: Register?
    package var traits: [String: MeasureTraits]
    /// For what is due when, and where which measure comes from; nil without a configuration.
    package var configuration: Configuration?

    /// In which the days are counted on which something came.
    var timeZone: TimeZone { configuration?.timeZone ?? .gmt }

    /// What rules may ask of organisations: what the register says of them, and nothing where the configuration names
    /// none. The usual attributes, for nil.
    package var attributes: [String]? {
      register.map(\.attributes) ?? configuration.map { _ in [] }
    }
  }

  /// Reads what the places name, without the rules.
  ///
  /// - Returns: nothing where the diagnostics have errors; the texts are those that they point into.
  package static func grounds(_ places: Places) -> (Grounds?, diagnostics: [Diagnostic], texts: [SourceText]) {
    var configuration: Configuration?
    var diagnostics: [Diagnostic] = []
    var texts: [SourceText] = []
    if let path = places.configuration {
      let text: SourceText
      (configuration, diagnostics, text) = Configuration.load(path)
      texts = [text]
      if configuration == nil { return (nil, diagnostics, texts) }
    }
    var register: Register?
    if let path = places.register ?? configuration?.register {
      let flaws: [Diagnostic]
      (register, flaws) = Setup.loadRegister(path)
      diagnostics += flaws
    }
    guard !diagnostics.hasErrors, let ledger = places.ledger ?? configuration?.ledger,
      let rules = places.rules ?? configuration?.rules
    else { return (nil, diagnostics, texts) }
    let grounds = Grounds(
      ledger: ledger, rules: rules, register: register, traits: configuration?.traits ?? [:],
      configuration: configuration)
    return (grounds, diagnostics, texts)
  }

  /// The rules of a folder on these grounds.
  package static func load(
    rules folder: String, on grounds: Grounds
  ) -> (rehearsal: Rehearsal?, diagnostics: [Diagnostic], texts: [SourceText]) {
    let (program, findings, texts) = Policy.load(folder, attributes: grounds.attributes)
    return (program.map { Rehearsal(program: $0, on: grounds) }, findings, texts)
  }

  package init(program: Program, on grounds: Grounds) {
    self.init(
      program: program, register: grounds.register ?? .whoeverReports, traits: grounds.traits,
      timeZone: grounds.timeZone)
  }
}
