import GRDB
import Glibc

/// What the world did to a file that is to be kept: a full disk, a lock, a damaged page. Never a fault of a drop or a
/// rule, and never our own.
package struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: String, Hashable, Sendable {
    case diskFull = "disk-full"
    case permission
    case missing
    /// Another connection keeps the database to itself.
    case busy
    /// Another daemon has this ledger.
    case locked
    case networkFileSystem = "network-file-system"
    case notALedger = "not-a-ledger"
    case newerSchema = "newer-schema"
    case olderSchema = "older-schema"
    /// SQLite would not take a setting that durability rests on.
    case notDurable = "not-durable"
    case damaged
    case inputOutput = "input-output"
    /// SQLite refused a statement.
    case refused
  }

  package var code: Code
  /// What happened, naming the file.
  package var message: String
  /// What a person can do about it.
  package var advice: String
  /// The words of SQLite or the operating system.
  package var cause: String?

  package init(_ code: Code, _ message: String, advice: String, cause: String? = nil) {
    self.code = code
    self.message = message
    self.advice = advice
    self.cause = cause
  }

  package var description: String {
    "\(message)\(cause.map { " (\($0))" } ?? ""). \(advice)"
  }
}

extension StorageError {
  /// A system call that failed, with the `errno` it left.
  package static func system(_ doing: String, _ path: String, errno number: Int32 = errno) -> StorageError {
    let cause = unsafe String(cString: strerror(number))
    let message = "Could not \(doing) \(path)"
    return switch number {
    case ENOSPC, EDQUOT: StorageError(.diskFull, message, advice: diskFullAdvice, cause: cause)
    case EACCES, EPERM, EROFS: StorageError(.permission, message, advice: permissionAdvice, cause: cause)
    case ENOENT, ENOTDIR: StorageError(.missing, message, advice: "Check the path in the configuration.", cause: cause)
    default: StorageError(.inputOutput, message, advice: inputOutputAdvice, cause: cause)
    }
  }

  /// What SQLite said of the database at the path.
  static func sqlite(_ error: DatabaseError, _ path: String) -> StorageError {
    let cause = error.message.map { "\(error.extendedResultCode): \($0)" } ?? "\(error.extendedResultCode)"
    return switch error.resultCode {
    case .SQLITE_FULL:
      StorageError(.diskFull, "There is no space left to write \(path)", advice: diskFullAdvice, cause: cause)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      StorageError(
        .busy, "Another program keeps \(path) to itself",
        advice: "Close it (a database browser, a copy in progress); what was to be written will be tried again.",
        cause: cause)
    case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_CANTOPEN:
      StorageError(.permission, "Could not open \(path) for what is to be done", advice: permissionAdvice, cause: cause)
    case .SQLITE_NOTADB:
      StorageError(.notALedger, "\(path) is not a ledger", advice: "Check the path in the configuration.", cause: cause)
    case .SQLITE_CORRUPT:
      StorageError(.damaged, "\(path) is damaged", advice: restoreAdvice, cause: cause)
    case .SQLITE_IOERR, .SQLITE_NOMEM, .SQLITE_PROTOCOL:
      StorageError(.inputOutput, "Could not read or write \(path)", advice: inputOutputAdvice, cause: cause)
    default:
      StorageError(
        .refused, "\(path) refused a statement", advice: "Run `outturn ledger verify` and report this.", cause: cause)
    }
  }

  package static let restoreAdvice = "Stop the daemon and put the last good copy of the ledger's folder in its place; then start it again."
  private static let diskFullAdvice = "Make room on that disk; nothing was lost, and it will be tried again."
  private static let permissionAdvice = "Check the owner and mode of the file and its folder."
  private static let inputOutputAdvice = "Check the disk (`dmesg`); nothing unwritten was acknowledged."
}
