/// "Did you mean …": the names nearest to what a person wrote.
package enum Suggestion {
  /// The candidates that `word` may have been meant for, best first, at most `limit`; none when nothing is near.
  ///
  /// Case, hyphens, underscores and spaces don't count. A third of the letters may be wrong (one letter of a short
  /// word), a transposition being one mistake, or the word may be a candidate's beginning. Words over 64 letters and
  /// candidates past the 10,000th are not looked at.
  package static func nearest(
    to word: String, among candidates: some Sequence<String>, limit: Int = 3
  ) -> [String] {
    let written = folded(word)
    guard !written.isEmpty, written.count <= longestWord else { return [] }
    let tolerance = max(1, written.count / 3)
    var near: [(candidate: String, distance: Int)] = []
    for candidate in candidates.prefix(mostCandidates) where candidate != word {
      let known = folded(candidate)
      if let distance = distance(written, known, atMost: tolerance) {
        // A word of one or two letters is near to everything; only its case or separators may differ.
        if distance > 0, min(written.count, known.count) < 3 { continue }
        near.append((candidate, distance))
      } else if written.count >= 3, known.starts(with: written) {
        near.append((candidate, tolerance + 1))
      }
    }
    near.sort { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }
    return near.prefix(limit).map(\.candidate)
  }

  /// `did you mean “plan” or “plans”?`, or nothing.
  package static func question(_ word: String, among candidates: some Sequence<String>) -> String? {
    let found = nearest(to: word, among: candidates)
    guard !found.isEmpty else { return nil }
    return "did you mean " + Wording.list(found.map(Wording.quoted), "or") + "?"
  }

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours; nil past `limit`.
  static func distance(_ a: [Character], _ b: [Character], atMost limit: Int) -> Int? {
    guard abs(a.count - b.count) <= limit else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      if row.allSatisfy({ $0 > limit }) && last.allSatisfy({ $0 > limit }) { return nil }
      (beforeLast, last) = (last, row)
    }
    return last[b.count] <= limit ? last[b.count] : nil
  }

  private static func folded(_ word: String) -> [Character] {
    // A prefix bounds the work on a hostile word; one letter more than may be is enough to refuse it.
    word.prefix(longestWord + 1).lowercased().filter { !"-_ ".contains($0) }.map { $0 }
  }

  private static let longestWord = 64
  private static let mostCandidates = 10_000
}

extension Suggestion {
  /// Each of the nearest in place of the word; certain where there is one alone.
  package static func repairs(_ word: String, at span: Span, among candidates: some Sequence<String>) -> [Repair] {
    nearest(to: word, among: candidates).map { .replacing(span, with: $0) }
  }
}
