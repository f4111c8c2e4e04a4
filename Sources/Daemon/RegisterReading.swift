import Diagnostics
import Drops
import Finance
import RuleLanguage
import Storage

/// The register's file as it was read: its organisations, or what is wrong with it and where.
struct RegisterReading {
  /// Nil where anything is wrong with it.
  var register: Register?
  /// What rules may ask of organisations; of a register with faults whatever it may have been, so that rules are not blamed
  /// for them.
  var attributes: [String]
  /// What its faults point into; nil where it has none, or could not be read.
  var text: SourceText?
  private let unreadable: StorageError?
  private let file: RegisterFile?

  private static let longest = 64 << 20

  init(_ path: String) {
    do throws(StorageError) {
      let file = RegisterFile(try Files.contents(path, limit: Self.longest))
      (self.file, unreadable) = (file, nil)
      register = file.problems.isEmpty ? Register(file.organisations) : nil
      attributes = register?.attributes ?? (file.attributes + RuleSet.usualAttributes)
      text = file.problems.isEmpty ? nil : SourceText(name: path, bytes: file.text)
    } catch {
      (file, unreadable, attributes) = (nil, error, Array(RuleSet.usualAttributes))
    }
  }

  /// - Parameters:
  ///   - place: where the configuration names it.
  ///   - index: which of the texts of the diagnostics is its own.
  func diagnostics(at place: Span? = nil, text index: Int) -> [Diagnostic] {
    if let unreadable {
      return [
        SetupCode.registerUnreadable.diagnostic(
          "the register can't be read: \(unreadable.message)", at: place, fix: unreadable.advice)
      ]
    }
    guard let file else { return [] }
    return zip(file.problems.first, file.places).map { problem, range in
      let isFlaw = problem.kind == .organisation && problem.row == nil
      let own = range.map { Span(text: Int32(index), start: Int32($0.lowerBound), end: Int32($0.upperBound)) }
      let message = own == nil ? "the register: \(problem.problem)" : problem.problem
      return (isFlaw ? SetupCode.registerFlaw : .registerRow).diagnostic(
        message, at: own ?? place, fix: problem.expected)
    }
  }
}
