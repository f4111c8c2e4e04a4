/// Names that may have been meant by a misspelt word, made ready once for many such words.
package struct Vocabulary: Sendable {
  private struct Entry {
    var name: String
    var letters: [Unicode.Scalar]
  }

  private let entries: [Entry]

  /// Of more than 10,000 names the rest is not looked at: an answer is due while somebody waits for it.
  package init(_ names: some Sequence<String>) {
    entries = names.prefix(Self.mostNames).map { Entry(name: $0, letters: MisspeltWord.letters(of: $0)) }
  }

  private init(_ entries: [Entry]) { self.entries = entries }

  /// With a few more.
  package func adding(_ names: [String]) -> Vocabulary {
    names.isEmpty ? self : Vocabulary(Vocabulary(names).entries + entries.prefix(max(0, Self.mostNames - names.count)))
  }

  /// The names that `word` may have been meant for, best first, at most `limit`; none when nothing is near.
  ///
  /// Case, hyphens, underscores and spaces don't count. A third of the letters may be wrong (one letter of a short
  /// word), a transposition being one mistake, or the word may be a name's beginning. Words over 64 letters are not
  /// looked at.
  package func nearest(to word: String, limit: Int = 3) -> [String] {
    guard let misspelt = MisspeltWord(word) else { return [] }
    // Sorted, never more than are asked for: what is farther than the last of them needs no looking at.
    var near: [(distance: Int, name: String)] = []
    for entry in entries where entry.name != word {
      let most = near.count < limit ? misspelt.tolerance + 1 : near.last?.distance ?? 0
      guard let distance = misspelt.distance(to: entry.letters), distance <= most else { continue }
      let found = (distance, entry.name)
      near.insert(found, at: near.firstIndex { found < $0 } ?? near.endIndex)
      if near.count > limit { near.removeLast() }
    }
    return near.map(\.name)
  }

  /// `did you mean “plan” or “plans”?`, or nothing.
  package func question(_ word: String) -> String? {
    let found = nearest(to: word)
    guard !found.isEmpty else { return nil }
    return "did you mean " + Wording.list(found.map(Wording.quoted), "or") + "?"
  }

  /// Each of the nearest in place of the word; certain where there is one alone.
  package func repairs(_ word: String, at span: Span) -> [Repair] {
    nearest(to: word).map { .replacing(span, with: $0) }
  }

  private static let mostNames = 10_000
}
