import Diagnostics
package import Foundation
import Synchronization

/// What a person at the command line asks of the running daemon. Only the daemon writes to the ledger.
package enum Request: Codable, Hashable, Sendable {
  case acceptDrop(id: Int64, because: String)
  case rejectDrop(id: Int64, because: String)
  case retryDeliveries(receiver: String?)
}

/// The daemon's answer, in a sentence for the person who asked.
package struct Reply: Codable, Hashable, Sendable {
  package var isDone: Bool
  package var sentence: String
  package init(isDone: Bool, sentence: String) {
    self.isDone = isDone
    self.sentence = sentence
  }
}

/// A Unix socket beside the ledger on which the daemon takes requests, one a connection: a line of JSON in, a line of
/// JSON out. Who asks is known from the kernel (the peer's user), not from what they say.
package final class ControlSocket: Sendable {
  package static let fileName = "control.sock"
  private static let longestRequest = 64 * 1024
  private static let patience = timeval(tv_sec: 5, tv_usec: 0)

  private let path: String
  private let listener: Int32
  private let isClosed = Atomic<Bool>(false)

  /// Listens at once and answers on a thread of its own until `close`.
  ///
  /// - Parameter answer: called for one request at a time with the asking user's name.
  package init(path: String, answer: @escaping @Sendable (Request, _ who: String) -> Reply) throws(ControlSocketError) {
    self.path = path
    unsafe unlink(path)
    listener = unsafe try Self.open(path) { descriptor, address, length in unsafe bind(descriptor, address, length) }
    unsafe chmod(path, 0o660)
    guard listen(listener, 16) == 0 else { throw ControlSocketError(path: path, reason: systemError()) }
    let thread = Thread { [self] in
      while !isClosed.load(ordering: .acquiring) {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { continue }
        Self.serve(connection, answer)
        Foundation.close(connection)
      }
    }
    thread.name = "control"
    thread.start()
  }

  package func close() {
    isClosed.store(true, ordering: .releasing)
    shutdown(listener, Int32(SHUT_RDWR))
    Foundation.close(listener)
    unsafe unlink(path)
  }

  /// Asks the daemon that listens at `path`; nil when none does.
  package static func ask(_ request: Request, at path: String) throws(ControlSocketError) -> Reply? {
    let connection: Int32
    do {
      connection = unsafe try open(path) { descriptor, address, length in unsafe connect(descriptor, address, length) }
    } catch {
      if error.isNobodyThere { return nil }
      throw error
    }
    defer { Foundation.close(connection) }
    // The daemon answers after the drop it is reading now.
    setPatience(connection, timeval(tv_sec: 120, tv_usec: 0))
    guard let line = try? JSONEncoder().encode(request), write(line + [10], to: connection),
      let answer = readLine(from: connection), let reply = try? JSONDecoder().decode(Reply.self, from: answer)
    else { throw ControlSocketError(path: path, reason: "the daemon did not answer") }
    return reply
  }

  private static func serve(_ connection: Int32, _ answer: (Request, String) -> Reply) {
    setPatience(connection, patience)
    let reply: Reply
    if let line = readLine(from: connection), let request = try? JSONDecoder().decode(Request.self, from: line) {
      reply = answer(request, peerName(connection))
    } else {
      reply = Reply(isDone: false, sentence: "The request could not be understood; are both programs of one version?")
    }
    if let line = try? JSONEncoder().encode(reply) { _ = write(line + [10], to: connection) }
  }

  private static func open(
    _ path: String, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws(ControlSocketError) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw ControlSocketError(path: path, reason: "the path is too long for a socket (at most 107 bytes)")
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in unsafe room.copyBytes(from: bytes) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw ControlSocketError(path: path, reason: systemError()) }
    let outcome = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe use(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard outcome == 0 else {
      let number = errno
      Foundation.close(descriptor)
      throw ControlSocketError(
        path: path, reason: unsafe String(cString: strerror(number)),
        isNobodyThere: number == ENOENT || number == ECONNREFUSED)
    }
    return descriptor
  }

  private static func setPatience(_ connection: Int32, _ patience: timeval) {
    var patience = patience
    let size = socklen_t(MemoryLayout<timeval>.size)
    unsafe setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    unsafe setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
  }

  private static func readLine(from connection: Int32) -> Data? {
    var line = Data()
    var byte: UInt8 = 0
    while line.count < longestRequest {
      guard unsafe recv(connection, &byte, 1, 0) == 1 else { return nil }
      if byte == 10 { return line }
      line.append(byte)
    }
    return nil
  }

  private static func write(_ data: Data, to connection: Int32) -> Bool {
    var rest = data[...]
    while !rest.isEmpty {
      let sent = unsafe rest.withUnsafeBytes { unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  /// The user at the other end, by name where the system knows it.
  private static func peerName(_ connection: Int32) -> String {
    // struct ucred, which the C library declares as an extension only: process, user, group.
    var peer: [UInt32] = [0, 0, 0]
    var size = socklen_t(3 * MemoryLayout<UInt32>.size)
    guard unsafe getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 else { return "unknown" }
    return userName(peer[1])
  }
}

/// The name of a user of this system, or `uid N`.
package func userName(_ uid: uid_t) -> String {
  var entry = unsafe passwd()
  var found: UnsafeMutablePointer<passwd>? = nil
  var room = [CChar](repeating: 0, count: 16 * 1024)
  let code = unsafe getpwuid_r(uid, &entry, &room, room.count, &found)
  guard code == 0, unsafe found != nil else { return "uid \(uid)" }
  return unsafe String(cString: entry.pw_name)
}

private func systemError() -> String { unsafe String(cString: strerror(errno)) }

package struct ControlSocketError: Error, CustomStringConvertible {
  package var path: String
  package var reason: String
  var isNobodyThere = false
  package var description: String { "The control socket \(path.printable) can't be used: \(reason)." }
}
