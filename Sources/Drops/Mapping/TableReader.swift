import Diagnostics
import Finance

/// Reads one table from its text, a piece at a time: headings, then rows into cells. Problems are collected, never
/// thrown, and after the first that nothing can follow (text that is no text, quotes that never close) the rest is
/// passed over.
final class TableReader {
  private let source: SourceSettings
  private let context: ReadingContext
  private var decoder: TextDecoder
  private let buffer = TextBuffer(capacity: 1 << 19)
  private let index = RowIndex()
  private var scanner: Scanner?
  private(set) var plan: Plan?
  private(set) var cells: CellTable?
  /// Every column was found.
  private(set) var isWhole = true
  /// Nothing more can be read.
  private var isOver = false
  /// The table ended above the end of the file; what follows must be text all the same.
  private var hasEnded = false

  private(set) var problems = DropProblems()
  /// Rows of the file so far, those above the headings included.
  private(set) var rowsSeen = 0
  /// Rows that were read as data.
  private(set) var rowsRead = 0
  private(set) var rowsIgnored = 0
  private var textBytes = 0
  /// What the file states as totals, by the measure's place, in the direction of the file.
  private(set) var stated: [Int: Int128] = [:]
  private(set) var hasStatedRow = false

  /// The rows of a batch that are read, and the keys of their cells.
  private var rows: [UInt32] = []
  private var keys: [UInt64] = []

  init(source: SourceSettings, context: ReadingContext) {
    self.source = source
    self.context = context
    decoder = TextDecoder(source.encoding)
  }

  /// Takes the next bytes of the file (decompressed).
  func push(_ piece: UnsafeRawBufferPointer) {
    guard !isOver else { return }
    textBytes += piece.count
    if textBytes > source.limits.textBytes {
      return stop(DropProblem(.tooLarge, "the file holds more than \(source.limits.textBytes) bytes of text"))
    }
    do throws(TextFault) {
      try unsafe decoder.decode(piece, into: buffer)
    } catch {
      consume(isLast: false)
      return report(error)
    }
    consume(isLast: false)
  }

  /// Nothing follows.
  func finish() {
    guard !isOver else { return }
    do throws(TextFault) {
      try decoder.finish(into: buffer)
    } catch {
      consume(isLast: false)
      return report(error)
    }
    if rowsSeen == 0 && buffer.count == 0 {
      return stop(DropProblem(.empty, "the file is empty", expected: "a heading row and rows below it"))
    }
    if let last = buffer.last, last != .lineFeed, last != .carriageReturn { buffer.append(.lineFeed) }
    consume(isLast: true)
    if !isOver && isWhole && rowsRead == 0 && problems.isEmpty {
      stop(
        DropProblem(
          .noRows,
          rowsIgnored == 0
            ? "there are no rows below the headings"
            : "none of the \(rowsIgnored) rows is one that this source reads (ignore_rows, keep_rows)"))
    }
  }

  /// The file is broken in a way that its reader found before the text: a damaged archive.
  func stop(_ problem: DropProblem) {
    problems.add(problem)
    isOver = true
  }

  // MARK: Rows

  private func consume(isLast: Bool) {
    guard !isOver, buffer.count > 0 else { return }
    guard !hasEnded else { return buffer.removeFirst(buffer.count - decoder.unchecked) }
    var first = 0
    if scanner == nil {
      guard let found = findHeadings(isLast: isLast) else { return }
      first = found
    }
    guard let scanner else { return }
    var fault: ScanFault?
    var whole = 0
    do throws(ScanFault) {
      whole = try unsafe scanner.scan(buffer.bytes, count: buffer.count, isLast: isLast, into: index)
    } catch {
      fault = error
    }
    let batch = unsafe Batch(text: buffer.bytes, index: index, rowsBefore: rowsSeen)
    read(first..<index.rowCount, of: batch)
    rowsSeen += index.rowCount
    buffer.removeFirst(whole)
    if let fault { report(fault, row: rowsSeen + 1) }
    if rowsSeen > source.limits.rows {
      stop(DropProblem(.tooLarge, "the file has more than \(source.limits.rows) rows"))
    }
  }

  /// The first row below the headings; nil while they are not found.
  private func findHeadings(isLast: Bool) -> Int? {
    let search = HeadingSearch(source: source)
    var found: (headings: Headings, separator: UInt8)
    switch unsafe search.look(in: buffer.bytes, count: buffer.count, isLast: isLast) {
    case .undecided: return nil
    case .fault(let fault, let row):
      report(fault, row: row)
      return nil
    case .missing(let missing, let nearest, let separator):
      for problem in missing { problems.add(problem) }
      isWhole = false
      guard let nearest else {
        isOver = true
        return nil
      }
      found = (nearest, separator)
    case .found(let headings, let separator): found = (headings, separator)
    }
    var missing: [DropProblem] = []
    let plan = Plan(source: source, headings: found.headings, context: context, &missing)
    for problem in missing where !problems.first.contains(problem) { problems.add(problem) }
    if !missing.isEmpty { isWhole = false }
    scanner = Scanner(separator: found.separator, limits: source.limits)
    self.plan = plan
    cells = CellTable(columns: plan.keys.count + 1, limit: source.limits.cells)
    return found.headings.row
  }

  private func read(_ range: Range<Int>, of batch: Batch) {
    guard let plan, !isOver, !hasEnded else { return }
    let start = problems.first.count
    // Out of its property while it is filled, so that each append is plain.
    var rows = takeRows()
    defer { self.rows = rows }
    for row in range {
      if batch.isBlank(row: row) {
        guard source.endsAtBlankRow else { continue }
        hasEnded = true
        break
      }
      if batch.fieldCount(row: row) > plan.width, let wide = tooWide(row, batch, plan.width) {
        problems.add(wide)
        continue
      }
      rows.append(UInt32(truncatingIfNeeded: row))
    }
    let found = plan.filter.apply(to: &rows, of: batch)
    rowsIgnored += found.ignored
    rowsRead += rows.count
    if !rows.isEmpty { add(rows, of: batch, plan) }
    if !found.totals.isEmpty { state(found.totals, of: batch, plan) }
    problems.sort(from: start)
  }

  private func takeRows() -> [UInt32] {
    var taken: [UInt32] = []
    swap(&taken, &rows)
    taken.removeAll(keepingCapacity: true)
    return taken
  }

  /// More fields than headings: an amount with an unquoted separator, most often, and then every field after it is
  /// wrong.
  private func tooWide(_ row: Int, _ batch: Batch, _ width: Int) -> DropProblem? {
    let fields = batch.strings(row: row)
    guard fields.dropFirst(width).contains(where: { !$0.isEmpty }) else { return nil }
    return DropProblem(
      .rowWidth, row: batch.number(of: UInt32(row)),
      "the row has \(fields.count) fields and there are \(width) headings",
      expected: "fields that hold the separator to be in quotes")
  }

  private func add(_ rows: [UInt32], of batch: Batch, _ plan: Plan) {
    for column in plan.keys { column.read(rows, of: batch, &problems) }
    let measures = plan.measures.map { places(rows.count, plan, $0) }
    for figure in plan.figures { figure.column?.read(rows, measures: measures, of: batch, &problems) }
    guard isWhole, let cells else { return }
    let counts = plan.keys.map(\.dictionary.count) + [plan.figures.count]
    guard cells.fit(counts: counts), !cells.isOverfull else {
      return stop(
        DropProblem(.tooLarge, "the file has more than \(source.limits.cells) different keys (limits: cells)"))
    }
    packKeys(rows.count, plan, cells)
    for (slot, figure) in plan.figures.enumerated() where !figure.isOfRepeats {
      accumulate(rows, of: batch, plan, cells, figure, slot)
    }
    guard let lines = plan.lines else { return }
    lines.note(rows, of: batch, plan.keys)
    if lines.lines.count > source.limits.lines {
      stop(
        DropProblem(.tooLarge, "the file has more than \(source.limits.lines) lines to compare (limits: lines)"))
    }
  }

  /// For each row, the place of the measure that it names.
  private func places(_ count: Int, _ plan: Plan, _ measures: MeasureKeys) -> [UInt32] {
    guard let column = plan.keys.last, plan.measures != nil else { return [] }
    return (0..<count).map { place in
      let code = column.codes[place]
      return code == KeyDictionary.refused ? code : UInt32(measures.figures[Int(code)])
    }
  }

  private func packKeys(_ count: Int, _ plan: Plan, _ cells: CellTable) {
    if keys.count < count { keys = Array(repeating: 0, count: max(count, 4096)) }
    unsafe keys.withUnsafeMutableBufferPointer { keys in
      for place in 0..<count { unsafe keys[place] = 0 }
      for (column, key) in plan.keys.enumerated() {
        let shift = UInt64(cells.shifts[column])
        unsafe key.codes.withUnsafeBufferPointer { codes in
          for place in 0..<count {
            let code = unsafe codes[place]
            unsafe keys[place] = code == KeyDictionary.refused ? CellTable.noKey : keys[place] | UInt64(code) &<< shift
          }
        }
      }
    }
  }

  private func accumulate(
    _ rows: [UInt32], of batch: Batch, _ plan: Plan, _ cells: CellTable, _ figure: Plan.Figure, _ slot: Int
  ) {
    let column = figure.column
    unsafe keys.withUnsafeBufferPointer { keys in
      unsafe rows.withUnsafeBufferPointer { rows in
        let amounts = unsafe CellTable.Amounts(
          keys: keys, slot: UInt64(slot), values: column.map { unsafe UnsafePointer($0.values) },
          states: column.map { unsafe UnsafePointer($0.states) }, rows: rows,
          base: UInt32(truncatingIfNeeded: batch.rowsBefore + 1),
          refusesRepeats: column != nil && source.repeatedRows == .refuse)
        cells.add(amounts) { row, trouble in
          switch trouble {
          case .overflow:
            problems.add(
              DropProblem(.overflow, row: Int(row), column: column?.heading, "the sum of the rows is too large to keep")
            )
          case .repeated(let firstRow):
            problems.add(
              DropProblem(
                .repeated, row: Int(row), column: column?.heading,
                "this row is for the same organisation, period and measure as row \(firstRow)",
                expected: "one row for each, or in the source `repeated_rows: add`"))
          }
        }
      }
    }
  }

  /// Rows in which the file states what its amounts add up to.
  private func state(_ rows: [UInt32], of batch: Batch, _ plan: Plan) {
    hasStatedRow = true
    var measures: [UInt32]?
    if let named = plan.measures, let column = plan.keys.last {
      column.read(rows, of: batch, &problems)
      measures = places(rows.count, plan, named)
    }
    for figure in plan.figures {
      guard let column = figure.column else { continue }
      column.read(rows, measures: measures, of: batch, isTotal: true, &problems)
      for place in rows.indices where unsafe column.states[place] == .amount {
        guard let setting = figure.setting ?? measures.map({ Int(clamping: $0[place]) }), setting < plan.settings.count
        else { continue }
        unsafe stated[setting, default: 0] += Int128(column.values[place])
      }
    }
  }

  // MARK: Faults

  private func report(_ fault: ScanFault, row: Int) {
    switch fault {
    case .unclosedQuote:
      stop(DropProblem(.quoting, row: row, "a quote in this row is never closed", expected: "a closing quote"))
    case .textAfterQuote:
      stop(
        DropProblem(
          .quoting, row: row, "a quoted field goes on after its closing quote",
          expected: "quotes within quotes to be doubled"))
    case .fieldTooLong(let limit):
      stop(DropProblem(.tooLarge, row: row, "a field is longer than \(limit) bytes"))
    case .rowTooLong(let limit):
      stop(DropProblem(.tooLarge, row: row, "the row is longer than \(limit) bytes"))
    case .tooManyFields(let limit):
      stop(DropProblem(.tooLarge, row: row, "the row has more than \(limit) fields"))
    }
  }

  private func report(_ fault: TextFault) {
    guard !isOver else { return }
    let row = rowsSeen + rowsInBuffer + 1
    let place = "at byte \(fault.offset + 1)"
    switch fault.kind {
    case .notUTF8:
      stop(
        DropProblem(
          .encoding, row: row, "the text is not UTF-8 \(place)",
          expected: "a file saved as UTF-8, or `encoding: auto` or `windows-1252` in the source"))
    case .notUTF16:
      stop(DropProblem(.encoding, row: row, "the text is not UTF-16 \(place)", expected: "a file saved as UTF-16"))
    case .notWindows1252(let byte):
      stop(
        DropProblem(
          .encoding, row: row,
          "the byte 0x\(String(byte, radix: 16, uppercase: true)) \(place) is no character of Windows-1252",
          expected: "a file saved as UTF-8 or Windows-1252"))
    case .mixed:
      stop(
        DropProblem(
          .encoding, row: row, "a part of the file is UTF-8 and another is not: they meet \(place)",
          expected: "a file in one encoding, or the one to read it in as `encoding` in the source"))
    case .otherMark(let other):
      stop(
        DropProblem(
          .encoding, "the file says that it is \(other), and its source declares \(source.encoding.rawValue)",
          expected: "`encoding: auto` in the source"))
    case .workbook:
      stop(DropProblem(.notText, "this is a workbook, not a text file", expected: "it to be saved as CSV UTF-8"))
    case .binary:
      stop(
        DropProblem(.notText, row: row, "this is not a text file: it has a zero byte \(place)", expected: "a CSV file"))
    }
  }

  /// Rows that begin in text that was not read: line breaks, as good as can be said of a broken file.
  private var rowsInBuffer: Int {
    let text = unsafe UnsafeBufferPointer(start: buffer.bytes, count: buffer.count)
    return unsafe text.count { $0 == .lineFeed }
  }
}
