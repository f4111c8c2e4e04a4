import Foundation

/// Diagnostics for a script: an array in the order of their places.
///
/// Each is an object with `code`, `severity` (`error`, `warning`), `message`, `file`, `line`, `column`, `end_line`,
/// `end_column` (all counted from 1, the end just past the fault), `label`, `related` (the same place fields with
/// `label`), `fix`, `repairs` (each a `title`, whether it is `certain`, and `edits`: the place fields and the `text` that
/// goes there) and `help` (the command with more). What does not apply is `null`. Names are never changed or reused; new
/// ones may be added.
package enum JSONRenderer {
  /// Ends in a line break.
  package static func render(_ diagnostics: [Diagnostic], in texts: [SourceText]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      let data = try encoder.encode(diagnostics.sortedByPlace().map { Finding($0, in: texts) })
      return String(decoding: data, as: UTF8.self) + "\n"
    } catch {
      preconditionFailure("strings and whole numbers can always be written as JSON: \(error)")
    }
  }
}

private struct Finding: Encodable {
  let diagnostic: Diagnostic
  let location: Location?
  let related: [Location]
  let repairs: [WrittenRepair]

  init(_ diagnostic: Diagnostic, in texts: [SourceText]) {
    self.diagnostic = diagnostic
    location = diagnostic.primary.map { Location($0, in: texts) }
    related = diagnostic.secondary.map { Location($0, in: texts) }
    repairs = diagnostic.repairs.map { WrittenRepair($0, in: texts) }
  }

  enum Key: String, CodingKey { case code, severity, message, related, fix, repairs, help }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(diagnostic.code, forKey: .code)
    try container.encode(diagnostic.severity.rawValue, forKey: .severity)
    try container.encode(diagnostic.message, forKey: .message)
    try container.encode(related, forKey: .related)
    try container.encode(diagnostic.fix, forKey: .fix)
    try container.encode(repairs, forKey: .repairs)
    try container.encode("outturn help " + diagnostic.code, forKey: .help)
    try Location.encode(location, to: encoder)
  }
}

private struct WrittenRepair: Encodable {
  let title: String
  let certain: Bool
  let edits: [WrittenEdit]

  init(_ repair: Repair, in texts: [SourceText]) {
    title = repair.title
    certain = repair.isCertain
    edits = repair.edits.map {
      WrittenEdit(location: Location(Diagnostic.Label($0.span), in: texts), text: $0.replacement)
    }
  }
}

private struct WrittenEdit: Encodable {
  let location: Location
  let text: String

  enum Key: String, CodingKey { case text }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(text, forKey: .text)
    try location.encodePlace(to: encoder)
  }
}

/// The place fields of a finding or of a related place.
private struct Location: Encodable {
  let file: String
  let start: Place
  let end: Place
  let label: String

  init(_ label: Diagnostic.Label, in texts: [SourceText]) {
    let text = texts[Int(label.span.text)]
    file = text.name
    start = text.place(of: label.span.start)
    end = text.place(of: label.span.end)
    self.label = label.text
  }

  enum Key: String, CodingKey {
    case file, line, column, label
    case endLine = "end_line"
    case endColumn = "end_column"
  }

  func encode(to encoder: any Encoder) throws {
    try Self.encode(self, to: encoder)
  }

  static func encode(_ location: Location?, to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(location?.label, forKey: .label)
    try encodePlace(location, to: encoder)
  }

  func encodePlace(to encoder: any Encoder) throws { try Self.encodePlace(self, to: encoder) }

  private static func encodePlace(_ location: Location?, to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(location?.file, forKey: .file)
    try container.encode(location?.start.line, forKey: .line)
    try container.encode(location?.start.column, forKey: .column)
    try container.encode(location?.end.line, forKey: .endLine)
    try container.encode(location?.end.column, forKey: .endColumn)
  }
}
