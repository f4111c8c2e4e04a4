import Diagnostics
import Finance

/// Compares what a file's rows add up to with what one of its rows states.
struct ControlTotals {
  let source: SourceSettings
  let context: ReadingContext

  /// One problem for each measure that differs, with both values.
  func problems(_ table: TableReader, _ plan: Plan, _ summing: Summing) -> [DropProblem] {
    guard let control = source.controlTotal else { return [] }
    guard table.hasStatedRow else {
      let values = control.row.parts.flatMap(\.values).map(Wording.quoted)
      return [
        DropProblem(
          .controlTotal, column: control.row.parts.first?.column.heading,
          "there is no row \(Wording.list(values)) to check the sums against",
          expected: "the row with the file’s own totals")
      ]
    }
    var sums: [String: Int128] = [:]
    for figures in summing.figures {
      for cell in figures.cells { sums[summing.series[Int(cell.series)].measure, default: 0] += Int128(cell.value) }
    }
    return table.stated.sorted { $0.key < $1.key }.compactMap { place, stated in
      let setting = plan.settings[place]
      let sum = (sums[setting.measure] ?? 0) * Int128(plan.sign(place, context))
      guard (sum - stated).magnitude > Int128(control.tolerance).magnitude * setting.step.magnitude else { return nil }
      return DropProblem(
        .controlTotal, value: context.text(stated, of: setting.measure),
        "the rows of “\(setting.measure)” add to \(context.text(sum, of: setting.measure)) and the file states "
          + context.text(stated, of: setting.measure),
        expected: "a difference of at most \(control.tolerance) in the column’s unit")
    }
  }
}

extension FigureSetting {
  /// One of the column's unit, in the smallest steps that the measure is kept in.
  fileprivate var step: Int128 {
    switch unit {
    case .ratio(.fraction): 1_000_000_000
    case .ratio(.percent): 10_000_000
    case .amount(let unit): (0..<max(0, 4 + unit.exponent)).reduce(Int128(1)) { product, _ in product * 10 }
    }
  }
}

extension ReadingContext {
  /// A sum of smallest steps as a person reads it.
  package func text(_ steps: Int128, of measure: String) -> String {
    let quantity = measures[measure]?.quantity ?? .number
    let scale = quantity == .ratio ? Quotient.storedScale : Int128(Amount.scale)
    return ValueFormat().text(Quotient(numerator: steps, denominator: scale), quantity, in: currency)
  }

  /// A figure of no known measure.
  func text(_ steps: Int128) -> String {
    ValueFormat().text(Quotient(numerator: steps, denominator: Int128(Amount.scale)), .number, in: currency)
  }
}
