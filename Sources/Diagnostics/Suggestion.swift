/// "Did you mean …": the names nearest to what a person wrote. Who asks again and again keeps a `Vocabulary`.
package enum Suggestion {
  /// The candidates that `word` may have been meant for, best first, at most `limit`; none when nothing is near.
  package static func nearest(
    to word: String, among candidates: some Sequence<String>, limit: Int = 3
  ) -> [String] {
    Vocabulary(candidates).nearest(to: word, limit: limit)
  }

  /// `did you mean “plan” or “plans”?`, or nothing.
  package static func question(_ word: String, among candidates: some Sequence<String>) -> String? {
    Vocabulary(candidates).question(word)
  }

  /// Each of the nearest in place of the word; certain where there is one alone.
  package static func repairs(_ word: String, at span: Span, among candidates: some Sequence<String>) -> [Repair] {
    Vocabulary(candidates).repairs(word, at: span)
  }
}
