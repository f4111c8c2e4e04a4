import Glibc

/// The right to write a ledger, held by one process at a time for as long as the value lives.
///
/// `flock` rather than a file that merely exists: the kernel lets go of it however the process ends.
struct Lock: ~Copyable {
  private let descriptor: Int32

  /// - Throws: `.locked`, naming the process that has it.
  init(at path: String) throws(StorageError) {
    let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard opened >= 0 else { throw .system("open the lock", path) }
    do throws(StorageError) {
      try Self.take(opened, path)
    } catch {
      close(opened)
      throw error
    }
    // Not before: once the value is complete `deinit` runs even where `init` throws, and would close a second time.
    descriptor = opened
  }

  deinit { close(descriptor) }

  private static func take(_ descriptor: Int32, _ path: String) throws(StorageError) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw .system("lock", path) }
      throw held(path)
    }
    let holder = Array("\(getpid())\n".utf8)
    guard ftruncate(descriptor, 0) == 0, unsafe pwrite(descriptor, holder, holder.count, 0) == holder.count else {
      throw .system("write the lock", path)
    }
  }

  private static func held(_ path: String) -> StorageError {
    let text = (try? Files.contents(path, limit: 32)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let holder = text.split(whereSeparator: \.isNewline).first.flatMap { Int32($0) }
    return StorageError(
      .locked, "Another outturn has this ledger\(holder.map { ": process \($0)" } ?? "") holds \(path)",
      advice: "One daemon keeps a ledger. Stop that one first, or give this one a ledger of its own.")
  }
}
