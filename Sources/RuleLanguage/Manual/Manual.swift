import Diagnostics

/// The manual of the language: a page for every construct, in chapters. Functions have pages in the library, codes have
/// theirs beside what finds them.
package enum Manual {
  package struct Chapter: Sendable {
    package var title: String
    /// Paragraphs, each on one line.
    package var introduction: [String]
    package var pages: [ManualPage]
  }

  /// In the order of the reference.
  package static let chapters = [
    files, measures, figures, periods, rules, bands, suppressions, messages, expressions, populations, tables, tests,
  ]

  package static let pages = chapters.flatMap(\.pages)

  /// The page of a word or words as they stand in a rule: `watch`, `persists for`, `red`, `in same`. Case does not count.
  package static func page(for words: String) -> ManualPage? {
    let wanted = words.lowercased().split(separator: " ").joined(separator: " ")
    return found[wanted].map { pages[$0] }
  }

  /// Everything that has a page.
  package static var words: [String] { pages.flatMap { [$0.name] + $0.words } }

  private static let found: [String: Int] = {
    var found: [String: Int] = [:]
    for (index, page) in pages.enumerated() {
      for word in [page.name] + page.words { found[word.lowercased()] = index }
    }
    // `persists` for `persists for`, where no other page begins so.
    for (index, page) in pages.enumerated() {
      for word in [page.name] + page.words {
        guard let first = word.split(separator: " ").first.map(String.init), found[first] == nil else { continue }
        found[first] = index
      }
    }
    return found
  }()
}
