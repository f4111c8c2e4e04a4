import Foundation
import Synchronization

/// The built `outturn` as a process of its own, with what it says in a file.
///
/// Started and waited for with the system's own calls: a process that is killed at any moment must be told of at once.
final class Program: Sendable {
  enum End: Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
  }

  /// The program that was built beside this test bundle.
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "outturn").path
  static let isBuilt = FileManager.default.isExecutableFile(atPath: path)

  let process: pid_t
  private let log: String
  private let ended = Mutex<End?>(nil)

  /// - Parameters:
  ///   - log: a file that standard output and standard error are appended to.
  ///   - tracer: a program, by its path, and its own arguments, that runs the program as its child.
  init(_ arguments: [String], log: String, under tracer: [String] = []) throws {
    self.log = log
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var words = unsafe Self.strings(tracer + [Self.path] + arguments)
    defer { unsafe words.forEach { unsafe free($0) } }
    var settings = unsafe Self.strings(["PATH=/usr/bin:/bin", "HOME=/", "NO_COLOR=1"])
    defer { unsafe settings.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let code = unsafe posix_spawn(&process, tracer.first ?? Self.path, &actions, nil, &words, &settings)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
    self.process = process
  }

  private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var all: [UnsafeMutablePointer<CChar>?] = unsafe []
    for text in texts { unsafe all.append(unsafe strdup(text)) }
    unsafe all.append(nil)
    return unsafe all
  }

  /// What it has said so far.
  var said: String { (try? Data(contentsOf: URL(filePath: log))).map { String(decoding: $0, as: UTF8.self) } ?? "" }

  func signal(_ number: Int32) {
    // A number that is no longer ours must not be signalled.
    ended.withLock { if $0 == nil { kill(process, number) } }
  }

  /// How it ended; nil while it runs.
  var end: End? {
    ended.withLock { ended in
      if ended == nil { ended = Self.wait(for: process, WNOHANG) }
      return ended
    }
  }

  /// Ends it without a word, as a power cut would.
  func killNow() {
    ended.withLock { ended in
      guard ended == nil else { return }
      kill(process, SIGKILL)
      ended = Self.wait(for: process, 0)
    }
  }

  deinit { killNow() }

  private static func wait(for process: pid_t, _ options: Int32) -> End? {
    var status: Int32 = 0
    guard unsafe waitpid(process, &status, options) == process else { return nil }
    // As WIFEXITED and its like, which Swift does not see, take the status apart.
    return status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
  }
}
