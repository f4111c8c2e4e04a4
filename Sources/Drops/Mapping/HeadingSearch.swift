import Diagnostics

/// Looks for the heading row at the start of a table, and finds out its separator if need be.
struct HeadingSearch {
  let source: SourceSettings

  enum Outcome {
    case found(Headings, separator: UInt8)
    /// More text is needed.
    case undecided
    /// No row has them all; the nearest, if there is one, may still show what else is wrong with the file.
    case missing([DropProblem], nearest: Headings?, separator: UInt8)
    case fault(ScanFault, row: Int)
  }

  /// What the heading row holds.
  private var wanted: [ColumnReference] { source.header.isEmpty ? source.columns : source.header }

  private var separators: [UInt8] {
    source.separator.map { [$0] } ?? [",", ";", "\t", "|"].map { (letter: Unicode.Scalar) in UInt8(letter.value) }
  }

  func look(in text: UnsafePointer<UInt8>, count: Int, isLast: Bool) -> Outcome {
    let index = RowIndex()
    var nearest: (matches: Int, headings: Headings, separator: UInt8)?
    var fault: (ScanFault, row: Int)?
    var rowsSeen = 0
    for separator in separators {
      do throws(ScanFault) {
        let scanner = Scanner(separator: separator, limits: source.limits)
        _ = try unsafe scanner.scan(text, count: count, isLast: isLast, into: index)
      } catch {
        fault = fault ?? (error, index.rowCount + 1)
      }
      let batch = unsafe Batch(text: text, index: index, rowsBefore: 0)
      let rows = min(index.rowCount, source.limits.headingRows)
      rowsSeen = max(rowsSeen, rows)
      var above: [[String]] = []
      for row in 0..<rows {
        let headings = Headings(row: row + 1, names: batch.strings(row: row), above: above)
        let matches = wanted.count { headings.holds($0) }
        if matches == wanted.count { return .found(headings, separator: separator) }
        if matches > nearest?.matches ?? 0 { nearest = (matches, headings, separator) }
        above.insert(headings.names, at: 0)
      }
    }
    if let fault, isLast || nearest == nil { return .fault(fault.0, row: fault.row) }
    guard isLast || rowsSeen >= source.limits.headingRows else { return .undecided }
    return missing(nearest.map { ($0.headings, $0.separator) }, rowsSeen)
  }

  private func missing(_ nearest: (headings: Headings, separator: UInt8)?, _ rows: Int) -> Outcome {
    let list = Wording.list(wanted.map { Wording.quoted($0.heading) })
    guard let (headings, separator) = nearest else {
      let problem = DropProblem(
        .missingHeading,
        rows == 1
          ? "the only row does not hold the headings of this source"
          : "none of the first \(rows) rows holds the headings of this source",
        expected: "one that holds \(list)")
      return .missing([problem], nearest: nil, separator: separators[0])
    }
    var problems: [DropProblem] = []
    for reference in wanted where !headings.holds(reference) {
      do throws(DropProblem) { _ = try headings.column(reference) } catch { problems.append(error) }
    }
    return .missing(problems, nearest: headings, separator: separator)
  }
}

extension SourceSettings {
  /// Every column that the source reads.
  var columns: [ColumnReference] {
    var all: [ColumnReference] = []
    if case .column(let reference, _) = organisation { all.append(reference) }
    if case .column(let reference, _) = period { all.append(reference) }
    for dimension in dimensions {
      if case .column(let reference) = dimension.origin { all.append(reference) }
    }
    switch measures {
    case .wide(let columns):
      for column in columns {
        if case .column(let reference) = column.origin { all.append(reference) }
      }
    case .long(let naming, _, let amount): all += [naming, amount]
    }
    all += repeats?.same.filter { $0.absent == nil }.map(\.reference) ?? []
    for condition in ignoreRows + keepRows + (controlTotal.map { [$0.row] } ?? []) {
      all += condition.parts.map(\.column)
    }
    return all
  }
}
