import Finance
import Hashing

#if canImport(Glibc)
  import Glibc
#endif

/// Reads the drops of one source.
package struct DropReader: Sendable {
  package let source: SourceSettings
  package let context: ReadingContext
  package let history: SourceHistory
  package let lines: any LineHistory

  /// - Parameters:
  ///   - history: what earlier drops of the source added up to, for `checks: plausible`.
  ///   - lines: the lines that they brought, for `repeats`.
  package init(
    source: SourceSettings, context: ReadingContext, history: SourceHistory = SourceHistory(),
    lines: any LineHistory = NoHistory()
  ) {
    self.source = source
    self.context = context
    self.history = history
    self.lines = lines
  }

  /// From this size on a file is made sense of on a second thread.
  private static let largeFile = 4 << 20

  /// One pass over an open regular file: every byte goes to `archive`, into the hash and to the parser.
  ///
  /// - Parameters:
  ///   - descriptor: opened for reading, at its start; stays open.
  ///   - archive: takes the bytes in order, on the calling thread; what it throws ends the reading.
  /// - Throws: `InboxFailure` (`.changed` where the file was written to meanwhile) and what `archive` throws. What is
  ///   wrong with the file's content is no error: it stands in the reading.
  package func read(
    descriptor: Int32, name: DropName, archive: (RawSpan) throws -> Void = { _ in }
  ) throws -> DropReading {
    let before = try FileState(descriptor: descriptor)
    guard before.isRegular else { throw InboxFailure(.notRegular, "\(name.file) is not a regular file") }
    let table = TableReader(source: source, context: context)
    var problem: DropProblem?
    var fixed: FixedKeys?
    do throws(DropProblem) {
      fixed = try FixedKeys(source: source, name: name, context: context)
    } catch {
      problem = error
    }
    var hash = SHA256()
    var byteCount = 0
    let limit = source.limits.fileBytes
    if before.size > limit { table.stop(DropProblem(.tooLarge, "the file is larger than \(limit) bytes")) }
    let text = FileText(table: table, expansion: source.limits.expansion)
    try unsafe forEachPiece(descriptor, name, text, isLarge: before.size >= Self.largeFile) { piece in
      let span = unsafe piece.bytes
      hash.update(span)
      try archive(span)
      byteCount += piece.count
      if byteCount > before.size { throw Self.changed(name) }
    }
    text.finish()
    guard try FileState(descriptor: descriptor) == before, byteCount == before.size else {
      throw Self.changed(name)
    }
    return try finish(table, fixed, problem, name, hash.finish(), byteCount)
  }

  /// Reads by read(2), never by mapping: a mapped file that is cut short kills the process.
  private func forEachPiece(
    _ descriptor: Int32, _ name: DropName, _ text: FileText, isLarge: Bool,
    _ take: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let queue = PieceQueue()
    // The table is the other thread's until that has been waited for.
    nonisolated(unsafe) let parsed = text
    let worker = isLarge ? WorkerThread { unsafe queue.drain { unsafe parsed.push($0) } } : nil
    defer {
      queue.close()
      worker?.join()
    }
    while true {
      let buffer = unsafe queue.empty()
      let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw InboxFailure.last("reading \(name.file)")
      }
      if count == 0 { break }
      let piece = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
      if worker != nil {
        try unsafe take(piece)
        queue.submit(count)
      } else {
        unsafe text.push(piece)
        try unsafe take(piece)
      }
    }
  }

  private static func changed(_ name: DropName) -> InboxFailure {
    InboxFailure(.changed, "\(name.file) was written to while it was read")
  }

  private func finish(
    _ table: TableReader, _ fixed: FixedKeys?, _ problem: DropProblem?, _ name: DropName, _ sha256: [UInt8],
    _ byteCount: Int
  ) throws -> DropReading {
    var problems = DropProblems()
    if let problem { problems.add(problem) }
    problems.add(table.problems)
    var reading = DropReading(
      name: name, sha256: sha256, byteCount: byteCount, statistics: DropStatistics(), contents: nil, problems: problems,
      doubts: [])
    reading.statistics.rows = table.rowsRead
    reading.statistics.rowsIgnored = table.rowsIgnored
    guard let plan = table.plan else { return reading }
    reading.statistics.largest = plan.figures.compactMap { $0.column?.largest }
    reading.doubts = plan.figures.compactMap { $0.column?.doubt }
    guard let fixed, let cells = table.cells, table.isWhole else { return reading }
    reading.statistics.notComparedFor = plan.notComparedFor
    let repeats = try plan.lines.flatMap { log in
      try Repeats(
        log, source: source, fixed: fixed, plan: plan, cells: cells, history: lines, &reading.problems)
    }
    var summing = Summing(source: source, context: context, fixed: fixed, plan: plan, cells: cells)
    summing.sum()
    for problem in summing.problems { reading.problems.add(problem) }
    reading.statistics.count(summing)
    for problem in ControlTotals(source: source, context: context).problems(table, plan, summing) {
      reading.problems.add(problem)
    }
    reading.problems.sort(from: 0)
    guard reading.problems.isEmpty else { return reading }
    reading.doubts += history.doubts(
      about: reading.statistics, source.plausible, except: source.measures.ofRepeats, context)
    var figures = summing.figures
    repeats?.attach(to: &figures, series: summing.series)
    reading.contents = DropContents(
      source: source.name, name: name.file, sha256: sha256, byteCount: byteCount, rowCount: table.rowsRead,
      facts: fixed.facts, series: summing.series, figures: figures, restates: source.restates)
    return reading
  }
}
