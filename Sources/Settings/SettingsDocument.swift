package import Diagnostics
import Yams

/// Reads a configuration text as a tree of nodes.
///
/// What a configuration needs of YAML is small, and the rest of it is where accidents and attacks come from: aliases,
/// anchors, tags, directives, several documents, complex and repeated keys are refused, as is a text over 256 KiB, 32
/// levels or 20,000 values. All of that is found before the YAML library sees the text.
package enum SettingsDocument {
  package static let mostBytes = 256 * 1024
  package static let mostLevels = 32
  /// Texts, lists and mappings; a file of nothing but brackets and commas would take long to build.
  package static let mostValues = 20_000

  /// The top node; nil when the text can't be read at all, and then the reason is among the problems.
  ///
  /// - Parameter index: the text's place in the list that the diagnostics will be shown with.
  package static func parse(_ source: SourceText, index: Int32 = 0, into problems: Problems) -> SettingsNode? {
    guard source.bytes.count <= mostBytes else {
      problems.report(
        .tooLarge, "the configuration is larger than 256 KiB", at: Span(text: index, start: 0, end: 0),
        "\(source.bytes.count) bytes")
      return nil
    }
    guard isText(source, index, problems) else { return nil }

    var strictness = YAMLStrictness(source.bytes, index: index)
    let refusals = strictness.refusals()
    refusals.forEach(problems.report)
    guard refusals.isEmpty else { return nil }

    do {
      // No rules of resolution: `NO` and `1e3` stay the text that was written, and each read decides what it means.
      // The encoding is named because the library would else ask the environment for it.
      let start = source.lineRange(1).lowerBound
      let text = String(decoding: source.bytes[start...], as: UTF8.self)
      let root = try Yams.compose(yaml: text, .basic, .default, .utf8)
      var builder = SettingsTree(source, index: index, problems)
      return builder.node(root)
    } catch let error as YamlError {
      var marks = YAMLMarks(source)
      problems.report(error.diagnostic(in: source, index: index, &marks))
    } catch {
      preconditionFailure("the YAML library throws its own errors only: \(error)")
    }
    return nil
  }

  /// UTF-8 without control characters and without the line separators that would count as lines for YAML alone.
  private static func isText(_ source: SourceText, _ index: Int32, _ problems: Problems) -> Bool {
    guard let text = String(validating: source.bytes, as: UTF8.self) else {
      let start = source.bytes.firstBadUTF8
      problems.report(
        .notText, "this is not UTF-8 text", at: Span(text: index, start: start, end: start + 1), "bad byte",
        fix: "save the file as UTF-8")
      return false
    }
    var offset: Int32 = 0
    for scalar in text.unicodeScalars {
      let length = Int32(UTF8.width(scalar))
      if scalar.isUnwelcome, offset > 0 || scalar != "\u{FEFF}" {
        problems.report(
          .notText, "a control character does not belong in a configuration",
          at: Span(text: index, start: offset, end: offset + length), fix: "delete it")
        return false
      }
      offset += length
    }
    return true
  }
}

extension Unicode.Scalar {
  fileprivate var isUnwelcome: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}

extension [UInt8] {
  /// The offset of the first byte that is not part of good UTF-8.
  fileprivate var firstBadUTF8: Int32 {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = makeIterator()
    var offset: Int32 = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { offset += Int32(scalar.count) }
    return offset
  }
}
