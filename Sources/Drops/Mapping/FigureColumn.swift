import Diagnostics
import Finance

/// A column of amounts. What its rows hold is read a batch at a time into whole numbers of the measure's smallest step.
@safe
final class FigureColumn {
  let field: Int
  let heading: String
  private let readers: [FigureReader]
  private let noValue: NoValue
  /// Three decimals of a pound are hardly meant as such; of thousands or millions they may be.
  private let isInUnits: Bool
  /// One batch's amounts, and whether there is one.
  private(set) var values: UnsafeMutablePointer<Int64>
  private(set) var states: UnsafeMutablePointer<State>
  private var capacity = 0
  private(set) var shape = FigureShape()

  enum State: UInt8 {
    case amount
    /// The file says that there is none.
    case none
    case refused
  }

  init(field: Int, heading: String, units: [FigureSetting.Unit], decimalMark: DecimalMark, noValue: [String]) {
    self.field = field
    self.heading = heading
    isInUnits = decimalMark == .point && units.allSatisfy(\.isOne)
    readers = units.map { FigureReader($0, decimalMark) }
    self.noValue = NoValue(noValue)
    unsafe values = .allocate(capacity: 1)
    unsafe states = .allocate(capacity: 1)
  }

  deinit {
    unsafe values.deallocate()
    unsafe states.deallocate()
  }

  private func reserve(_ count: Int) {
    guard count > capacity else { return }
    capacity = max(count, 4096)
    unsafe values.deallocate()
    unsafe states.deallocate()
    unsafe values = .allocate(capacity: capacity)
    unsafe states = .allocate(capacity: capacity)
  }

  /// Reads these rows. `measures` is each row's place in the units where there are several; a row without one is not
  /// read. Rows that state totals do not shape the column.
  func read(
    _ rows: [UInt32], measures: [UInt32]?, of batch: Batch, isTotal: Bool = false, _ problems: inout DropProblems
  ) {
    let before = shape
    defer { if isTotal { shape = before } }
    reserve(rows.count)
    if readers.count == 1, case .amount(let reader) = readers[0] {
      read(rows, of: batch, &problems) { (_, field) throws(ReadingProblem) in try reader.read(field).tenThousandths }
    } else {
      read(rows, of: batch, &problems) { [readers] (place, field) throws(ReadingProblem) in
        guard let measures else { return try readers[0].read(field) }
        return measures[place] == KeyDictionary.refused ? 0 : try readers[Int(measures[place])].read(field)
      }
    }
  }

  @inline(__always)
  private func read(
    _ rows: [UInt32], of batch: Batch, _ problems: inout DropProblems,
    _ figure: (Int, Swift.Span<UInt8>) throws(ReadingProblem) -> Int64
  ) {
    let (text, values, states) = unsafe (batch.text, values, states)
    let column = field
    for place in rows.indices {
      let row = rows[place]
      guard let whole = batch.field(column, row: Int(row)) else {
        unsafe states[place] = .refused
        problems.add(
          DropProblem(.rowWidth, row: batch.number(of: row), column: heading, "the row ends before this column"))
        continue
      }
      let field = unsafe FieldText.trimmed(text, whole)
      let start = unsafe text + field.lowerBound
      if unsafe noValue.holds(start, field.count) {
        unsafe states[place] = .none
        continue
      }
      do throws(ReadingProblem) {
        let value = try unsafe figure(place, UnsafeBufferPointer(start: start, count: field.count).span)
        unsafe values[place] = value
        unsafe states[place] = .amount
        unsafe shape.note(value, start, field.count, row: batch.number(of: row))
      } catch {
        unsafe states[place] = .refused
        report(error, row: batch.number(of: row), &problems)
      }
    }
  }

  /// The figure farthest from zero.
  var largest: LargestFigure? {
    shape.count == 0 ? nil : LargestFigure(column: heading, figure: shape.largest, row: shape.largestRow)
  }

  /// Why some of the figures may be no amounts.
  var doubt: String? {
    if isInUnits, shape.looksGroupedByPoints {
      return
        "the figures in \(Wording.quoted(heading)) have three decimals each (from row \(shape.pointedRow) on): where "
        + "a point groups thousands, the source says `decimal_mark: comma`"
    }
    guard let group = shape.transactionNumbers else { return nil }
    return "\(group.count) rows hold what looks like a transaction number in \(Wording.quoted(heading)) (for example "
      + "\(group.written), in row \(group.firstRow)): whole numbers of one length, close together and far above the "
      + "others"
  }

  private func report(_ error: ReadingProblem, row: Int, _ problems: inout DropProblems) {
    guard !problems.isFull else { return problems.addUndescribed() }
    let isEmpty = error.kind == .empty
    problems.add(
      DropProblem(
        .amount, row: row, column: heading, value: error.found,
        isEmpty ? "the amount is empty" : error.problem,
        expected: isEmpty ? "an amount, or in the source `no_value: [\"\"]` if an empty one means none" : error.expected
      ))
  }
}

extension FigureSetting.Unit {
  fileprivate var isOne: Bool { if case .amount(let unit) = self { unit.exponent == 0 } else { false } }
}

/// Reads a figure into the smallest steps that its measure is kept in.
private enum FigureReader {
  case amount(AmountReader)
  case ratio(RatioReader)

  init(_ unit: FigureSetting.Unit, _ mark: DecimalMark) {
    switch unit {
    case .amount(let unit): self = .amount(AmountReader(unit: unit, decimalMark: mark))
    case .ratio(let unit): self = .ratio(RatioReader(unit: unit, decimalMark: mark))
    }
  }

  func read(_ field: Swift.Span<UInt8>) throws(ReadingProblem) -> Int64 {
    switch self {
    case .amount(let reader): try reader.read(field).tenThousandths
    case .ratio(let reader): try reader.read(field)
    }
  }
}

/// The texts that stand in place of an amount.
private struct NoValue {
  private let tokens: [[UInt8]]
  /// A bit for each length that one has.
  private let lengths: UInt64

  init(_ texts: [String]) {
    tokens = texts.map { Array($0.utf8) }
    lengths = tokens.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
  }

  @inline(__always)
  func holds(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard lengths & 1 << UInt64(truncatingIfNeeded: min(count, 63)) != 0 else { return false }
    return unsafe matches(bytes, count)
  }

  private func matches(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    tokens.contains { unsafe $0.count == count && $0.elementsEqual(UnsafeBufferPointer(start: bytes, count: count)) }
  }
}
