import Foundation

/// What went wrong with a file that the configuration names: the world's doing, not its author's.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    case unreadable = "file_unreadable"
    case notAFile = "file_not_regular"
    case tooLarge = "file_too_large"
    case exposed = "secret_exposed"
    case empty = "secret_empty"
    case noCredentials = "credential_unavailable"
  }

  package let code: Code
  /// Without what the file holds.
  package let message: String
  /// What the system said, where it did.
  package let cause: String?

  package init(_ code: Code, _ message: String, cause: String? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  package var description: String { cause.map { "\(message): \($0)" } ?? message }
}

/// A small regular file read whole, by its descriptor alone: what is checked is what is read.
struct BoundedFile: ~Copyable {
  private let descriptor: Int32
  private let status: stat
  private let path: String

  /// - Throws: for what is no regular file, without waiting on a pipe.
  init(opening path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      throw FileError(.unreadable, "\(path) can't be read", cause: systemError())
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let cause = systemError()
      close(descriptor)
      throw FileError(.unreadable, "\(path) can't be read", cause: cause)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileError(.notAFile, "\(path) is not a file")
    }
    self.descriptor = descriptor
    self.status = status
    self.path = path
  }

  deinit { close(descriptor) }

  /// Others than its owner and group may read or change it.
  var isExposed: Bool { status.st_mode & 0o007 != 0 }

  /// - Parameter limit: one byte more is an error.
  func read(atMost limit: Int) throws(FileError) -> [UInt8] {
    // A whole buffer from the start: growing one would leave copies behind.
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count <= limit {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Foundation.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw FileError(.unreadable, "\(path) can't be read", cause: systemError()) }
      if got == 0 { break }
      count += got
    }
    guard count <= limit else { throw FileError(.tooLarge, "\(path) is larger than \(limit) bytes") }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}

private func systemError() -> String {
  unsafe String(cString: strerror(errno))
}
