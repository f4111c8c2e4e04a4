#if canImport(Glibc)
  import Glibc
#endif

/// The file system would not do what an inbox or a drop needed of it.
package struct InboxFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: String, Hashable, Sendable {
    /// The file was removed or replaced before it could be taken.
    case gone
    /// It was written to while it was read: it goes back to wait.
    case changed
    /// A link, a pipe, a device, a folder: never read.
    case notRegular
    case permission
    /// Anything else that the system said no to.
    case system
  }
  package var code: Code
  package var message: String
  /// The system's error number, 0 where there is none.
  package var cause: Int32

  package init(_ code: Code, _ message: String, cause: Int32 = 0) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  /// What the system says of its last error on this thread.
  static func last(_ doing: String) -> InboxFailure {
    let number = errno
    let code: Code =
      switch number {
      case ENOENT, ESTALE: .gone
      case EACCES, EPERM, EROFS: .permission
      case ELOOP, ENXIO, EISDIR: .notRegular
      default: .system
      }
    return InboxFailure(code, "\(doing): \(unsafe String(cString: strerror(number)))", cause: number)
  }

  package var description: String { message }
}
