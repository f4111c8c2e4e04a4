#if canImport(Glibc)
  import Glibc
#endif
import Hashing

/// A drop that was taken out of its inbox's listing and is open for reading.
package struct TakenDrop: Sendable {
  package let id: String
  /// Where it was below the inbox: a name, or `folder/name`.
  package let path: String
  package let name: DropName
  /// Open for reading, at its start. `close` gives it back.
  package let descriptor: Int32
  /// The SHA-256 that a checksum file beside it states.
  package let expected: [UInt8]?

  package func close() { _ = Glibc.close(descriptor) }

  /// Throws where the bytes that were read are not those that the checksum was made of.
  package func verify(_ sha256: [UInt8]) throws(InboxFailure) {
    if let expected, expected != sha256 {
      throw InboxFailure(.changed, "\(name.file) does not match its checksum (yet)")
    }
  }
}

extension Inbox {
  /// Takes a file: moved to `.taking/ID/` first, so that what arrives under its name from now on is another drop. In an
  /// inbox that keeps its files it is opened where it lies.
  ///
  /// - Parameter id: new, and fit for a file name.
  /// - Throws: `.gone`, `.changed` or `.notRegular` where the file is no longer the one that was seen; it then is back
  ///   in its place.
  package func take(_ file: InboxFile, id: String) throws(InboxFailure) -> TakenDrop {
    let expected = try checksum(of: file)
    guard !source.keepsFiles else { return try opened(file, "\(root)/\(file.path)", id, expected) }
    let folder = "\(root)/.taking/\(id)"
    try Folder.make(folder)
    if file.path.contains("/") { try Folder.make("\(folder)/\(file.name.folder)") }
    let place = "\(folder)/\(file.path)"
    do throws(InboxFailure) {
      guard try Folder.rename("\(root)/\(file.path)", to: place) else {
        throw InboxFailure(.system, "\(place) is there already")
      }
    } catch {
      removeTaking(id)
      throw error
    }
    do throws(InboxFailure) {
      return try opened(file, place, id, expected)
    } catch {
      try putBack(id: id, path: file.path)
      throw error
    }
  }

  private func opened(
    _ file: InboxFile, _ place: String, _ id: String, _ expected: [UInt8]?
  ) throws(InboxFailure) -> TakenDrop {
    let descriptor = try Folder.open(place)
    do throws(InboxFailure) {
      let now = try FileState(descriptor: descriptor)
      let seen = file.state
      guard now.inode == seen.inode, now.device == seen.device, now.size == seen.size, now.modified == seen.modified
      else { throw InboxFailure(.changed, "\(file.path) changed while it was taken") }
    } catch {
      close(descriptor)
      throw error
    }
    return TakenDrop(id: id, path: file.path, name: file.name, descriptor: descriptor, expected: expected)
  }

  /// Puts a drop back under its name; under a numbered one where a new file has that by now.
  package func putBack(_ taken: TakenDrop) throws(InboxFailure) {
    guard !source.keepsFiles else { return }
    try putBack(id: taken.id, path: taken.path)
  }

  private func putBack(id: String, path: String) throws(InboxFailure) {
    _ = try move("\(root)/.taking/\(id)/\(path)", to: root, as: path)
    removeTaking(id)
  }

  /// Drops that were taken and not settled when the daemon last stopped, by their ids.
  package func unsettled() throws(InboxFailure) -> [TakenDrop] {
    guard !source.keepsFiles else { return [] }
    var drops: [TakenDrop] = []
    for bytes in try Folder.names(in: "\(root)/.taking") {
      let id = FileName.printable(bytes)
      guard let path = try takenPath(id) else {
        removeTaking(id)
        continue
      }
      let parts = path.split(separator: "/").map(String.init)
      let folder = parts.count > 1 ? parts[0] : folderName
      drops.append(
        TakenDrop(
          id: id, path: path, name: DropName(file: parts[parts.count - 1], folder: folder),
          descriptor: try Folder.open("\(root)/.taking/\(id)/\(path)"), expected: nil))
    }
    return drops.sorted { $0.id < $1.id }
  }

  /// The one file in a drop's folder.
  private func takenPath(_ id: String) throws(InboxFailure) -> String? {
    let folder = "\(root)/.taking/\(id)"
    guard let bytes = try Folder.names(in: folder).first else { return nil }
    let name = String(decoding: bytes, as: UTF8.self)
    guard try FileState(path: "\(folder)/\(name)").isFolder else { return name }
    return try Folder.names(in: "\(folder)/\(name)").first.map { "\(name)/\(String(decoding: $0, as: UTF8.self))" }
  }

  /// Moves to a folder under the first name that is free.
  func move(_ old: String, to folder: String, as path: String) throws(InboxFailure) -> String {
    let parts = path.split(separator: "/").map(String.init)
    var place = folder
    if parts.count > 1 {
      place += "/\(parts[0])"
      try Folder.make(place)
    }
    for number in 1...100_000 {
      let new = "\(place)/\(FileName.numbered(parts[parts.count - 1], number))"
      if try Folder.rename(old, to: new) { return new }
    }
    throw InboxFailure(.system, "every name like \(path) is taken in \(folder)")
  }

  /// Removes the empty folder that a drop was in.
  func removeTaking(_ id: String) {
    let folder = "\(root)/.taking/\(id)"
    for inner in (try? Folder.names(in: folder)) ?? [] {
      unsafe rmdir("\(folder)/\(String(decoding: inner, as: UTF8.self))")
    }
    unsafe rmdir(folder)
  }

  private func checksum(of file: InboxFile) throws(InboxFailure) -> [UInt8]? {
    guard case .checksum(let suffix) = source.ready else { return nil }
    let text = String(decoding: try Folder.contents("\(root)/\(file.path)\(suffix)"), as: UTF8.self)
    // `sha256sum` writes the name behind it.
    let digits = text.prefix { $0.isHexDigit }
    guard let digest = bytes(hexadecimal: digits), digest.count == SHA256.byteCount else {
      throw InboxFailure(.changed, "\(file.path)\(suffix) holds no SHA-256 (yet)")
    }
    return digest
  }
}
