/// When a delivered file counts as whole.
package enum ReadyRule: Hashable, Sendable {
  /// Size, times and inode unchanged for so long.
  case unchanged(for: Duration)
  /// A second, empty file beside it: `NAME.done` for the marker `.done`.
  case marker(String)
  /// A second file beside it that holds its SHA-256: `NAME.sha256`.
  case checksum(String)

  /// The ending of the file that stands beside a drop.
  package var suffix: String? {
    switch self {
    case .unchanged: nil
    case .marker(let suffix), .checksum(let suffix): suffix
    }
  }
}

/// Which of the files that were seen are whole. Knows no clock and no file system: each look is told, with the
/// monotonic time at which it was made.
package struct Readiness: Sendable {
  private struct Seen {
    var state: FileState
    var since: Duration
    /// It was offered in this state; not again before it changes.
    var isOffered = false
  }
  private let rule: ReadyRule
  private var seen: [String: Seen] = [:]
  /// Files of an inbox that keeps them, as they were when they were read.
  private var remembered: Set<RememberedFile>

  package init(_ rule: ReadyRule, remembered: Set<RememberedFile> = []) {
    self.rule = rule
    self.remembered = remembered
  }

  /// Takes a look's whole listing and gives the files that are whole, in the order of the listing. A file is given once
  /// for each state that it is seen in.
  ///
  /// - Parameter now: of any monotonic clock, the same for every call.
  package mutating func whole(in listing: [InboxFile], at now: Duration) -> [InboxFile] {
    var kept: [String: Seen] = [:]
    var whole: [InboxFile] = []
    for file in listing {
      var entry = seen[file.path] ?? Seen(state: file.state, since: now)
      if entry.state != file.state { entry = Seen(state: file.state, since: now) }
      if !entry.isOffered && isWhole(file, since: entry.since, now) && !remembered.contains(file.remembered) {
        entry.isOffered = true
        whole.append(file)
      }
      kept[file.path] = entry
    }
    seen = kept
    return whole
  }

  /// The earliest moment at which a file that was seen may be whole; nil while none is waited for.
  package var next: Duration? {
    guard case .unchanged(let window) = rule else { return nil }
    return seen.values.filter { !$0.isOffered }.map { $0.since + window }.min()
  }

  /// The file could not be taken or read (it was changing, or the system said no): it is offered again when it has been
  /// still for the whole window anew.
  package mutating func retry(_ file: InboxFile, at now: Duration) {
    seen[file.path]?.isOffered = false
    seen[file.path]?.since = now
  }

  /// A file of an inbox that keeps them was read.
  package mutating func remember(_ file: InboxFile) { remembered.insert(file.remembered) }

  private func isWhole(_ file: InboxFile, since: Duration, _ now: Duration) -> Bool {
    switch rule {
    case .unchanged(let window): now - since >= window
    case .marker, .checksum: file.hasCompanion
    }
  }
}

/// A file that was read where it lies.
package struct RememberedFile: Hashable, Sendable {
  /// Below the inbox.
  package var path: String
  package var size: Int
  /// Nanoseconds since 1970.
  package var modified: Int64

  package init(path: String, size: Int, modified: Int64) {
    self.path = path
    self.size = size
    self.modified = modified
  }
}
