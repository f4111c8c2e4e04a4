/// How much of a table is read before it is refused as too large.
package struct TableLimits: Hashable, Sendable {
  /// Bytes of the file as it was delivered.
  package var fileBytes = 4 << 30
  /// Bytes of text, after decompression.
  package var textBytes = 16 << 30
  /// How many times larger than itself a compressed file may be.
  package var expansion = 200
  package var rows = 50_000_000
  package var rowBytes = 1 << 20
  package var fieldBytes = 1 << 16
  package var fields = 4_096
  /// In how many rows the headings are looked for.
  package var headingRows = 100
  /// Different values of one key column.
  package var distinctValues = 2_000_000
  /// Lines that are compared with each other, where a source looks for repeats.
  package var lines = 5_000_000
  /// Sums held at once.
  package var cells = 8_000_000

  package init() {}
}
