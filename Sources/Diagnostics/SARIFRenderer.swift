import Foundation

/// Diagnostics as SARIF 2.1.0 (OASIS), which code hosts and editors take in: one run, with the codes as its rules.
///
/// Columns count Unicode code points from 1. A path that is not absolute stays relative, as the format asks.
package enum SARIFRenderer {
  /// What a code says, for the run's list of rules.
  package struct Description: Sendable {
    package var meaning: String
    /// The code's whole page.
    package var help: String
    package init(meaning: String, help: String) {
      self.meaning = meaning
      self.help = help
    }
  }

  /// Ends in a line break. `describe` is asked for each code that occurs.
  package static func render(
    _ diagnostics: [Diagnostic], in texts: [SourceText], version: String, describe: (String) -> Description
  ) -> String {
    let codes = Set(diagnostics.map(\.code)).sorted()
    let rules = codes.map { code in
      let description = describe(code)
      return Rule(
        id: code, shortDescription: Message(description.meaning), fullDescription: Message(description.meaning),
        help: Message(description.help))
    }
    let results = diagnostics.sortedByPlace().map { diagnostic in
      Result(diagnostic, index: codes.firstIndex(of: diagnostic.code) ?? 0, in: texts)
    }
    let log = Log(
      runs: [
        Run(
          tool: Tool(driver: Driver(name: "outturn", version: version, rules: rules)),
          artifacts: texts.map { Artifact(location: ArtifactLocation(uri: uri($0.name))) }, results: results)
      ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(log), as: UTF8.self) + "\n"
    } catch {
      preconditionFailure("strings and whole numbers can always be written as JSON: \(error)")
    }
  }

  /// A path as a reference that a URI allows.
  static func uri(_ path: String) -> String {
    var allowed = CharacterSet.urlPathAllowed
    // The first part of a relative reference would be taken for a scheme.
    allowed.remove(":")
    let written = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
    return path.hasPrefix("/") ? "file://" + written : written
  }
}

// MARK: - The format's objects, by the format's names

private struct Log: Encodable {
  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }
}

private struct Run: Encodable {
  let tool: Tool
  let columnKind = "unicodeCodePoints"
  let artifacts: [Artifact]
  let results: [Result]
}

private struct Tool: Encodable { let driver: Driver }

private struct Driver: Encodable {
  let name: String
  let version: String
  let rules: [Rule]
}

private struct Rule: Encodable {
  let id: String
  let shortDescription: Message
  let fullDescription: Message
  let help: Message
}

private struct Message: Encodable {
  let text: String
  init(_ text: String) { self.text = text }
}

private struct Artifact: Encodable { let location: ArtifactLocation }

private struct ArtifactLocation: Encodable {
  let uri: String
  var index: Int?
}

private struct Result: Encodable {
  let ruleId: String
  let ruleIndex: Int
  let level: String
  let message: Message
  let locations: [Location]
  let relatedLocations: [Location]
  let fixes: [Fix]

  init(_ diagnostic: Diagnostic, index: Int, in texts: [SourceText]) {
    ruleId = diagnostic.code
    ruleIndex = index
    level = diagnostic.severity.rawValue
    message = Message(diagnostic.message.printable + (diagnostic.fix.map { "\nfix: " + $0 } ?? ""))
    locations = diagnostic.primary.map { [Location($0, in: texts)] } ?? []
    relatedLocations = diagnostic.secondary.enumerated().map { Location($1, id: $0 + 1, in: texts) }
    fixes = diagnostic.repairs.map { Fix($0, in: texts) }
  }
}

private struct Location: Encodable {
  let id: Int?
  let physicalLocation: PhysicalLocation
  let message: Message?

  init(_ label: Diagnostic.Label, id: Int? = nil, in texts: [SourceText]) {
    self.id = id
    physicalLocation = PhysicalLocation(
      artifactLocation: ArtifactLocation(label.span, in: texts), region: Region(label.span, in: texts))
    message = label.text.isEmpty ? nil : Message(label.text.printable)
  }
}

private struct PhysicalLocation: Encodable {
  let artifactLocation: ArtifactLocation
  let region: Region
}

extension ArtifactLocation {
  fileprivate init(_ span: Span, in texts: [SourceText]) {
    uri = SARIFRenderer.uri(texts[Int(span.text)].name)
    index = Int(span.text)
  }
}

private struct Region: Encodable {
  let startLine: Int
  let startColumn: Int
  let endLine: Int
  let endColumn: Int
  let byteOffset: Int
  let byteLength: Int

  init(_ span: Span, in texts: [SourceText]) {
    let text = texts[Int(span.text)]
    (startLine, startColumn) = text.codePoint(at: span.start)
    (endLine, endColumn) = text.codePoint(at: span.end)
    byteOffset = Int(span.start)
    byteLength = Int(span.end - span.start)
  }
}

private struct Fix: Encodable {
  let description: Message
  let artifactChanges: [ArtifactChange]

  init(_ repair: Repair, in texts: [SourceText]) {
    description = Message(repair.title)
    let byText = Dictionary(grouping: repair.edits, by: \.span.text)
    artifactChanges = byText.sorted { $0.key < $1.key }.map { _, edits in
      ArtifactChange(
        artifactLocation: ArtifactLocation(edits[0].span, in: texts),
        replacements: edits.map { edit in
          Replacement(deletedRegion: Region(edit.span, in: texts), insertedContent: Message(edit.replacement))
        })
    }
  }
}

private struct ArtifactChange: Encodable {
  let artifactLocation: ArtifactLocation
  let replacements: [Replacement]
}

private struct Replacement: Encodable {
  let deletedRegion: Region
  let insertedContent: Message
}

extension SourceText {
  /// Line and column in code points, both from 1.
  fileprivate func codePoint(at offset: Int32) -> (line: Int, column: Int) {
    let offset = max(0, min(Int(offset), bytes.count))
    let line = lineNumber(of: offset)
    let before = bytes[min(offset, lineRange(line).lowerBound)..<offset]
    return (line, before.count { $0 & 0xC0 != 0x80 } + 1)
  }
}
