/// How all the other subjects fared, period by period: each by itself where they are few, else where most of them lie.
package enum Spread: Sendable {
  /// One line a subject, by name; nil where its value is not known.
  case each([(name: String, values: [Double?])])
  /// Of each period the lowest tenth, the middle and the highest tenth; nil where too few are known.
  case most(count: Int, [Band?])

  package struct Band: Hashable, Sendable {
    package var low: Double
    package var middle: Double
    package var high: Double
  }

  /// More lines than that are a tangle.
  private static let mostLines = 8

  init(_ others: [(name: String, values: [Double?])]) {
    guard others.count > Self.mostLines, let periods = others.first?.values.count else {
      self = .each(others)
      return
    }
    self = .most(
      count: others.count,
      (0..<periods).map { index in
        let values = others.compactMap { $0.values[index] }.sorted()
        guard values.count > Self.mostLines else { return nil }
        return Band(
          low: Self.quantile(values, 0.1), middle: Self.quantile(values, 0.5), high: Self.quantile(values, 0.9))
      })
  }

  /// Between the two nearest, in proportion.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let (below, above) = (Int(place.rounded(.down)), Int(place.rounded(.up)))
    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }

  var count: Int {
    switch self {
    case .each(let lines): lines.count
    case .most(let count, _): count
    }
  }

  /// Every value that is drawn.
  var extent: [Double] {
    switch self {
    case .each(let lines): lines.flatMap(\.values).compactMap { $0 }
    case .most(_, let bands): bands.compactMap { $0 }.flatMap { [$0.low, $0.high] }
    }
  }
}
