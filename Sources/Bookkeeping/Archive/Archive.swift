import CFiles
import Glibc
import Hashing
package import Storage

/// Every byte of every drop, each file under the SHA-256 of its bytes: `archive/ab/cdef…`.
package struct Archive: Sendable {
  package let folder: String

  /// Makes the folder where there is none.
  package init(at folder: String) throws(StorageError) {
    self.folder = folder
    try Files.makeFolder(folder, mode: 0o2750)
  }

  /// Where a drop's bytes are, or would be.
  package func path(of sha256: [UInt8]) -> String {
    let name = hexadecimal(sha256)
    return "\(folder)/\(name.prefix(2))/\(name.dropFirst(2))"
  }

  package func contains(_ sha256: [UInt8]) -> Bool { Files.exists(path(of: sha256)) }

  /// Opens a drop's bytes for reading. The caller closes the descriptor.
  package func open(_ sha256: [UInt8]) throws(StorageError) -> Int32 {
    let path = path(of: sha256)
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .system("open the archived drop", path) }
    return descriptor
  }

  /// Whether the file is there and its bytes are still those of its name.
  package func isWhole(_ sha256: [UInt8]) throws(StorageError) -> Bool {
    guard contains(sha256) else { return false }
    let descriptor = try open(sha256)
    defer { close(descriptor) }
    var hash = SHA256()
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .system("read", path(of: sha256)) }
      if count == 0 { break }
      unsafe chunk.withUnsafeBytes { bytes in unsafe hash.update(bytes.bytes.extracting(first: count)) }
    }
    return hash.finish() == sha256
  }

  /// Removes what a crash left half written. For the start, before anything is being written.
  package func removeUnfinished() throws(StorageError) {
    guard let listing = unsafe opendir(folder) else { throw .system("list", folder) }
    defer { unsafe closedir(listing) }
    while let entry = unsafe readdir(listing) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasPrefix(ArchiveWriter.prefix) { unsafe unlink("\(folder)/\(name)") }
    }
  }
}

/// A file on its way into the archive: written beside it, then synced and renamed to its hash. What is not kept is
/// removed with the value.
package struct ArchiveWriter: ~Copyable {
  static let prefix = ".unfinished-"

  private let archive: Archive
  private let temporary: String
  private let descriptor: Int32
  package private(set) var byteCount = 0
  /// Whether writes go to the disk at once, past the page cache.
  private var isDirect = false
  private var mayBeDirect = true

  package init(into archive: Archive) throws(StorageError) {
    var number = 0
    var path: String
    var descriptor: Int32
    repeat {
      number += 1
      path = "\(archive.folder)/\(Self.prefix)\(getpid())-\(number)"
      descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    } while descriptor < 0 && errno == EEXIST
    guard descriptor >= 0 else { throw .system("write into", archive.folder) }
    self.archive = archive
    self.descriptor = descriptor
    temporary = path
  }

  deinit {
    close(descriptor)
    unsafe unlink(temporary)
  }

  package mutating func write(_ bytes: RawSpan) throws(StorageError) {
    var rest = bytes
    while rest.byteCount > 0 {
      setDirect(mayBeDirect && Self.isDirectSize(rest, at: byteCount))
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EINVAL && isDirect {
        // This disk has larger blocks than most.
        mayBeDirect = false
        continue
      }
      guard count >= 0 else { throw .system("write into", archive.folder) }
      byteCount += count
      rest = rest.extracting(droppingFirst: count)
    }
  }

  /// Syncs the file, gives it its name and syncs its folder: from here on the bytes survive a power cut.
  ///
  /// - Parameter sha256: of all that was written. A file of the same bytes that was there is replaced by this one.
  package consuming func keep(as sha256: [UInt8]) throws(StorageError) {
    guard fchmod(descriptor, 0o640) == 0, fsync(descriptor) == 0 else { throw .system("sync", temporary) }
    let path = archive.path(of: sha256)
    let folder = Files.folder(of: path)
    let isNewFolder = !Files.exists(folder)
    try Files.makeFolder(folder, mode: 0o2750)
    guard unsafe rename(temporary, path) == 0 else { throw .system("rename \(temporary) to", path) }
    try Files.syncFolder(folder)
    if isNewFolder { try Files.syncFolder(archive.folder) }
  }

  // MARK: Past the page cache

  /// What a direct write begins at and ends at, in the file and in memory.
  private static let block = 4096
  /// Less than this is sooner copied into the page cache.
  private static let smallestDirectWrite = 1 << 17

  /// A large drop need not be copied into the page cache, push out of it what others use, and be waited for at the end:
  /// its pieces go to the disk while the next are parsed. The last piece, which is not of whole blocks, and small
  /// drops take the usual way.
  private static func isDirectSize(_ bytes: RawSpan, at offset: Int) -> Bool {
    guard bytes.byteCount >= smallestDirectWrite, (bytes.byteCount | offset) % block == 0 else { return false }
    return unsafe bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) % block == 0 }
  }

  private mutating func setDirect(_ isWanted: Bool) {
    guard isWanted != isDirect else { return }
    // A file system that has no such thing says so here.
    if outturn_set_direct(descriptor, isWanted ? 1 : 0) == 0 { isDirect = isWanted } else { mayBeDirect = false }
  }
}
