import Diagnostics
import Finance
import Settings

/// `repeats:`: when a line says again what another line said.
package struct RepeatSettings: Hashable, Sendable {
  /// Lines that agree in all of these are one line and its repeats. Case and spaces don't count, and of an amount column
  /// neither does how the amount is written.
  package var same: [Column]
  /// How many months away the other line may be.
  package var months: Int

  package struct Column: Hashable, Sendable {
    package var reference: ColumnReference
    /// What a file is taken to say that lacks the column; nil: it is refused like one that lacks any other.
    package var absent: AbsentColumn?
  }

  /// What is made of a file that lacks a column by which lines are compared.
  package enum AbsentColumn: String, Hashable, Sendable, CaseIterable {
    /// Its lines can't be compared: what repeats is not known.
    case unknown
    /// Its lines are compared by the other columns.
    case blank
  }

  static let usualMonths = 12
}

extension SettingsNode {
  /// `repeats: { same: [Supplier, { heading: Transaction Number, absent: unknown }, Amount], within: 12 months }`
  func repeatSettings() -> RepeatSettings? {
    fields { fields in
      let same = fields.required("same")?.list { $0.comparedColumn() }
      let months = fields.optional("within").map { $0.months() } ?? RepeatSettings.usualMonths
      guard let same, let months else { return nil }
      return RepeatSettings(same: same, months: months)
    }
  }

  private func comparedColumn() -> RepeatSettings.Column? {
    guard case .mapping = content else { return columnReference().map { RepeatSettings.Column(reference: $0) } }
    return fields { fields in
      let reference = fields.columnReference()
      let absent = fields.optional("absent")?.choice(RepeatSettings.AbsentColumn.self)
      return reference.map { RepeatSettings.Column(reference: $0, absent: absent) }
    }
  }

  private func months() -> Int? {
    guard let text = text() else { return nil }
    let words = text.split(separator: " ")
    guard words.count == 2, let count = Int(words[0]), words[1] == (count == 1 ? "month" : "months") else {
      return refuse("\(Wording.quoted(text)) is no number of months", fix: "write it like 12 months")
    }
    guard (1...60).contains(count) else { return refuse("this has to be 1 to 60 months", .outOfRange) }
    return count
  }
}

extension SettingsNode {
  /// What `repeats:` and the measures that count repeats need of each other, and of the rest of the source.
  func checkRepeats(_ repeats: RepeatSettings?, _ measures: MeasureLayout, _ restates: Restatement) {
    if repeats != nil && measures.ofRepeats.isEmpty {
      report(
        "the source looks for repeats and has no measure that says what they come to", .missingKey,
        fix: "in the measures: paid_again: { repeats: … }, or { repeats: rows }")
    }
    if repeats == nil, let measure = measures.ofRepeats.min() {
      report(
        "\(Wording.quoted(measure)) counts lines that repeat, and the source does not say when one does", .missingKey,
        fix: "repeats: { same: [Supplier, Transaction Number, Amount] }")
    }
    if repeats != nil && restates == .organisationPeriodAndMeasure {
      report(
        "lines can’t be compared where files restate by measure", .conflict, fix: "restates: [organisation, period]")
    }
  }
}
