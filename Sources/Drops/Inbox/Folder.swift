import CFiles

#if canImport(Glibc)
  import Glibc
#endif

/// The few things that an inbox asks of the file system.
enum Folder {
  /// The names in a folder, without `.` and `..`, as bytes, in no order.
  static func names(in path: String, atMost limit: Int = 1_000_000) throws(InboxFailure) -> [[UInt8]] {
    guard let folder = unsafe opendir(path) else { throw InboxFailure.last("listing \(path)") }
    defer { unsafe closedir(folder) }
    var names: [[UInt8]] = []
    while names.count < limit {
      errno = 0
      guard let entry = unsafe readdir(folder) else {
        if errno != 0 { throw InboxFailure.last("listing \(path)") }
        break
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
    }
    return names
  }

  /// Makes a folder unless it is there.
  static func make(_ path: String, mode: mode_t = 0o770) throws(InboxFailure) {
    guard unsafe mkdir(path, mode) != 0, errno != EEXIST else { return }
    throw InboxFailure.last("making the folder \(path)")
  }

  /// Renames without ever replacing. False where the new name is taken.
  static func rename(_ old: String, to new: String) throws(InboxFailure) -> Bool {
    if unsafe outturn_rename_without_replacing(old, new) == 0 { return true }
    if errno == EEXIST { return false }
    guard errno == EINVAL || errno == ENOSYS else { throw InboxFailure.last("moving \(old) to \(new)") }
    // Some network file systems know no such rename: a hard link never replaces either.
    guard unsafe link(old, new) == 0 else {
      if errno == EEXIST { return false }
      throw InboxFailure.last("moving \(old) to \(new)")
    }
    guard unsafe unlink(old) == 0 else { throw InboxFailure.last("moving \(old) to \(new)") }
    return true
  }

  /// Opens a regular file for reading: links are not followed, pipes not waited for.
  static func open(_ path: String) throws(InboxFailure) -> Int32 {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw InboxFailure.last("opening \(path)") }
    do throws(InboxFailure) {
      guard try FileState(descriptor: descriptor).isRegular else {
        throw InboxFailure(.notRegular, "\(path) is not a regular file")
      }
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// The first bytes of a small file.
  static func contents(_ path: String, atMost limit: Int = 4096) throws(InboxFailure) -> [UInt8] {
    let descriptor = try open(path)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = unsafe read(descriptor, &bytes, limit)
    guard count >= 0 else { throw InboxFailure.last("reading \(path)") }
    return Array(bytes[..<count])
  }
}
