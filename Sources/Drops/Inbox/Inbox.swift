/// A file in an inbox, as one look saw it.
package struct InboxFile: Hashable, Sendable {
  /// Below the inbox: a name, or `folder/name`.
  package let path: String
  /// Its name, and the folder that it is in.
  package let name: DropName
  /// The marker or checksum that its source asks for stands beside it.
  package let hasCompanion: Bool
  let state: FileState

  package var size: Int { state.size }
  package var remembered: RememberedFile {
    RememberedFile(path: path, size: state.size, modified: state.modified)
  }
}

/// The folder that a source's drops arrive in.
///
/// Nothing in it is trusted: links, pipes and devices are refused, names that are no text are refused, and what is
/// taken is renamed first, without ever replacing anything.
package struct Inbox: Sendable {
  package let source: SourceSettings
  let root: String

  /// What one look found.
  package struct Listing: Sendable {
    /// In the order in which they are to be taken.
    package var files: [InboxFile] = []
    /// What is there and will never be read, by a printable name, and why.
    package var refused: [Refused] = []
    /// The names of files that the source's patterns do not match: they stay where they are.
    package var unmatched: [String] = []
  }

  package struct Refused: Hashable, Sendable {
    package var name: String
    package var reason: String
  }

  /// The folders that drops are moved to.
  static let ownFolders: Set<String> = [".taking", "accepted", "held", "rejected"]

  package init(_ source: SourceSettings) {
    self.source = source
    root = source.inbox.count > 1 && source.inbox.hasSuffix("/") ? String(source.inbox.dropLast()) : source.inbox
  }

  /// The inbox's own name, which is the folder of the files directly in it.
  var folderName: String { root.split(separator: "/").last.map(String.init) ?? "" }

  /// Makes the inbox's own folders; nothing where it keeps its files.
  package func prepare() throws(InboxFailure) {
    guard !source.keepsFiles else { return }
    for folder in Self.ownFolders.sorted() { try Folder.make("\(root)/\(folder)") }
  }

  /// A full listing: old or future times, links made and undone, notifications that never came, all look the same to
  /// it.
  package func look() throws(InboxFailure) -> Listing {
    var listing = Listing()
    try look(in: nil, into: &listing)
    switch source.order {
    case .name: listing.files.sort { FileName.precedes($0.path, $1.path) }
    case .modified:
      listing.files.sort { left, right in
        left.state.modified == right.state.modified
          ? FileName.precedes(left.path, right.path) : left.state.modified < right.state.modified
      }
    }
    return listing
  }

  private func look(in folder: String?, into listing: inout Listing) throws(InboxFailure) {
    let place = folder.map { "\(root)/\($0)" } ?? root
    let found = try Folder.names(in: place)
    let companions = Set(found)
    for bytes in found {
      let prefix = folder.map { "\($0)/" } ?? ""
      let shown = prefix + FileName.printable(bytes)
      if let reason = FileName.refusal(bytes) {
        // A temporary name may be anything.
        if bytes.first != UInt8(ascii: ".") { listing.refused.append(Refused(name: shown, reason: reason)) }
        continue
      }
      let name = String(decoding: bytes, as: UTF8.self)
      if FileName.isTemporary(name) || folder == nil && Self.ownFolders.contains(name) { continue }
      // One that is gone again, or not to be looked at, is no reason not to see the others.
      guard let state = try? FileState(path: "\(place)/\(name)") else { continue }
      if state.isFolder {
        if folder == nil && source.files.contains(where: { $0.depth > 0 }) { try look(in: name, into: &listing) }
        continue
      }
      guard !isCompanion(name) else { continue }
      guard source.takes(prefix + name) else {
        if state.isRegular { listing.unmatched.append(shown) }
        continue
      }
      guard state.isRegular else {
        listing.refused.append(Refused(name: shown, reason: "it is a link, a pipe or a device, not a file"))
        continue
      }
      let companion = source.ready.suffix.map { companions.contains(bytes + Array($0.utf8)) } ?? false
      listing.files.append(
        InboxFile(
          path: prefix + name, name: DropName(file: name, folder: folder ?? folderName), hasCompanion: companion,
          state: state))
    }
  }

  private func isCompanion(_ name: String) -> Bool { source.ready.suffix.map { name.hasSuffix($0) } ?? false }
}
