/// What changes between two texts, line by line, as `diff -u` writes it.
package enum UnifiedDiff {
  private static let context = 3
  private static let mostSearched = 8_000

  /// Empty where nothing differs; otherwise it ends in a line break.
  package static func between(_ old: SourceText, _ new: SourceText) -> String {
    let (before, after) = (lines(of: old), lines(of: new))
    let steps = steps(from: before, to: after)
    guard steps.contains(where: { $0.sign != " " }) else { return "" }
    var result = "--- \(old.name.printable)\n+++ \(new.name.printable)\n"
    for hunk in hunks(steps) { result += written(hunk, of: steps) }
    return result
  }

  private struct Step {
    var sign: Character
    var line: String
    /// Lines of each text before this one.
    var oldLine: Int
    var newLine: Int
  }

  private static func lines(of text: SourceText) -> [String] {
    let lines = (1...text.lineCount).map { String(decoding: text.bytes[text.lineRange($0)], as: UTF8.self) }
    // Behind the last line break there is no line.
    return lines.last == "" ? lines.dropLast() : lines
  }

  private static func steps(from old: [String], to new: [String]) -> [Step] {
    let (removed, inserted) = changes(from: old, to: new)
    var steps: [Step] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, removed.contains(i) {
        steps.append(Step(sign: "-", line: old[i], oldLine: i, newLine: j))
        i += 1
      } else if j < new.count, inserted.contains(j) {
        steps.append(Step(sign: "+", line: new[j], oldLine: i, newLine: j))
        j += 1
      } else {
        steps.append(Step(sign: " ", line: old[i], oldLine: i, newLine: j))
        i += 1
        j += 1
      }
    }
    return steps
  }

  /// Which lines of the old text go, and which of the new one come.
  private static func changes(from old: [String], to new: [String]) -> (removed: Set<Int>, inserted: Set<Int>) {
    if old.count == new.count {
      // Most edits lie within their lines: no search is needed, however many there are.
      let changed = Set(old.indices.filter { old[$0] != new[$0] })
      return (changed, changed)
    }
    // The time that a search takes grows with the square of what differs.
    if old.count + new.count > mostSearched { return (Set(old.indices), Set(new.indices)) }
    var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    return (removed, inserted)
  }

  /// A tab is what a diff is often about.
  private static func shown(_ line: String) -> String {
    line.split(separator: "\t", omittingEmptySubsequences: false).map(\.printable).joined(separator: "\t")
  }

  /// Stretches of steps with their context; those that would touch are one.
  private static func hunks(_ steps: [Step]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for index in steps.indices where steps[index].sign != " " {
      let around = max(0, index - context)..<min(steps.count, index + context + 1)
      if let last = hunks.last, around.lowerBound <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<around.upperBound
      } else {
        hunks.append(around)
      }
    }
    return hunks
  }

  private static func written(_ hunk: Range<Int>, of steps: [Step]) -> String {
    let stretch = steps[hunk]
    func span(_ start: Int, _ count: Int) -> String { "\(count == 0 ? start : start + 1),\(count)" }
    let old = span(stretch[hunk.lowerBound].oldLine, stretch.count { $0.sign != "+" })
    let new = span(stretch[hunk.lowerBound].newLine, stretch.count { $0.sign != "-" })
    return "@@ -\(old) +\(new) @@\n" + stretch.map { "\($0.sign)\(shown($0.line))\n" }.joined()
  }
}
