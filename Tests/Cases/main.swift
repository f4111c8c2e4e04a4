// Prints published figures beside those that the program comes to on the drops of the cases, and ends with 1 where one
// differs by more than the published rounding.
//
//   cases [PUBLISHED.CSV]
import Foundation
import TestKit

let folder = RulePackRun.root.appending(path: "Tests/Fixtures/cases")

func table(_ rows: [[String]]) -> String {
  let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    row.indices.map { column in
      // Figures to the right, words to the left.
      let padding = String(repeating: " ", count: widths[column] - row[column].count)
      return column == 2 || column == 3 ? padding + row[column] : row[column] + padding
    }.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
  }.joined(separator: "\n")
}

do {
  guard RulePackRun.isBuilt else {
    throw PublishedFact.Malformed(description: "build outturn first: swift build --product outturn")
  }
  let facts = try PublishedFact.read(CommandLine.arguments.dropFirst().first ?? folder.path + "/published.csv")
  let run = try RulePackRun("nhs-commissioning", register: "Tests/Fixtures/cases/organisations.csv")
  // As the years went by: what is told of a year ends when the next one reports.
  for group in ["a", "e", "c", "b", "d", "f"] where facts.contains(where: { $0.caseName.lowercased().hasPrefix(group) })
  {
    try run.drop(below: folder.appending(path: group))
    let ended = try run.outturn("serve", "--once")
    guard ended.status == 0 else {
      throw PublishedFact.Malformed(description: "outturn serve ended with \(ended.status):\n\(ended.errors)")
    }
  }
  let announcements = try run.announcements

  var rows = [["CASE", "WHAT", "PUBLISHED", "OURS", "EQUAL", "RULE", "WHOM", "YEAR"]]
  var differing = 0
  for fact in facts {
    let ours = fact.found(in: announcements)
    let equal = try ours.map(fact.isMet) ?? false
    if !equal { differing += 1 }
    rows.append([
      fact.caseName, fact.what, fact.published, ours ?? "nothing", equal ? "yes" : "NO", fact.rule,
      fact.subject.isEmpty ? "overall" : fact.subject, fact.year,
    ])
  }
  print(table(rows))
  print(
    "\n\(facts.count) published facts, "
      + (differing == 0 ? "all equal within the published rounding." : "\(differing) differ."))
  exit(differing == 0 ? 0 : 1)
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(2)
}
