import Drops
import Testing

/// Keys are packed into as few bits as they need so far: sums must stay with their keys while the columns widen.
@Suite struct GrowingKeysTests {
  @Test func sumsStayWithTheirKeysAsColumnsWiden() throws {
    var text = "Org Code,Month,Supplier,Purpose,Amount\n"
    var expected: [String: Int] = [:]
    for row in 0..<60_000 {
      // Both dimensions meet new values all through the file, far beyond what is read at once.
      let supplier = "supplier \((row * row) % 97 + row / 600)"
      let purpose = "purpose \(row / 9_000)"
      text += "5HY,08 2013-14,\(supplier),\(purpose),\(row % 1_000)\n"
      expected["5HY 2013-14 M8 paid [purpose \(purpose)] [supplier \(supplier)]", default: 0] += row % 1_000
    }
    let reading = try DropWorkbench().read(
      text,
      """
      inbox: in
      columns:
        organisation: Org Code
        period: { column: Month, as: MM YYYY-YY }
        supplier: Supplier
        purpose: Purpose
        measures: { paid: Amount }
      adds: true
      """)
    var found: [String: Int] = [:]
    for figure in reading.figures {
      let words = figure.split(separator: " ")
      found[words.dropLast(3).joined(separator: " ")] = words[words.count - 3].split(separator: ".").first.flatMap { Int($0) }
    }
    #expect(found == expected)
  }
}
