import Diagnostics
import Drops
import Evaluation
import Finance
import RuleLanguage
import Settings

// What the sources say of due returns, held against the register and the rules.

extension Setup {
  /// Senders that the register does not know: they would be waited for in vain, or by nobody.
  func senderMismatches(of source: SourceSettings) -> [Diagnostic] {
    switch source.expects {
    case .everyone: []
    case .codes(let codes):
      register.map { register in
        codes.filter { register.organisation($0) == nil }.map { code in
          SetupCode.senderUnknown.diagnostic(
            "the source \(source.name) expects \(Wording.quoted(code)), which is not on the register",
            at: place(of: source, "expects"),
            fix: Suggestion.question(code, among: register.codes) ?? "the code of an organisation on the register")
        }
      } ?? []
    case .matching(let conditions): conditions.compactMap { mismatch(of: source, $0) }
    }
  }

  private func mismatch(of source: SourceSettings, _ condition: ExpectedSenders.Condition) -> Diagnostic? {
    guard let register else {
      return SetupCode.senderUnknown.diagnostic(
        "the source \(source.name) expects organisations by their \(condition.attribute), and there is no register",
        at: place(of: source, "expects"),
        fix: "register: organisations.csv, or list their codes")
    }
    let attributes = register.attributes + ["parent"]
    guard attributes.contains(condition.attribute) else {
      return SetupCode.senderUnknown.diagnostic(
        "the source \(source.name) expects organisations by \(Wording.quoted(condition.attribute)), which is no column of the register",
        at: place(of: source, "expects"),
        fix: Suggestion.question(condition.attribute, among: attributes) ?? "one of \(Wording.list(attributes))")
    }
    let values =
      condition.attribute == "parent"
      ? Set(register.rows.compactMap(\.parent)).sorted() : register.values(of: condition.attribute)
    guard !values.contains(condition.value) else { return nil }
    return SetupCode.senderUnknown.diagnostic(
      "the source \(source.name) expects organisations whose \(condition.attribute) is \(Wording.quoted(condition.value)), and no organisation's is",
      at: place(of: source, "expects"),
      fix: Suggestion.question(condition.value, among: values) ?? "one of \(Wording.list(values.map(Wording.quoted)))")
  }

  /// Rules that ask how late a return is of measures whose sources do not say when they are due: that would never be
  /// known.
  var deadlineMismatches: [Diagnostic] {
    let traits = configuration.traits
    let asked = Set(
      program.nodes.compactMap { if case .due(let measures) = $0.operation { measures } else { nil } })
    return asked.map { $0.map { program.measures[$0].name } }.filter { measures in
      measures.allSatisfy { traits[$0]?.deadline == nil }
    }.sorted { $0.lexicographicallyPrecedes($1) }.map { names in
      let measures = names.joined(separator: ", ")
      let source = configuration.sources.first { source in names.contains { source.measures.names.contains($0) } }
      return SetupCode.deadlineUnknown.diagnostic(
        "a rule asks how late \(measures) is, and no source of it says when it is due",
        at: source.flatMap { place(of: $0) } ?? configuration.places.place(of: ["sources"]),
        fix: "due: 15 working days after month end, under the source; or days_late(\(measures), 15)")
    }
  }
}
