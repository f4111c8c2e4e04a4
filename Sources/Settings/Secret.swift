import Diagnostics
import Foundation

/// A secret by its place; the text itself is read when it is needed and is never part of the configuration.
///
/// A file that others than its owner and group may read is refused. Nothing that prints a `Secret` prints more than
/// `‹secret›`.
package struct Secret: Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    case file(String)
    /// By the name that the unit's `LoadCredential=` gives it.
    case credential(String)
  }

  package let place: Place
  package static let mostBytes = 64 * 1024

  package init(_ place: Place) {
    self.place = place
  }

  /// Lends the secret's bytes, without one final line end; they are overwritten afterwards.
  ///
  /// - Parameter credentials: the folder that systemd put the credentials in.
  package func withBytes<Result>(
    credentials: String? = Secret.credentialsFolder, _ body: (Swift.Span<UInt8>) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    var bytes = try read(credentials)
    defer { unsafe bytes.withUnsafeMutableBytes { unsafe explicit_bzero($0.baseAddress!, $0.count) } }
    var count = bytes.count
    if count > 0, bytes[count - 1] == UInt8(ascii: "\n") { count -= 1 }
    if count > 0, count < bytes.count, bytes[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    guard count > 0 else { throw FileError(.empty, "the secret in \(path(credentials) ?? "") is empty") }
    return try body(bytes.span.extracting(..<count))
  }

  /// The secret as text, for what needs a string (an address, a token in a header).
  package func text(credentials: String? = Secret.credentialsFolder) throws(FileError) -> String {
    try withBytes(credentials: credentials) { bytes throws(FileError) in
      var copy = [UInt8](repeating: 0, count: bytes.count)
      for index in bytes.indices { copy[index] = bytes[index] }
      defer { unsafe copy.withUnsafeMutableBytes { unsafe explicit_bzero($0.baseAddress!, $0.count) } }
      guard let text = String(validating: copy, as: UTF8.self) else {
        throw FileError(.unreadable, "the secret is not UTF-8 text")
      }
      return text
    }
  }

  /// `$CREDENTIALS_DIRECTORY`
  package static var credentialsFolder: String? { ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] }

  private func read(_ credentials: String?) throws(FileError) -> [UInt8] {
    guard let path = path(credentials) else {
      throw FileError(
        .noCredentials, "there are no credentials: systemd hands them over with LoadCredential= in the unit")
    }
    let file = try BoundedFile(opening: path)
    guard !file.isExposed else {
      throw FileError(.exposed, "\(path) may be read by everybody: chmod o= \(path)")
    }
    return try file.read(atMost: Self.mostBytes)
  }

  private func path(_ credentials: String?) -> String? {
    switch place {
    case .file(let path): path
    case .credential(let name): credentials.map { "\($0)/\(name)" }
    }
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "‹secret›" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SettingsNode {
  /// `{ file: PATH }` or `{ credential: NAME }`. The secret itself written here is an error, and no message shows it.
  package func secret() -> Secret? {
    guard case .mapping(let entries) = content, let entry = entries.first else { return writtenInTheOpen() }
    if let other = entries.first(where: { !["file", "credential"].contains($0.key) }) {
      return other.value.writtenInTheOpen()
    }
    guard entries.count == 1 else { return refuse("a secret is in a file or a credential, not in both", .conflict) }
    guard let text = entry.value.text() else { return nil }
    if entry.key == "file" {
      return text.hasPrefix("/")
        ? Secret(.file(text))
        : entry.value.refuseConfidentially("the file of a secret is named by its whole path", fix: "begin it with /")
    }
    let isName = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    return isName && !text.isEmpty && text.count <= 255 && !text.hasPrefix(".")
      ? Secret(.credential(text))
      : entry.value.refuseConfidentially(
        "the name of a credential is made of letters, digits, hyphens, underscores and dots")
  }

  private func writtenInTheOpen() -> Secret? {
    refuseConfidentially(
      "a secret is never written into the configuration",
      fix: """
        put it into a file that only the daemon can read, and write
        { file: /etc/outturn/secrets/NAME }
        or hand it over with LoadCredential=NAME:PATH in the unit, and write
        { credential: NAME }
        """)
  }

  private func refuseConfidentially(_ message: String, fix: String? = nil) -> Secret? {
    let label = Diagnostic.Label(span, "kept out of sight", isConfidential: true)
    problems.report(Diagnostic(SettingsCode.secret.rawValue, message, at: label, fix: fix))
    return nil
  }
}
