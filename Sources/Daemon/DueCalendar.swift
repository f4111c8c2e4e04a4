import Bookkeeping
import Drops
import Finance
import Foundation
import RuleLanguage
import Storage

/// What the calendar says was to be returned by now, written into the ledger: the one place where a deadline meets a
/// clock. From there on it is a fact like a drop.
struct DueCalendar {
  private let store: Store
  private let timeZone: TimeZone
  private let calendar: FinancialCalendar
  private let register: Register?
  private let steps: [String: Step]

  init(_ setup: Setup, store: Store) {
    self.store = store
    timeZone = setup.configuration.timeZone
    calendar = setup.program.calendar
    register = setup.register
    steps = Dictionary(uniqueKeysWithValues: setup.program.measures.map { ($0.name, $0.step) })
  }

  func label(_ period: Period) -> String { calendar.label(period) }

  /// The day that it is where the configuration is at home.
  func today(_ time: Moment) -> Day { time.day(in: timeZone) }

  /// Notes the periods of a source whose deadline is past: those since the last that was noted. A source that is waited
  /// for from now on starts with the latest: what was due before that is history.
  func note(_ source: SourceSettings, at time: Moment) throws -> [DueReturns] {
    guard let deadline = source.due else { return [] }
    let step = source.measures.names.compactMap { steps[$0] }.min { $0.months < $1.months } ?? .month
    let known = try store.read { try Ledger.lastDue(of: source.name, in: $0) }
    let past = deadline.past(on: today(time), after: known, step, calendar)
    guard !past.isEmpty else { return [] }
    return try store.write { transaction in
      let senders = try Ledger.senders(to: source.name, in: transaction)
      return try past.compactMap { period in
        let expected = source.expects.codes(register, on: calendar.lastDay(period), orElse: senders)
        guard !expected.isEmpty else { return nil }
        return try Ledger.note(
          dueFrom: expected, of: source.name, for: period, by: deadline.day(of: period, step, calendar),
          measures: Array(source.measures.names), at: time, in: transaction)
      }
    }
  }
}

extension ExpectedSenders {
  /// - Parameter senders: who has returned anything before, where there is no register.
  fileprivate func codes(_ register: Register?, on day: Day, orElse senders: [String]) -> [String] {
    switch self {
    case .codes(let codes): codes
    case .everyone: register.map { $0.organisations(on: day).map(\.code) } ?? senders
    case .matching(let conditions):
      (register?.organisations(on: day) ?? []).filter { organisation in
        conditions.allSatisfy { (organisation.value(of: $0.attribute) == $0.value) != $0.isExcluded }
      }.map(\.code)
    }
  }
}

extension Organisation {
  /// What a condition of `expects:` may ask for; blank where the register says nothing.
  fileprivate func value(of attribute: String) -> String {
    attribute == "parent" ? parent ?? "" : attributes[attribute] ?? ""
  }
}
