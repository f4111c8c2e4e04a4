import RuleLanguage

/// The values of one expression for every subject and period: one row a subject, its periods side by side.
///
/// - `whole`: amounts in ten-thousandths, and everything else that a whole number stands for (a text's code, a period's
///   ordinal, a day, a severity's rank).
/// - `quotient`: numerator and denominator.
/// - `truth`: Kleene.
final class Column {
  enum Shape { case whole, quotient, truth }

  let shape: Shape
  /// Slots in a row.
  let width: Int
  /// One row serves all subjects: a literal, a month's number.
  let isShared: Bool
  let subjects: Int
  /// 0 known, else the raw value of the reason; in a truth column the raw truth.
  private let states: Buffer<UInt8>
  private let wholes: Buffer<Int64>
  private let numerators: Buffer<Int128>

  init(_ shape: Shape, subjects: Int, width: Int, isShared: Bool = false) {
    self.shape = shape
    self.width = width
    self.isShared = isShared
    self.subjects = isShared ? 1 : subjects
    let count = self.subjects * width
    states = Buffer(
      count: count, filler: shape == .truth ? Truth.missing.rawValue : UnknownReason.missing.rawValue)
    wholes = Buffer(count: shape == .truth ? 0 : count, filler: shape == .quotient ? 1 : 0)
    numerators = Buffer(count: shape == .quotient ? count : 0, filler: 0)
  }

  func fill(_ truth: Truth) {
    let lanes = lanes
    for index in 0..<subjects * width { lanes.set(index, truth) }
  }

  var lanes: Lanes {
    Lanes(
      shape: shape, stride: isShared ? 0 : width, states: states.lane, wholes: wholes.lane,
      numerators: numerators.lane)
  }

  /// What the inner loops see of a column. It must not outlive it.
  struct Lanes: BitwiseCopyable {
    let shape: Shape
    /// From one subject's row to the next: 0 where one row serves all.
    let stride: Int
    let states: Lane<UInt8>
    /// Denominators, in a quotient column.
    let wholes: Lane<Int64>
    let numerators: Lane<Int128>

    @inline(__always) func start(_ subject: Int) -> Int { subject * stride }

    // Elements, by their index.
    @inline(__always) func truth(_ index: Int) -> Truth { Truth(rawValue: states[index]) }
    @inline(__always) func set(_ index: Int, _ truth: Truth) { states[index] = truth.rawValue }
    @inline(__always) func set(_ index: Int, whole: Int64) {
      states[index] = 0
      wholes[index] = whole
    }
    @inline(__always) func set(_ index: Int, numerator: Int128, denominator: Int64) {
      states[index] = 0
      numerators[index] = numerator
      wholes[index] = denominator
    }
    /// In a truth column, too.
    @inline(__always) func setUnknown(_ index: Int, _ state: UInt8) {
      states[index] = shape == .truth ? Truth(unknownState: state).rawValue : state
    }
    /// 0 where the element is known.
    @inline(__always) func unknownState(_ index: Int) -> UInt8 {
      let state = states[index]
      return shape != .truth ? state : state >= 2 ? state - 1 : 0
    }

    @inline(__always) func copy(_ index: Int, from other: Lanes, _ source: Int) {
      states[index] = other.states[source]
      switch shape {
      case .truth: break
      case .whole: wholes[index] = other.wholes[source]
      case .quotient:
        wholes[index] = other.wholes[source]
        numerators[index] = other.numerators[source]
      }
    }

    /// Whether two elements of columns of one shape say the same.
    @inline(__always) func isSame(_ index: Int, as other: Lanes, _ source: Int) -> Bool {
      guard states[index] == other.states[source] else { return false }
      if shape == .truth || states[index] != 0 { return true }
      guard wholes[index] == other.wholes[source] else { return false }
      return shape == .whole || numerators[index] == other.numerators[source]
    }
  }
}

/// Of two operands, what is missing may still arrive: it is the reason to name.
@inline(__always) func unknownState(_ left: UInt8, _ right: UInt8) -> UInt8 {
  (left | right) & 1 != 0 ? 1 : left | right
}

extension ValueType {
  var shape: Column.Shape {
    switch self {
    case .money, .count, .text, .period, .date, .severity: .whole
    case .ratio, .points, .number, .unitPrice: .quotient
    case .truth: .truth
    }
  }
}
