import Diagnostics

/// What can be wrong with a setup as a whole, beyond what one file can be blamed for. A code never changes meaning.
package enum SetupCode: String, CaseIterable, Sendable {
  case configurationUnreadable = "C100"
  case registerUnreadable = "C130"
  case registerRow = "C131"
  case registerFlaw = "C132"
  case noRegister = "C133"
  case measureUndeclared = "C140"
  case measureOfTwoSources = "C141"
  case dimensionUndeclared = "C142"
  case dimensionNotFed = "C143"
  case deadlineUnknown = "C144"
  case senderUnknown = "C145"
  case currencyOther = "C146"
  case rulesUnreadable = "C150"
  case noRules = "C151"
  case packUnlike = "C152"
  case inboxUnusable = "C160"
  case secretUnreadable = "C161"
  case fileUnmatched = "C162"

  /// What the code says, in one line.
  package var meaning: String {
    switch self {
    case .configurationUnreadable: "the configuration cannot be read"
    case .registerUnreadable: "the register of organisations cannot be read"
    case .registerRow: "a row of the register cannot be used"
    case .registerFlaw: "the register contradicts itself"
    case .noRegister: "there is no register, so whoever returns anything is taken for an organisation"
    case .measureUndeclared: "a source reads a measure that no rule file declares"
    case .measureOfTwoSources: "a measure is read by two sources, and each would restate the other"
    case .dimensionUndeclared: "a source reads a dimension that no rule file declares"
    case .dimensionNotFed: "a measure is declared by a dimension that its source has no column for"
    case .deadlineUnknown: "a rule asks how late a return is, and no source says when it is due"
    case .senderUnknown: "a source expects returns of organisations that the register does not know"
    case .currencyOther: "a source reads amounts of another currency than the rules are in"
    case .rulesUnreadable: "a rule file cannot be read"
    case .noRules: "the folder of rules has no rules in it"
    case .inboxUnusable: "an inbox is not there, or drops cannot be taken out of it"
    case .secretUnreadable: "a secret that a receiver needs cannot be read"
    case .fileUnmatched: "a file lies in an inbox, and its name is none that is read there"
    case .packUnlike: "a rule pack has another currency or another start of the year than the rules it is added to"
    }
  }

  /// There was nothing to look at: a command that checks could not do its work.
  package static let couldNotLook: Set<String> = [
    configurationUnreadable.rawValue, registerUnreadable.rawValue, rulesUnreadable.rawValue,
  ]

  /// The finding, at a place in the configuration where one is to blame.
  func diagnostic(_ message: String, at place: Span? = nil, fix: String? = nil) -> Diagnostic {
    Diagnostic(rawValue, message, at: place.map { Diagnostic.Label($0) }, fix: fix)
  }

  /// Something that a person should know of, and that works.
  func warning(_ message: String, fix: String? = nil) -> Diagnostic {
    Diagnostic(rawValue, .warning, message, at: nil, fix: fix)
  }
}
