package import Finance

/// A period that an organisation was to return to a source.
package struct ExpectedReturn: Hashable, Sendable {
  package var source: String
  package var organisation: String
  package var period: Period

  package init(source: String, organisation: String, period: Period) {
    self.source = source
    self.organisation = organisation
    self.period = period
  }

  package struct State: Hashable, Sendable {
    /// The last day on which it was in time.
    package var deadline: Day
    /// Something of it is in the ledger.
    package var hasCome: Bool
    /// On which the first of what is there came, where that is said.
    package var came: Day?
  }
}

extension ExpectedReturn {
  /// What the alert that a return is late goes by, in place of a rule's name: no rule may be called so.
  package static let alertName = "return_late"

  /// Of the alert that it is late: one for each organisation, source and period.
  package var key: AlertKey {
    AlertKey(
      rule: Self.alertName, subject: Subject([organisation, source, "M\(period.month)"]), year: Int(period.year))
  }

  /// Nil for another alert's key.
  package init?(_ key: AlertKey) {
    let keys = key.subject.keys
    guard key.rule == Self.alertName, keys.count == 3, let year = key.year, keys[2].first == "M",
      let month = Int(keys[2].dropFirst()), (0...13).contains(month)
    else { return nil }
    self.init(source: keys[1], organisation: keys[0], period: Period(year: year, month: month))
  }
}
