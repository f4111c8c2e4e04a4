import Finance
import RuleLanguage

/// One column to compute: an expression of the program with its operands resolved to steps before it.
struct Step {
  var kernel: Kernel
  var operands: [Int]
  /// A number of `Frames`.
  var frame: Int
  var shape: Column.Shape
  /// One row serves all subjects.
  var isShared: Bool
  /// Depends on the subject outside the population: computed within that aggregate, once for each of those subjects.
  var readsOwner: Bool
}

extension Step {
  var isOwn: Bool { if case .own = kernel { true } else { false } }
  /// Says the same in every slot and never changes, or hangs on the slot alone.
  var isLiteral: Bool {
    switch kernel {
    case .whole, .quotient, .truth, .text, .month, .thisPeriod, .yearLookup, .due: true
    default: false
    }
  }
}

/// What a step does. Kinds of operands are seen from their columns' shapes.
enum Kernel {
  case whole(Int64)
  case quotient(numerator: Int128, denominator: Int64)
  case truth(Bool)
  case text(String)
  case month
  case thisPeriod

  /// A number of `LedgerColumns.figures`.
  case figures(Int)
  case reported(measures: [Int])
  case received(measures: [Int])
  /// The last day on which a period of any of them is in time.
  case due(measures: [Int])
  case attribute(String)
  /// The operand is the text that the table goes by.
  case lookup(LookupStep)
  /// Of a table that goes by year, without rows of single organisations.
  case yearLookup(LookupStep)
  /// Which of the frame's keys.
  case key(Int)

  case add
  case subtract
  case multiply
  /// A percentage's base must be above zero; any other divisor must not be zero.
  case divide(isPercentage: Bool)
  case negate
  case absolute
  case rounded(decimals: Int)

  case compare(Ordering)
  /// The first operand is a share or count, whose bounds decide first.
  case compareByBounds(Ordering)
  case and
  case or
  case not
  case ifUnknown

  case earlier(months: Int, staysInYear: Bool)
  case lastYear
  /// By steps of so many months.
  case yearToDate(months: Int)
  case inMonth(months: Int)
  case called(SeriesKernel, types: [ValueType], result: ValueType)

  case aggregate(AggregateStep)
  /// One of the counts of the operand, which is a share or a count.
  case tally(Tally)
  /// The operand's row of the subject outside.
  case own
  /// Operands as `RuleStep` says.
  case breach(RuleStep)
  case severityOf(RuleStep)

  /// Whether the subject, or its organisation, reported one of the measures, or was due to.
  case presence(measures: [Int])
  /// Whether any operand is true.
  case anyPresence
  /// Whether any member of the population is present; the operand is the members' presence.
  case presenceOfMembers(PopulationStep)
  /// Whether a period exists for a rule.
  case existence(ExistenceStep)
}

extension Kernel {
  /// Of a literal. One whose denominator no column holds is taken to twelve decimals.
  init(quotient numerator: Int128, _ denominator: Int128) {
    if let narrow = Int64(exactly: denominator) {
      self = .quotient(numerator: numerator, denominator: narrow)
    } else {
      let combined = try? Quotient(numerator: numerator, denominator: denominator).combined()
      self = .quotient(numerator: combined?.numerator ?? 0, denominator: Int64(Quotient.combinedScale))
    }
  }
}

/// The outcomes of a comparison that are true: less, equal, greater.
struct Ordering {
  private let bits: UInt8

  init(_ comparison: Comparison) {
    bits =
      switch comparison {
      case .less: 0b001
      case .lessOrEqual: 0b011
      case .greater: 0b100
      case .greaterOrEqual: 0b110
      case .equal: 0b010
      case .notEqual: 0b101
      }
  }

  /// True or false for one value alone.
  var isEquality: Bool { bits == 0b010 || bits == 0b101 }

  /// With the sides exchanged.
  var mirrored: Ordering { Ordering(bits: bits & 0b010 | bits >> 2 & 1 | bits << 2 & 0b100) }
  private init(bits: UInt8) { self.bits = bits }

  @inline(__always) func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
    bits >> ((left >= right ? 1 : 0) + (left > right ? 1 : 0)) & 1 != 0
  }
}

/// A column of a table, and the type that its values have there.
struct LookupStep {
  var table: Int
  var column: Int
  var type: ValueType
}

/// A population with its members' frame resolved.
struct PopulationStep {
  var grouping: GroupingKey
  var memberFrame: Int
  /// A step of the member frame.
  var condition: Int?
}

/// From the first period in which somebody was present to the last, by the rule's step, while the rule is in effect.
struct ExistenceStep: Hashable {
  /// Steps.
  var presence: Int
  var condition: Int?
  /// How many months the rule's step has.
  var months: Int
  var from: Period?
  var to: Period?

  /// Final accounts are folded where somebody reported them, the opening position never.
  func folds(month: Int, isPresent: Bool) -> Bool {
    month == 13 ? isPresent : month > 0 && month % months == 0
  }
}

struct AggregateStep {
  var aggregate: Aggregate
  var population: PopulationStep
  /// A step of the member frame; nil counts the members themselves.
  var value: Int?
  var coverage: Quotient.Literal
  /// The steps that read the owner, in the order of their computation.
  var owned: [Int]
  /// What is read of the members from outside those steps.
  var memberInputs: [Int]
  /// What `own` reads: steps of the outer frame.
  var ownerInputs: [Int]
}

/// A rule's tests as operands of a step: `only when`, `clears`, then one for each breach.
struct RuleStep {
  var rule: Int
  /// Steps.
  var condition: Int?
  var onlyWhen: Int?
  var clears: Int?
  var tests: [Test]
  /// Periods outside have no result.
  var from: Period?
  var to: Period?

  struct Test {
    var severity: UInt8
    var step: Int
  }

  var steps: [Int] { [condition, onlyWhen, clears].compactMap { $0 } + tests.map(\.step) }
}
