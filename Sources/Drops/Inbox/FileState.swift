#if canImport(Glibc)
  import Glibc
#endif

/// What the file system says of a file: two looks that see the same have seen no change.
struct FileState: Hashable, Sendable {
  var device: UInt64
  var inode: UInt64
  var mode: UInt32
  var owner: UInt32
  var group: UInt32
  var size: Int
  /// Nanoseconds since 1970.
  var modified: Int64
  var changed: Int64

  var isRegular: Bool { mode & S_IFMT == S_IFREG }
  var isFolder: Bool { mode & S_IFMT == S_IFDIR }

  private init(_ found: stat) {
    device = UInt64(found.st_dev)
    inode = UInt64(found.st_ino)
    mode = found.st_mode
    owner = found.st_uid
    group = found.st_gid
    size = Int(found.st_size)
    modified = Int64(found.st_mtim.tv_sec) * 1_000_000_000 + Int64(found.st_mtim.tv_nsec)
    changed = Int64(found.st_ctim.tv_sec) * 1_000_000_000 + Int64(found.st_ctim.tv_nsec)
  }

  init(descriptor: Int32) throws(InboxFailure) {
    var found = stat()
    guard unsafe fstat(descriptor, &found) == 0 else { throw InboxFailure.last("looking at an open file") }
    self.init(found)
  }

  /// Of the file itself, not of what a link points to.
  init(path: String) throws(InboxFailure) {
    var found = stat()
    guard unsafe lstat(path, &found) == 0 else { throw InboxFailure.last("looking at \(path)") }
    self.init(found)
  }
}
