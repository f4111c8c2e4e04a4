import Alerting
package import Diagnostics
import Drops
package import Finance
import Hashing
import Routing
package import RuleLanguage
import Settings
import Storage

/// Everything that people wrote, read and checked together: the configuration, the register and the rules.
package struct Setup: Sendable {
  package var configuration: Configuration
  /// Nil where the configuration names none.
  package var register: Register?
  package var program: Program

  /// What the standing of alerts hangs on beside the ledger: the rules and the register.
  package var identity: String {
    let bodies = (register?.rows ?? []).map(\.identity).sorted().joined(separator: "\n")
    return hexadecimal(SHA256.digest(of: program.version + "\n" + bodies))
  }

  /// Loads what a configuration file names. All that is wrong anywhere is told at once.
  ///
  /// - Returns: no setup where the diagnostics have errors; the texts are those that they point into.
  package static func load(_ path: String) -> (setup: Setup?, diagnostics: [Diagnostic], texts: [SourceText]) {
    let read = read(path)
    return (read.setup, read.diagnostics, read.texts)
  }

  /// What came of reading all that a configuration names.
  struct Read {
    var setup: Setup?
    var diagnostics: [Diagnostic]
    var texts: [SourceText]
    /// Where the configuration could be read.
    var configuration: Configuration?
    /// Its texts are those behind the first one, which is the configuration's; a register's with faults is the last.
    var rules: RuleSet.Loaded?
  }

  static func read(_ path: String) -> Read {
    let (configuration, problems, text) = Configuration.load(path)
    guard let configuration else { return Read(diagnostics: problems, texts: [text]) }
    let places = configuration.places
    let register = configuration.register.map(RegisterReading.init)
    let (files, unreadable) = Policy.read(configuration.rules)
    let rules = files.isEmpty ? nil : Policy.check(files, attributes: register?.attributes ?? [])
    var read = Read(
      diagnostics: problems, texts: [text] + (rules?.texts ?? []), configuration: configuration, rules: rules)
    if let register {
      // Behind the rules' texts, which stand where the rules' findings look for them.
      read.diagnostics += register.diagnostics(at: places.place(of: ["register"]), text: read.texts.count)
      read.texts += register.text.map { [$0] } ?? []
    }
    read.diagnostics += unreadable.map { $0.at(places.place(of: ["rules"])) }
    read.diagnostics += (rules?.diagnostics ?? []).map { $0.moved(by: 1) }
    guard let program = rules?.program, !read.diagnostics.hasErrors else { return read }
    let setup = Setup(configuration: configuration, register: register?.register, program: program)
    read.diagnostics += setup.mismatches
    read.setup = read.diagnostics.hasErrors ? nil : setup
    return read
  }

  /// A setting of a source.
  func place(of source: SourceSettings, _ path: String...) -> Span? {
    configuration.places.place(of: ["sources", source.name] + path)
  }

  /// Dimensions that no rule file declares, and those that a measure has and its source does not feed: either way its slices
  /// would be empty without a word.
  private func dimensionMismatches(of source: SourceSettings) -> [Diagnostic] {
    let fed = source.dimensions.map(\.name)
    let unknown = fed.filter { !program.dimensions.contains($0) }.map { name in
      SetupCode.dimensionUndeclared.diagnostic(
        "the source \(source.name) reads a dimension \(Wording.quoted(name)) that no rule file declares",
        at: place(of: source, "columns", name),
        fix: Suggestion.question(name, among: program.dimensions) ?? "dimension \(name)")
    }
    let missing = program.measures.filter { source.measures.names.contains($0.name) }.flatMap { measure in
      measure.dimensions.filter { !fed.contains($0) }.map { name in
        SetupCode.dimensionNotFed.diagnostic(
          "the measure \(measure.name) is declared by \(name), but the source \(source.name) has no column for that",
          at: place(of: source, "columns"), fix: "under columns:  \(name): the heading of its column")
      }
    }
    return unknown + missing
  }

  /// Amounts in another currency than that of the rules: nothing is converted, so that they would be taken for it.
  private func currencyMismatches(of source: SourceSettings) -> [Diagnostic] {
    source.measures.figures.compactMap { figure in
      guard case .amount(let unit) = figure.unit, let currency = unit.currency, currency.code != program.currency
      else { return nil }
      return SetupCode.currencyOther.diagnostic(
        "the source \(source.name) reads \(figure.measure) in \(currency.code), and the rules are in \(program.currency)",
        at: place(of: source, "columns", "measures", figure.measure),
        fix: "a unit of \(program.currency): nothing is converted")
    }
  }

  /// What `check`, the start of the daemon and an explanation say.
  package static let withoutRegister = SetupCode.noRegister.warning(
    "no register is configured: whoever returns anything is taken for an organisation, under the code that its rows have; "
      + "a misspelt code is a new one, rules can't ask for a kind or a region, and one that never returns is not missed",
    fix: "register: organisations.csv, with the columns code, name, kind and region")

  /// What one part says that another does not know: measures that no rule file declares, a measure of two sources, routes
  /// that nothing could ever take.
  private var mismatches: [Diagnostic] {
    var found: [Diagnostic] = []
    var sources: [String: String] = [:]
    let declared = Set(program.measures.map(\.name))
    for source in configuration.sources {
      for measure in source.measures.names.sorted() {
        if !declared.contains(measure) {
          found.append(
            SetupCode.measureUndeclared.diagnostic(
              "the source \(source.name) reads a measure \(Wording.quoted(measure)) that no rule file declares",
              at: place(of: source, "columns", "measures", measure),
              fix: Suggestion.question(measure, among: declared) ?? "measure \(measure) money full year"))
        }
        if let other = sources.updateValue(source.name, forKey: measure) {
          found.append(
            SetupCode.measureOfTwoSources.diagnostic(
              "the measure \(Wording.quoted(measure)) has two sources, \(other) and \(source.name)",
              at: place(of: source, "columns", "measures", measure),
              fix: "one measure has one source, or each would restate the other"))
        }
      }
    }
    found += configuration.sources.flatMap(dimensionMismatches)
    found += configuration.sources.flatMap(senderMismatches) + deadlineMismatches
    found += configuration.sources.flatMap(currencyMismatches)
    if register == nil { found.append(Self.withoutRegister.at(configuration.places.place(of: ["sources"]))) }
    let labels = program.rules.flatMap { $0.labels.map(\.name) }
    return found
      + configuration.routes.unreachable(
        rules: program.rules.map(\.name) + Report.allCases.map(\.rawValue),
        keys: labels + (register?.attributes ?? []) + program.dimensions + ["source"])
  }
}

extension Organisation {
  /// All that the register says of it, in one order.
  fileprivate var identity: String {
    let attributes = attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let dates = [from, to].map { $0?.description ?? "" }
    return ([code, name, parent ?? ""] + dates + successors + attributes).joined(separator: "\u{1F}")
  }
}

extension Diagnostic {
  /// The same at a place, where it has none.
  func at(_ place: Span?) -> Diagnostic {
    var placed = self
    placed.primary = primary ?? place.map { Label($0) }
    return placed
  }
}
