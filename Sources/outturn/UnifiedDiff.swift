import Diagnostics

/// How one text becomes another, as `diff -u` shows it and `patch` takes it.
enum UnifiedDiff {
  /// Empty where they are alike. Texts end in a line break.
  static func text(from old: String, to new: String, name: String) -> String {
    let edits = wholeEdits(lines(old), lines(new))
    let hunks = hunks(of: edits)
    guard !hunks.isEmpty else { return "" }
    return "--- \(name.printable)\n+++ \(name.printable)\n" + hunks.map { text(edits, $0) }.joined()
  }

  private enum Edit {
    case kept(String), removed(String), added(String)

    var isKept: Bool { if case .kept = self { true } else { false } }
    var isInOld: Bool { if case .added = self { false } else { true } }
    var isInNew: Bool { if case .removed = self { false } else { true } }
    var line: String {
      switch self {
      case .kept(let line): " " + line
      case .removed(let line): "-" + line
      case .added(let line): "+" + line
      }
    }
  }

  /// Unchanged lines that are shown around each change.
  private static let context = 3

  /// More lines than this that differ are not compared one by one: the time that takes grows with their square.
  private static let most = 4_000

  /// By bytes: a carriage return before a line break is part of its line.
  private static func lines(_ text: String) -> [String] {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func wholeEdits(_ old: [String], _ new: [String]) -> [Edit] {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    let middle = edits(Array(old[start..<(old.count - end)]), Array(new[start..<(new.count - end)]))
    return old[..<start].map(Edit.kept) + middle + old[(old.count - end)...].map(Edit.kept)
  }

  private static func edits(_ old: [String], _ new: [String]) -> [Edit] {
    guard old.count + new.count <= most else { return old.map(Edit.removed) + new.map(Edit.added) }
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var edits: [Edit] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, removed.contains(left) {
        edits.append(.removed(old[left]))
        left += 1
      } else if right < new.count, added.contains(right) {
        edits.append(.added(new[right]))
        right += 1
      } else {
        edits.append(.kept(new[right]))
        (left, right) = (left + 1, right + 1)
      }
    }
    return edits
  }

  private static func hunks(of edits: [Edit]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for index in edits.indices where !edits[index].isKept {
      let range = max(0, index - context)..<min(edits.count, index + context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private static func text(_ edits: [Edit], _ hunk: Range<Int>) -> String {
    func place(_ isIn: (Edit) -> Bool) -> String {
      let count = edits[hunk].count(where: isIn)
      let before = edits[..<hunk.lowerBound].count(where: isIn)
      return "\(count > 0 ? before + 1 : before),\(count)"
    }
    return "@@ -\(place(\.isInOld)) +\(place(\.isInNew)) @@\n"
      + edits[hunk].map { $0.line.printable + "\n" }.joined()
  }
}
