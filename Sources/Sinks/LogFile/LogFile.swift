import Glibc

/// A file that lines are added to, each whole and on disk before it counts.
///
/// A line that a crash tore off is cut away when the file is opened: it was never acknowledged, so it comes again. When
/// another file has taken the name (log rotation), that one is written to from then on.
struct LogFile: ~Copyable {
  private let path: String
  private var descriptor: Int32 = -1

  init(path: String) {
    self.path = path
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds whole lines and syncs. A failure leaves none of them in the file.
  mutating func append(_ lines: [UInt8]) throws(LogFileError) {
    try follow()
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= 0 else { throw LogFileError("find the end of", path) }
    do throws(LogFileError) {
      try write(lines)
      guard fdatasync(descriptor) == 0 else { throw LogFileError("sync", path) }
    } catch {
      ftruncate(descriptor, end)
      // After a failed sync nothing is known about the pages of this descriptor any more; the next one starts anew.
      shut()
      throw error
    }
  }

  private func write(_ lines: [UInt8]) throws(LogFileError) {
    var written = 0
    while written < lines.count {
      let count = unsafe lines.withUnsafeBytes { all in
        unsafe Glibc.write(descriptor, all.baseAddress! + written, lines.count - written)
      }
      if count > 0 {
        written += count
      } else if errno != EINTR {
        throw LogFileError("write", path)
      }
    }
  }

  /// Opens what bears the name now.
  private mutating func follow() throws(LogFileError) {
    if descriptor >= 0 {
      var named = stat()
      var opened = stat()
      if unsafe stat(path, &named) == 0, unsafe fstat(descriptor, &opened) == 0,
        named.st_ino == opened.st_ino, named.st_dev == opened.st_dev
      {
        return
      }
      shut()
    }
    try open()
  }

  private mutating func open() throws(LogFileError) {
    // Without waiting: opening a pipe that nobody reads would.
    let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK
    descriptor = unsafe Glibc.open(path, flags)
    if descriptor < 0, errno == ENOENT {
      descriptor = unsafe Glibc.open(path, flags | O_CREAT, 0o640)
      if descriptor >= 0 { syncFolder() }
    }
    guard descriptor >= 0 else { throw LogFileError("open", path) }
    do throws(LogFileError) {
      try cutTornLine()
    } catch {
      shut()
      throw error
    }
  }

  private mutating func shut() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private func syncFolder() {
    let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    let descriptor = unsafe Glibc.open(folder.isEmpty ? "/" : String(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func cutTornLine() throws(LogFileError) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw LogFileError("look at", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw LogFileError(.notALog, "\(path) is not a plain file", cause: nil)
    }
    let size = Int(status.st_size)
    guard size > 0, try read(last: 1, of: size) != [UInt8(ascii: "\n")] else { return }
    let tail = try read(last: min(size, Self.longestLine), of: size)
    let torn: Int
    if let end = tail.lastIndex(of: UInt8(ascii: "\n")) {
      torn = tail.count - 1 - end
    } else if tail.count == size {
      torn = size
    } else {
      throw LogFileError(
        .notALog, "\(path) ends in a line of over \(Self.longestLine) bytes, so it is no log of ours", cause: nil)
    }
    guard ftruncate(descriptor, size - torn) == 0, fsync(descriptor) == 0 else {
      throw LogFileError("cut the torn last line of", path)
    }
  }

  private func read(last count: Int, of size: Int) throws(LogFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard unsafe pread(descriptor, &bytes, count, size - count) == count else { throw LogFileError("read", path) }
    return bytes
  }

  private static let longestLine = 4_000_000
}

/// What the disk did to a log file.
struct LogFileError: Error, Hashable {
  enum Code: Hashable { case full, permission, missing, notALog, inputOutput }

  let code: Code
  let message: String
  let cause: String?

  init(_ code: Code, _ message: String, cause: String?) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  /// A system call that has just failed.
  init(_ doing: String, _ path: String) {
    let number = errno
    code =
      switch number {
      case ENOSPC, EDQUOT, EFBIG: .full
      case EACCES, EPERM, EROFS: .permission
      case ENOENT, ENOTDIR: .missing
      default: .inputOutput
      }
    message = code == .full ? "there is no space left to write \(path)" : "could not \(doing) \(path)"
    cause = unsafe String(cString: strerror(number))
  }

  var words: String { cause.map { "\(message) (\($0))" } ?? message }
}
