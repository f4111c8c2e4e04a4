import Finance
import RuleLanguage

/// The register as rules see it: who was on it on the last day of each period, and with which attributes.
struct RegisterColumns {
  private let register: Register
  private let axis: PeriodAxis
  private let texts: TextTable
  /// Codes of the organisations by their number.
  private let codes: [String]
  /// For each organisation and slot the row of the register that speaks of it then, or the nearest that does.
  private var rows: [Organisation?] = []
  private var present: [Bool] = []

  init(_ register: Register, codes: [String], axis: PeriodAxis, calendar: FinancialCalendar, texts: TextTable) {
    self.register = register
    self.axis = axis
    self.texts = texts
    self.codes = codes
    let lastDays = axis.slots.map { calendar.lastDay(axis.period($0)) }
    rows.reserveCapacity(codes.count * axis.width)
    present.reserveCapacity(codes.count * axis.width)
    for code in codes {
      let history = register.history(of: code)
      for day in lastDays {
        let row = history.last { $0.isOnRegister(on: day) }
        present.append(row != nil)
        rows.append(row ?? history.last { ($0.from ?? .distantPast) <= day } ?? history.first)
      }
    }
  }

  func isPresent(_ organisation: Int, _ slot: Int) -> Bool { present[organisation * axis.width + slot] }

  /// What `{organisation}` shows. One that the register does not know is shown by its code.
  func name(_ organisation: Int, _ slot: Int) -> String {
    row(organisation, slot)?.name ?? codes[organisation]
  }

  /// `organisation` is its name, `code` its code; a blank or absent attribute is `""` and known.
  func text(_ attribute: String, _ organisation: Int, _ slot: Int) -> String {
    switch attribute {
    case "organisation", "name": name(organisation, slot)
    case "code": codes[organisation]
    default: row(organisation, slot)?.attribute(attribute) ?? ""
    }
  }

  /// Codes of those that the organisation took over from, or that took over from it, whenever that was.
  func codes(_ relation: Population.Relation, of organisation: Int) -> [String] {
    let code = codes[organisation]
    return switch relation {
    case .predecessors: register.predecessors(of: code)
    case .successors: register.successors(of: code)
    case .all, .children, .peers: preconditionFailure("\(relation) are found by what they have in common")
    }
  }

  func parent(_ organisation: Int, _ slot: Int) -> String? { row(organisation, slot)?.parent }

  private func row(_ organisation: Int, _ slot: Int) -> Organisation? { rows[organisation * axis.width + slot] }
}

extension Organisation {
  /// `parent` is the parent's code; one that the register does not have is blank.
  func attribute(_ name: String) -> String { name == "parent" ? parent ?? "" : attributes[name] ?? "" }
}
