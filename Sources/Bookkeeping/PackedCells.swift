import Finance

/// The cells of one version as bytes: four columns, each a base and as many bytes a value as its spread needs.
///
/// | part | bytes |
/// |---|---|
/// | format, 1 | 1 |
/// | number of cells | 4 |
/// | the first series less one | 4 |
/// | width and base of the columns series, value, rows, first row | 4 × (1 + 8) |
/// | the columns, one after the other | width × cells each |
/// | zeros | 8, so that any value can be read as eight bytes |
///
/// All numbers are little-endian. A column's value is its base plus the unsigned number stored; the series column holds
/// each series less the one before it, so where a drop's series follow each other it takes no bytes at all. Amounts of
/// a year's return take five or six bytes, row numbers three, and counts of rows (all 1, mostly) none.
enum PackedCells {
  /// More than any drop's; a number beyond it was never written.
  static let mostCells = 1 << 24
  private static let header = columnsAt + 4 * 9
  private static let columnsAt = 1 + 4 + 4
  private static let slack = 8

  /// - Parameter cells: in ascending order of series, none twice; series count from 1.
  static func pack(_ cells: [Cell]) -> [UInt8] {
    precondition(cells.count <= mostCells, "more cells than a version holds")
    var series = Column(), values = Column(), rows = Column(), firstRows = Column()
    let before = (cells.first?.series ?? 1) - 1
    var last = before
    for cell in cells {
      precondition(cell.series > last, "cells are not in order of series")
      series.include(Int64(cell.series - last))
      values.include(cell.value)
      rows.include(Int64(cell.rows))
      firstRows.include(Int64(cell.firstRow))
      last = cell.series
    }
    let count = cells.count
    let size = header + count * (series.width + values.width + rows.width + firstRows.width) + slack
    return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      unsafe buffer.initialize(repeating: 0)
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      unsafe bytes[0] = 1
      unsafe bytes.storeBytes(of: UInt32(count).littleEndian, toByteOffset: 1, as: UInt32.self)
      unsafe bytes.storeBytes(of: before.littleEndian, toByteOffset: 5, as: UInt32.self)
      var place = columnsAt
      for column in [series, values, rows, firstRows] {
        unsafe bytes[place] = UInt8(column.width)
        unsafe bytes.storeBytes(of: column.base.littleEndian, toByteOffset: place + 1, as: Int64.self)
        place += 9
      }
      var at = (series: header, value: 0, row: 0, first: 0)
      at.value = at.series + count * series.width
      at.row = at.value + count * values.width
      at.first = at.row + count * rows.width
      // Each store writes eight bytes; the next one, of this column or of the one behind it, overwrites the surplus. So
      // the columns are written one after the other.
      var last = before
      for cell in cells {
        unsafe series.store(Int64(cell.series - last), at: &at.series, in: bytes)
        last = cell.series
      }
      for cell in cells { unsafe values.store(cell.value, at: &at.value, in: bytes) }
      for cell in cells { unsafe rows.store(Int64(cell.rows), at: &at.row, in: bytes) }
      for cell in cells { unsafe firstRows.store(Int64(cell.firstRow), at: &at.first, in: bytes) }
      initialized = size
    }
  }

  /// nil for bytes that `pack` does not make.
  static func unpack(_ packed: [UInt8]) -> [Cell]? {
    unsafe packed.withUnsafeBytes { bytes -> [Cell]? in
      guard bytes.count >= header + slack, unsafe bytes[0] == 1 else { return nil }
      let count = Int(UInt32(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self)))
      var columns: [Column] = []
      for place in stride(from: columnsAt, to: header, by: 9) {
        let width = Int(unsafe bytes[place])
        let base = Int64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: place + 1, as: Int64.self))
        guard width <= 8 else { return nil }
        columns.append(Column(base: base, width: width))
      }
      let widths = columns.reduce(0) { $0 + $1.width }
      guard count <= mostCells, bytes.count == header + count * widths + slack else { return nil }
      let (series, values, rows, firstRows) = (columns[0], columns[1], columns[2], columns[3])
      let valuesAt = header + count * series.width
      let rowsAt = valuesAt + count * values.width
      let firstRowsAt = rowsAt + count * rows.width
      var cells: [Cell] = []
      cells.reserveCapacity(count)
      var last = Int64(UInt32(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: 5, as: UInt32.self)))
      for index in 0..<count {
        last &+= unsafe series.load(header + index * series.width, bytes)
        cells.append(
          Cell(
            series: UInt32(truncatingIfNeeded: last),
            rows: UInt32(truncatingIfNeeded: unsafe rows.load(rowsAt + index * rows.width, bytes)),
            firstRow: UInt32(truncatingIfNeeded: unsafe firstRows.load(firstRowsAt + index * firstRows.width, bytes)),
            value: unsafe values.load(valuesAt + index * values.width, bytes)))
      }
      return cells
    }
  }

  /// Values as a base and an offset from it. The offset of the greatest from the least fits 64 bits unsigned, whatever
  /// the two are.
  private struct Column {
    var base: Int64
    var width: Int
    private var greatest: Int64
    private var isEmpty: Bool

    init() { (base, width, greatest, isEmpty) = (0, 0, 0, true) }
    init(base: Int64, width: Int) { (self.base, self.width, greatest, isEmpty) = (base, width, base, false) }

    mutating func include(_ value: Int64) {
      base = isEmpty ? value : min(base, value)
      greatest = isEmpty ? value : max(greatest, value)
      isEmpty = false
      width = (71 - UInt64(bitPattern: greatest &- base).leadingZeroBitCount) / 8
    }

    @unsafe func store(_ value: Int64, at place: inout Int, in bytes: UnsafeMutableRawBufferPointer) {
      let offset = UInt64(bitPattern: value &- base)
      unsafe bytes.storeBytes(of: offset.littleEndian, toByteOffset: place, as: UInt64.self)
      place += width
    }

    @unsafe func load(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> Int64 {
      let eight = UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let mask = width == 8 ? UInt64.max : (1 << UInt64(width * 8)) - 1
      return base &+ Int64(bitPattern: eight & mask)
    }
  }
}
