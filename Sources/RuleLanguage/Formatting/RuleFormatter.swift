package import Diagnostics

/// Rule files in their one layout. Spaces, line breaks and empty lines are all that it changes: every word and every
/// comment stays, in its order, so that no version changes.
package enum RuleFormatter {
  /// A file laid out; laying out what comes out changes nothing more.
  ///
  /// - Returns: no text where the file can't be read; what is wrong with it is in the diagnostics. They point into the
  ///   file as text 0. What its rules mean is not looked at.
  package static func format(
    _ file: SourceText, library: FunctionLibrary
  ) -> (text: String?, diagnostics: [Diagnostic]) {
    let findings = Findings()
    _ = FileParser.parse([file], functions: Set(library.functions.keys), findings: findings)
    guard !findings.hasErrors else { return (nil, findings.inOrder) }
    let text = FileLayout(file).text
    // What was broken over lines may be one word too long for any of them; such a file stays as it is.
    let isReadable =
      text.utf8.count <= Screening.largestFile
      && text.utf8.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= Screening.longestLine }
    return (isReadable ? text : String(decoding: file.bytes, as: UTF8.self), findings.inOrder)
  }
}
