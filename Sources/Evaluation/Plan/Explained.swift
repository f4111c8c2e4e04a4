import RuleLanguage

extension Rule {
  /// The nodes whose values are shown: in its sentences, and as bounds.
  var explained: [NodeID] {
    [watch].compactMap { $0 } + breaches.compactMap { $0.band?.bound } + message.nodes + (detail?.nodes ?? [])
  }
}

extension Template {
  var nodes: [NodeID] { parts.compactMap { if case .hole(let node, _) = $0 { node } else { nil } } }
}
