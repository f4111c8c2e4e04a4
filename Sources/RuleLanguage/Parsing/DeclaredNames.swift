import Diagnostics

/// The names with underscores that files declare, found without reading the files: what a name with hyphens may have been
/// meant for, before every declaration is known. Looked for once, and only where there is such a name.
final class DeclaredNames {
  private let sources: [SourceText]
  private lazy var names = Set(sources.flatMap(Self.names))

  init(_ sources: [SourceText]) { self.sources = sources }

  func contains(_ name: String) -> Bool { names.contains(name) }

  private static func names(of source: SourceText) -> [String] {
    guard source.bytes.count <= Screening.largestFile else { return [] }
    return source.bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
      guard words.count > 1, words[1].contains(UInt8(ascii: "_")),
        declaring.contains(String(decoding: words[0], as: UTF8.self))
      else { return nil }
      return String(decoding: words[1], as: UTF8.self)
    }
  }

  private static let declaring: Set<String> = ["measure", "dimension", "table", "let"]
}
