#if canImport(Glibc)
  import Glibc
#endif

extension DropReader {
  /// What would become of a file if it were dropped: read to its end, nothing moved and nothing stored. The reading
  /// says what its rows add up to, and what is wrong with them.
  ///
  /// - Parameter path: a file anywhere; its folder stands for the one that a drop is in.
  package func tryOut(_ path: String) throws -> DropReading {
    let descriptor = try Folder.open(path)
    defer { close(descriptor) }
    let parts = path.split(separator: "/").map(String.init)
    let folder = parts.count > 1 ? parts[parts.count - 2] : Inbox(source).folderName
    return try read(descriptor: descriptor, name: DropName(file: parts.last ?? path, folder: folder))
  }
}
