import Diagnostics

/// A column whose values are a part of the key: the organisation, the period, a dimension, or the measure's name.
final class KeyColumn {
  let field: Int
  let heading: String
  let kind: DropProblem.Kind
  let dictionary = KeyDictionary()
  let meaning: any KeyMeaning
  private let distinctLimit: Int
  /// The numbers of one batch's rows.
  private(set) var codes: [UInt32] = []

  init(field: Int, heading: String, kind: DropProblem.Kind, meaning: any KeyMeaning, distinctLimit: Int) {
    self.field = field
    self.heading = heading
    self.kind = kind
    self.meaning = meaning
    self.distinctLimit = distinctLimit
  }

  /// Numbers the values of these rows. What a row has that can't be understood becomes a problem of that row.
  func read(_ rows: [UInt32], of batch: Batch, _ problems: inout DropProblems) {
    if codes.count < rows.count { codes = Array(repeating: 0, count: max(rows.count, 4096)) }
    let text = unsafe batch.text
    let column = field
    var lookup = dictionary.lookup
    unsafe codes.withUnsafeMutableBufferPointer { codes in
      for place in rows.indices {
        let row = rows[place]
        guard let field = batch.field(column, row: Int(row)) else {
          unsafe codes[place] = KeyDictionary.refused
          problems.add(short(batch.number(of: row)))
          continue
        }
        if let known = unsafe lookup.code(of: text + field.lowerBound, length: field.count) {
          unsafe codes[place] = known
          if known != KeyDictionary.refused { continue }
        } else {
          unsafe codes[place] = add(text, field)
          lookup = dictionary.lookup
          if unsafe codes[place] != KeyDictionary.refused { continue }
        }
        unsafe report(text, field, row: batch.number(of: row), &problems)
      }
    }
  }

  private func add(_ text: UnsafePointer<UInt8>, _ field: Range<Int>) -> UInt32 {
    let start = unsafe text + field.lowerBound
    guard dictionary.distinct < distinctLimit else { return KeyDictionary.refused }
    do throws(KeyFault) {
      try unsafe meaning.take(FieldText.string(text, field))
      return unsafe dictionary.add(start, length: field.count)
    } catch {
      return unsafe dictionary.add(start, length: field.count, isRefused: true)
    }
  }

  private func report(_ text: UnsafePointer<UInt8>, _ field: Range<Int>, row: Int, _ problems: inout DropProblems) {
    guard !problems.isFull else { return problems.addUndescribed() }
    let value = unsafe FieldText.string(text, field)
    var problem = DropProblem(kind, row: row, column: heading, value: value, "")
    do throws(KeyFault) {
      try meaning.check(value)
      problem.problem = "this column holds more than \(distinctLimit) different values"
    } catch {
      problem.problem = error.problem
      problem.expected = error.expected
    }
    problems.add(problem)
  }

  private func short(_ row: Int) -> DropProblem {
    DropProblem(.rowWidth, row: row, column: heading, "the row ends before this column")
  }
}

/// What the values of a key column stand for. Values are taken in the order of their numbers.
protocol KeyMeaning: AnyObject {
  func take(_ value: String) throws(KeyFault)
  /// Says again what is wrong with a value that was refused.
  func check(_ value: String) throws(KeyFault)
}

struct KeyFault: Error {
  var problem: String
  var expected: String?
}

/// Dimension values: any text, a blank one included.
final class DimensionKeys: KeyMeaning {
  private(set) var values: [String] = []
  func take(_ value: String) { values.append(value) }
  func check(_ value: String) {}
}

/// The names by which a long layout calls its measures.
final class MeasureKeys: KeyMeaning {
  /// Places in the list of figures, by folded name.
  private let places: [String: Int]
  private let names: [String]
  private(set) var figures: [Int] = []

  init(_ measures: [NamedMeasure]) {
    names = measures.map(\.written)
    places = Dictionary(
      measures.enumerated().map { (Headings.folded($1.written), $0) }, uniquingKeysWith: { first, _ in first })
  }

  func take(_ value: String) throws(KeyFault) { figures.append(try place(of: value)) }
  func check(_ value: String) throws(KeyFault) { _ = try place(of: value) }

  private func place(of value: String) throws(KeyFault) -> Int {
    if let place = places[Headings.folded(value)] { return place }
    let question = Suggestion.question(value, among: names).map { "; \($0)" } ?? ""
    throw KeyFault(
      problem: value.isEmpty
        ? "the row names no measure" : "\(Wording.quoted(value)) is no measure of this source\(question)",
      expected: "one of " + Wording.list(names.map(Wording.quoted), "or"))
  }
}
