import Diagnostics
import Foundation
import RuleLanguage
import RuleLibrary
import Testing

/// What `--fix` and an editor write in place of a mistake.
@Suite struct RepairTests {
  private func found(_ source: SourceText) -> [Diagnostic] { RuleSet.load(files: [source], library: .all).diagnostics }

  private func source(_ name: String) throws -> SourceText {
    let whole = try Data(contentsOf: DiagnosticTests.folder.appending(path: name))
    let divider = try #require(whole.range(of: Data(DiagnosticTests.line.utf8)))
    return SourceText(name: name, bytes: Array(whole[..<divider.lowerBound]))
  }

  private func count(_ diagnostic: Diagnostic, in all: [Diagnostic]) -> Int {
    all.count { $0.code == diagnostic.code && $0.message == diagnostic.message }
  }

  /// Each repair of each golden finding, alone: the finding is gone, and the text can be read as well as before.
  @Test(arguments: DiagnosticTests.names)
  func mendsWhatItIsAbout(_ name: String) throws {
    let text = try source(name)
    let before = found(text)
    for diagnostic in before {
      for repair in diagnostic.repairs {
        let after = found(text.edited(by: repair.edits))
        #expect(
          count(diagnostic, in: after) < count(diagnostic, in: before),
          "\(name): \(diagnostic.message) → \(repair.title)")
        let isOfText = { (one: Diagnostic) in one.code.hasPrefix("R1") }
        // A title that is to be filled in is not yet a text.
        guard repair.isCertain else { continue }
        #expect(after.count(where: isOfText) <= before.count(where: isOfText), "\(name): \(repair.title)")
      }
    }
  }

  /// All certain repairs of each golden file, again and again until none is left: at the places that were written anew
  /// nothing stands that was not wrong there before.
  @Test(arguments: DiagnosticTests.names)
  func mendsWithoutNewFaults(_ name: String) throws {
    var text = try source(name)
    let before = Set(found(text).map(\.code))
    var written: [Range<Int>] = []
    for _ in 0..<10 {
      let findings = found(text)
      let edits = Set(Mending(findings, in: [text]).mended.flatMap { $0.certainEdits ?? [] })
        .sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
      guard !edits.isEmpty else { break }
      written =
        written.map { $0.shifted(by: edits) }
        + edits.map { edit in
          let shift = edits.prefix { $0 != edit }.reduce(0) { $0 + $1.growth }
          let start = Int(edit.span.start) + shift
          return start..<start + edit.replacement.utf8.count
        }
      text = text.edited(by: edits)
    }
    for diagnostic in found(text) where diagnostic.severity == .error && !before.contains(diagnostic.code) {
      guard let span = diagnostic.primary?.span else { continue }
      let isWrittenByRepair = written.contains {
        !$0.isEmpty && $0.overlaps(Int(span.start)..<max(Int(span.end), Int(span.start) + 1))
      }
      #expect(!isWrittenByRepair, "\(name): \(TerminalRenderer().render(diagnostic, in: [text]))")
    }
  }

  @Test func mendsAllAtOnce() throws {
    let text = SourceText(
      name: "mistakes.rules",
      """
      currency GBP
      year starts in April
      measure plan money full year reference
      measure forecast money full year adverse high
      measure actual money year to date adverse high
      rule one "One"
      \tfor each organisation where kind is PCT and region is south
        only when forcast - plan >= 250k and plan>£0 and actual–actual == £0
        watch growth(forecast) - growth(plan)
        amber > 2%
        red more than 4 %
        clears below 1pp
        mesage "{watche | signd} {in_month(actual)}"
        owner ‘finance’

      """)
    var texts = [text]
    for _ in 0..<4 { texts = Mending(found(texts[0]), in: texts).texts }
    let mended = String(decoding: texts[0].bytes, as: UTF8.self)
    #expect(
      mended.contains("  for each organisation where kind is \"PCT\" and region is \"south\""), "\(mended)")
    #expect(mended.contains("amber above 2pp") && mended.contains("red above 4pp"))
    #expect(
      mended.contains("message \"{watched | signed} {in_month(actual)}\"") && mended.contains("owner \"finance\""))
    // Which currency is meant is for a person to say.
    #expect(found(texts[0]).map(\.code) == ["R110"], "\(TerminalRenderer().render(found(texts[0]), in: texts))")
  }

  @Test func conflictingRepairsAreLeft() {
    let text = SourceText(name: "a.rules", "abc")
    func diagnostic(_ start: Int32, _ end: Int32, _ replacement: String) -> Diagnostic {
      let span = Span(text: 0, start: start, end: end)
      return Diagnostic("R100", "\(start)", at: .init(span), repairs: [.replacing(span, with: replacement)])
    }
    let over = Mending([diagnostic(0, 2, "x"), diagnostic(1, 3, "y")], in: [text])
    #expect(over.texts[0].bytes == Array("xc".utf8) && over.mended.count == 1 && over.conflicting.count == 1)
    let beside = Mending([diagnostic(0, 1, "x"), diagnostic(1, 3, "y")], in: [text])
    #expect(beside.texts[0].bytes == Array("xy".utf8) && beside.conflicting.isEmpty)
    let inserted = Mending([diagnostic(1, 1, "x"), diagnostic(1, 1, "y")], in: [text])
    #expect(inserted.texts[0].bytes == Array("axbc".utf8) && inserted.conflicting.count == 1)
    let choice = Diagnostic(
      "R100", "one of two", at: nil,
      repairs: ["x", "y"].map { .replacing(Span(text: 0, start: 0, end: 1), with: $0) })
    #expect(Mending([choice], in: [text]).changed(from: [text]).isEmpty)
  }
}

extension Edit {
  fileprivate var growth: Int { replacement.utf8.count - Int(span.end - span.start) }
}

extension Range<Int> {
  /// Where it stands after edits elsewhere.
  fileprivate func shifted(by edits: [Edit]) -> Range<Int> {
    let shift = edits.filter { Int($0.span.end) <= lowerBound }.reduce(0) { $0 + $1.growth }
    return lowerBound + shift..<upperBound + shift
  }
}
