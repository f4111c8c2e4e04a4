package import Diagnostics

/// How the files of tables are had, which stand beside the rule files: by the name in the rule, and the name of the file
/// that the rule stands in.
package typealias TableFiles = (_ name: String, _ ruleFile: String) -> Result<SourceText, TableFileMissing>

/// Why there is no text.
package struct TableFileMissing: Error {
  package var message: String
  package init(_ message: String) { self.message = message }
}

extension RuleSet {
  /// Where there are no files but those that are handed over.
  package static func noTableFiles(_ name: String, _ ruleFile: String) -> Result<SourceText, TableFileMissing> {
    .failure(TableFileMissing("there is no file \(name) beside \(ruleFile)"))
  }
}

/// Fills tables that have a file with its rows.
struct TableFileLoading {
  let library: FunctionLibrary
  let findings: Findings
  let read: TableFiles
  /// The rule files; behind them come those of tables.
  private(set) var texts: [SourceText]

  init(_ files: [SourceText], library: FunctionLibrary, findings: Findings, read: @escaping TableFiles) {
    texts = files
    self.library = library
    self.findings = findings
    self.read = read
  }

  /// More than anybody writes by hand; each is read whole.
  static let mostFiles = 200

  mutating func fill(_ tables: inout [TableSyntax]) {
    var count = 0
    for index in tables.indices {
      guard let file = tables[index].file else { continue }
      count += 1
      guard count <= TableFileLoading.mostFiles, let source = text(of: file, for: tables[index]) else {
        if count == TableFileLoading.mostFiles + 1 {
          findings.add(
            .tableFileUnreadable, "more than \(TableFileLoading.mostFiles) tables stand in files", at: file.span)
        }
        tables[index].isIncomplete = true
        continue
      }
      texts.append(source)
      var reader = TableFileReader(
        source, text: Int32(texts.count - 1), findings: findings, functions: Set(library.functions.keys))
      reader.fill(&tables[index])
    }
  }

  private func text(of file: Written<String>, for table: TableSyntax) -> SourceText? {
    let name = file.value
    guard !name.isEmpty, !name.contains("/"), !name.contains("\\"), name != ".", name != "..", !name.contains("\0")
    else {
      findings.add(
        .tableFileUnreadable, "the file of a table stands beside the rule file and is given by its name alone",
        at: file.span, fix: "\"limits.csv\"")
      return nil
    }
    switch read(name, texts[Int(table.span.text)].name) {
    case .success(let source): return source
    case .failure(let problem):
      findings.add(.tableFileUnreadable, problem.message, at: file.span)
      return nil
    }
  }
}
