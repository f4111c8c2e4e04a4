import Diagnostics
import RuleLanguage

// Which argument of a function, or which part of an aggregate, is being written.

extension Workspace {
  mutating func signatureHelp(_ params: CursorParams) -> SignatureHelp? {
    guard let spot = spot(params), let call = Surroundings(at: spot.local, of: spot.piece).call else { return nil }
    if Words.aggregates.contains(call.function) { return SignatureHelp(aggregate: call) }
    guard let function = spot.ruleSet.draft.library.functions[call.function] else { return nil }
    return SignatureHelp(
      signatures: [
        SignatureHelp.Signature(
          label: function.signature, documentation: MarkupContent(function.summary + "\n\n" + function.formula),
          parameters: function.parameters.map { SignatureHelp.Signature.Parameter(label: $0.name) })
      ],
      activeParameter: min(call.argument, max(0, function.parameters.count - 1)))
  }
}

extension SignatureHelp {
  /// `share(condition over members where condition)`: what comes behind which word.
  fileprivate init(aggregate call: Surroundings.Call) {
    let taken = ["count", "share", "names"].contains(call.function) ? "condition" : "value"
    var parts: [(word: String?, label: String)] = [
      (nil, taken), ("over", "over members"), ("where", "where which_members"),
    ]
    if call.function == "names" { parts += [("by", "by size"), ("first", "first number")] }
    let optional = parts.dropFirst(2).map { " [\($0.label)]" }.joined()
    let page = Manual.page(for: call.function)
    self.init(
      signatures: [
        Signature(
          label: "\(call.function)(\(taken) over members\(optional))",
          documentation: MarkupContent(
            ([page?.summary].compactMap { $0 } + (page?.text ?? [])).joined(separator: "\n\n")),
          parameters: parts.map { Signature.Parameter(label: $0.label) })
      ],
      activeParameter: parts.firstIndex { $0.word == call.part } ?? 0)
  }
}
