/// The bytes of a drop on their way to its table: decompressed if they need be.
final class FileText {
  private let table: TableReader
  private let expansion: Int
  private var inflater: Inflater?
  private var hasBegun = false

  init(table: TableReader, expansion: Int) {
    self.table = table
    self.expansion = expansion
  }

  func push(_ piece: UnsafeRawBufferPointer) {
    if !hasBegun {
      hasBegun = true
      if unsafe piece.count >= 2 && piece[0] == 0x1F && piece[1] == 0x8B { inflater = Inflater(expansion: expansion) }
    }
    guard let inflater else { return unsafe table.push(piece) }
    do throws(DropProblem) {
      try unsafe inflater.push(piece) { text in unsafe table.push(text) }
    } catch {
      table.stop(error)
    }
  }

  func finish() {
    if let inflater {
      do throws(DropProblem) { try inflater.finish() } catch { return table.stop(error) }
    }
    table.finish()
  }
}
