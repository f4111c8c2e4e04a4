import Drops
import Testing

@Suite struct LongLayoutTests {
  let workbench = DropWorkbench()

  static let source = """
    inbox: in
    columns:
      organisation: Org Code
      period: { column: Month, as: MM YYYY-YY }
      category: Programme
      measure: { column: Measure, names: { Plan: plan, Actual: { measure: actual, unit: £000 } } }
      amount: Amount
    """

  @Test func rowsBecomeCells() throws {
    let reading = try workbench.read(
      """
      Org Code,Month,Programme,Measure,Amount
      5HY,08 2013-14,Acute,Plan,1200
      5HY,08 2013-14,Acute,Actual,1.25
      5K5,08 2013-14,"Mental health, all",Plan,"-1,000.50"
      """, Self.source)
    #expect(
      reading.figures == [
        "5HY 2013-14 M8 actual [category Acute] 1250.0000 ×1 @3",
        "5HY 2013-14 M8 plan [category Acute] 1200.0000 ×1 @2",
        "5K5 2013-14 M8 plan [category Mental health, all] -1000.5000 ×1 @4",
      ])
    #expect(reading.outcome == .accepted)
    #expect(reading.statistics.rows == 3)
  }

  @Test func repeatedRowsAreRefusedOrAdded() throws {
    let text = """
      Org Code,Month,Programme,Measure,Amount
      5HY,08 2013-14,Acute,Plan,1200
      Hounslow PCT,08 2013-14,Acute,Plan,5
      5HY,08 2013-14,Acute,Plan,1
      """
    let refused = try workbench.read(text, Self.source)
    #expect(refused.outcome == .rejected)
    #expect(refused.problems.first.map(\.row) == [3, 4])
    let added = try workbench.read(text, Self.source + "\nrepeated_rows: add")
    #expect(added.figures == ["5HY 2013-14 M8 plan [category Acute] 1206.0000 ×3 @2"])
  }
}
