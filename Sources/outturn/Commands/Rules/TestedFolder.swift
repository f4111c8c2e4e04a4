import ArgumentParser
import Daemon
import Diagnostics
import Evaluation
import Foundation
import RuleLanguage
import RuleTesting

/// The tests of one folder of rules, run.
struct TestedFolder {
  private let folder: String
  /// The one whose tests are run, where it is one alone.
  private let rule: String?
  private let program: Program
  private let texts: [SourceText]
  private let tree: SyntaxTree
  private let outcomes: [TestOutcome]
  private let duration: Duration
  /// What says what the sources are; nil where there is none.
  private let configuration: String?

  /// - Parameters:
  ///   - files: the tests of these alone; all for nil.
  ///   - rule: the tests of this rule alone.
  ///   - named: the configuration whose sources say what a cell that is left out means, and when returns are due; the
  ///     folder's own for nil, where it has one.
  init(_ folder: String, files: Set<String>?, rule: String?, configuration named: String?) async throws {
    let (read, problems) = Policy.read(folder)
    let loaded = Policy.check(read)
    guard problems.isEmpty, let program = loaded.program else {
      let found = problems + (read.isEmpty ? [] : loaded.diagnostics)
      Terminal.complain(
        TerminalRenderer(colour: Terminal.errorHasColour).render(found, in: loaded.texts).trimmedEnd)
      throw ExitCode(Status.couldNotRun)
    }
    if let rule, !program.rules.contains(where: { $0.name == rule }) {
      let question = Suggestion.question(rule, among: program.rules.map(\.name)).map { "; \($0)" } ?? "."
      throw Complaint.couldNotRun("There is no rule \(rule.printable) in \(folder.printable)\(question)")
    }
    if let files, let stray = files.first(where: { file in !loaded.texts.contains { $0.name == file } }) {
      throw Complaint.couldNotRun("There is no file \(stray.printable).")
    }
    let tests = loaded.tests.filter { test in
      (rule == nil || test.rule == rule) && (files?.contains(loaded.texts[Int(test.span.text)].name) ?? true)
    }
    configuration = named ?? Self.configuration(in: folder)
    let traits = try configuration.map(Self.traits) ?? [:]
    let clock = ContinuousClock()
    let start = clock.now
    outcomes = await TestSuite.run(
      tests, of: program, traits: traits, threads: ProcessInfo.processInfo.activeProcessorCount)
    duration = clock.now - start
    self.folder = folder
    self.program = program
    texts = loaded.texts
    tree = loaded.tree
    self.rule = rule
  }

  private static func configuration(in folder: String) -> String? {
    let path = folder.hasSuffix("/") ? folder + "outturn.yaml" : folder + "/outturn.yaml"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  private static func traits(by path: String) throws -> [String: MeasureTraits] {
    let (configuration, diagnostics, text) = Configuration.load(path)
    guard let configuration else { throw Complaint.couldNotRun(diagnostics, in: [text]) }
    return configuration.traits
  }

  var passed: Bool { outcomes.allSatisfy(\.passed) }

  func report(coverage isWanted: Bool) -> TestReport {
    TestReport(outcomes, of: program, in: texts, coverage: isWanted ? coverage.json : nil)
  }

  private var coverage: CoverageText {
    CoverageText(coverage: Coverage(outcomes, of: tree, rule: rule, in: texts), texts: texts)
  }

  func show(coverage isWanted: Bool) {
    defer { if isWanted { print("\n" + coverage.text) } }
    guard !outcomes.isEmpty else {
      return print("There are no tests in \(folder.printable). A test stands below its rule: test … \"what it shows\"")
    }
    let text = FailureText(program, in: texts)
    for outcome in outcomes where !outcome.passed { print(text.text(outcome) + "\n") }
    let failed = outcomes.count { !$0.passed }
    let rules = Set(outcomes.map(\.test.rule)).count
    let what = "\(Wording.count(outcomes.count, "test")) of \(Wording.count(rules, "rule"))"
    let sources = configuration.map { "; sources as in \($0.printable)" } ?? ""
    print(
      failed == 0
        ? "\(what) passed in \(milliseconds) ms\(sources)."
        : "\(failed) of \(what) failed (\(milliseconds) ms)\(sources).")
  }

  /// A line for each failure, which shows beside the expectation.
  func annotate() {
    let found = outcomes.flatMap(\.failures).map { failure in
      let differences = failure.differences.map { "\($0.field.rawValue): expected \($0.expected), found \($0.found)" }
      let message = failure.explanation?.finding.sentence ?? ""
      return Diagnostic(
        "test", differences.joined(separator: "\n"), at: Diagnostic.Label(failure.expectation.span, message))
    }
    print(GitHubRenderer.render(found, in: texts), terminator: "")
  }

  private var milliseconds: Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
  }
}
