/// When a delivered file counts as whole.
package enum ReadyRule: Hashable, Sendable {
  /// Size, times and inode unchanged for so long.
  case unchanged(for: Duration)
  /// A second, empty file beside it: `NAME.done` for the marker `.done`.
  case marker(String)
  /// A second file beside it that holds its SHA-256: `NAME.sha256`.
  case checksum(String)
}
