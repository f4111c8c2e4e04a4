import Finance
import RuleLanguage

// Elements of columns as the values that people and library functions see.

extension Column.Lanes {
  func outcome(_ index: Int, _ type: ValueType, _ texts: TextTable) -> Outcome {
    let state = unknownState(index)
    if state != 0 { return .unknown(UnknownReason(rawValue: state) ?? .missing) }
    switch type {
    case .money, .count: return .known(.amount(Amount(tenThousandths: wholes[index])))
    case .ratio, .points, .number, .unitPrice: return .known(.quotient(quotient(index)))
    case .severity: return .known(.severity(Severity(rawValue: UInt8(wholes[index]))))
    case .text: return .known(.text(texts[wholes[index]]))
    case .truth: return .known(.truth(truth(index) == .true))
    case .period: return .known(.period(Period(ordinal: Int(wholes[index]))))
    case .date: return .known(.date(Day(daysSince1970: Int32(wholes[index]))))
    }
  }

  func set(_ index: Int, _ outcome: Outcome, _ texts: TextTable) {
    switch outcome {
    case .unknown(let reason): setUnknown(index, reason.rawValue)
    case .known(.amount(let amount)): set(index, whole: amount.tenThousandths)
    case .known(.quotient(let quotient)): set(index, quotient: quotient)
    case .known(.severity(let severity)): set(index, whole: Int64(severity?.rawValue ?? 0))
    case .known(.text(let text)): set(index, whole: texts.code(text))
    case .known(.truth(let truth)): set(index, Truth(truth))
    case .known(.period(let period)): set(index, whole: Int64(period.ordinal))
    case .known(.date(let day)): set(index, whole: Int64(day.daysSince1970))
    }
  }
}
