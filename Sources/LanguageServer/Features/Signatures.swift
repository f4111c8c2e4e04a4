import RuleLanguage

// Which argument of a function is being written.

extension Workspace {
  mutating func signatureHelp(_ params: CursorParams) -> SignatureHelp? {
    guard let spot = spot(params), let call = Surroundings(at: spot.local, of: spot.piece).call,
      let function = spot.ruleSet.draft.library.functions[call.function]
    else { return nil }
    return SignatureHelp(
      signatures: [
        SignatureHelp.Signature(
          label: function.signature, documentation: MarkupContent(function.summary + "\n\n" + function.formula),
          parameters: function.parameters.map { SignatureHelp.Signature.Parameter(label: $0.name) })
      ],
      activeParameter: min(call.argument, max(0, function.parameters.count - 1)))
  }
}
