import Diagnostics

/// What a ledger shows of rules and measures, said of one and of many.
enum LedgerSaying: CaseIterable {
  case ruleWaits, ruleUnknown, ruleNeverFires, ruleAlwaysFires, measureEmpty

  func of(_ name: String) -> String {
    switch self {
    case .ruleWaits: "the rule `\(name)` waits for measures that have no figures in this ledger"
    case .ruleUnknown: "the rule `\(name)` has no known result in this ledger"
    case .ruleNeverFires: "the rule `\(name)` fires in no period of this ledger"
    case .ruleAlwaysFires: "the rule `\(name)` is over the line in every period of this ledger"
    case .measureEmpty: "the measure `\(name)` has no figures in this ledger"
    }
  }

  func of(_ names: [String]) -> String {
    let sentence =
      switch self {
      case .ruleWaits: "\(names.count) rules wait for measures that have no figures in this ledger"
      case .ruleUnknown: "\(names.count) rules have no known result in this ledger"
      case .ruleNeverFires: "\(names.count) rules fire in no period of this ledger"
      case .ruleAlwaysFires: "\(names.count) rules are over the line in every period of this ledger"
      case .measureEmpty: "\(names.count) measures have no figures in this ledger"
      }
    return "\(sentence): \(Wording.list(names, most: 8))"
  }
}
