import Drops
import Foundation
import TestKit

/// A line of `published.csv`: what was published, and where ours is found.
struct PublishedFact {
  var caseName: String
  var what: String
  /// As published: a figure, a name, or a severity.
  var published: String
  /// To what a published figure was rounded, where that is more than its last digit as written.
  var roundedTo: String
  var rule: String
  /// An organisation's code or a region; empty is overall.
  var subject: String
  var year: String
  /// Words of the message or its detail, with `_` in place of the figure and `…` for what does not matter; empty is the
  /// alert's severity.
  var ours: String

  struct Malformed: Error, CustomStringConvertible { var description: String }

  static let headings = ["case", "what", "published", "rounded to", "rule", "subject", "year", "ours"]

  static func read(_ path: String) throws -> [PublishedFact] {
    let table = SmallTable(Array(try Data(contentsOf: URL(filePath: path))))
    if let problem = table.problem { throw problem }
    let rows = table.rows
    guard rows.first == headings else { throw Malformed(description: "\(path) must be headed \(headings)") }
    return try rows.dropFirst().enumerated().map { index, row in
      guard row.count == headings.count else { throw Malformed(description: "\(path), row \(index + 2): \(row)") }
      return PublishedFact(
        caseName: row[0], what: row[1], published: row[2], roundedTo: row[3], rule: row[4], subject: row[5],
        year: row[6], ours: row[7])
    }
  }

  /// What the program said of it last; nil where it said nothing.
  func found(in announcements: [RulePackRun.Said]) -> String? {
    let said = announcements.last {
      $0.rule.name == rule && $0.subject.keys.map(\.value) == (subject.isEmpty ? [] : [subject])
        && $0.period.hasPrefix(year)
    }
    guard let said else { return nil }
    return ours.isEmpty ? said.severity : taken(from: said.words)
  }

  /// What stands in the place of `_`.
  private func taken(from words: String) -> String? {
    let hole =
      Figure(published) == nil
      ? (ours.hasSuffix("_") ? ".+" : ".+?") : "[-+]?£?[-+]?[0-9][0-9,]*(?:\\.[0-9]+)?(?:pp|bn|%|k|m)?"
    let pattern = NSRegularExpression.escapedPattern(for: ours)
      .replacing("_", with: "(\(hole))").replacing("…", with: ".*?")
    return try? Regex(pattern, as: (Substring, Substring).self).firstMatch(in: words).map { String($0.output.1) }
  }

  /// Whether ours lies within half of what the published figure was rounded to; names and severities must be the same.
  func isMet(by ours: String) throws -> Bool {
    guard let published = Figure(published) else { return ours == self.published }
    guard let figure = Figure(ours), figure.kind == published.kind else { return false }
    var step = published.lastDigit
    if !roundedTo.isEmpty {
      guard let given = Figure(roundedTo), given.kind == published.kind, given.value >= step else {
        throw Malformed(description: "\(caseName), \(what): rounded to \(roundedTo)?")
      }
      step = given.value
    }
    return abs(figure.value - published.value) * 2 <= step
  }
}
