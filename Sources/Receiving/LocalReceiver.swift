import Glibc
import Synchronization
import Transfers

/// A small HTTP/1.1 server on loopback: the other end of a webhook, for looking at what is sent.
///
/// One thread accepts, each connection has one of its own; their number, and what a request may hold, are bounded. It
/// is no server for the internet and listens on 127.0.0.1 only.
package final class LocalReceiver: Sendable {
  /// What is done with a request. Runs on the connection's thread and may block; what it does not answer is closed.
  package typealias Handler = @Sendable (ReceivedRequest, LocalConnection) -> Void

  /// The port it listens on, chosen by the system where 0 was asked for.
  package let port: Int
  private let listener: Int32
  private let open = Mutex(Open())
  private let handler: Handler

  private struct Open {
    var connections: Set<Int32> = []
    var isStopped = false
  }

  private static let connectionLimit = 64

  /// - Throws: `ReceiverFailure` where the port is taken or not ours to take.
  package init(port: Int = 0, _ handler: @escaping Handler) throws(ReceiverFailure) {
    guard let number = UInt16(exactly: port) else {
      throw ReceiverFailure("\(port) is no port: they go from 0 (any that is free) to 65535", cause: nil)
    }
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0 else { throw ReceiverFailure("no socket to listen on", cause: Self.systemError()) }
    do throws(ReceiverFailure) {
      self.port = try Self.listen(on: listener, port: number)
    } catch {
      close(listener)
      throw error
    }
    self.handler = handler
    let listener = listener
    guard OwnThread.start({ [weak self] in LocalReceiver.accept(on: listener) { self } }) else {
      open.withLock { $0.isStopped = true }
      close(listener)
      throw ReceiverFailure("the system gives no thread to listen on", cause: nil)
    }
  }

  deinit { stop() }

  /// Stops listening and breaks every connection off.
  package func stop() {
    open.withLock { open in
      guard !open.isStopped else { return }
      open.isStopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      for connection in open.connections { shutdown(connection, Int32(SHUT_RDWR)) }
    }
  }

  private static func listen(on listener: Int32, port: UInt16) throws(ReceiverFailure) -> Int {
    var yes: Int32 = 1
    unsafe setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(listener, pointer, length) == 0 && Glibc.listen(listener, 64) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    guard bound else { throw ReceiverFailure("cannot listen on 127.0.0.1:\(port)", cause: systemError()) }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private static func accept(on listener: Int32, owner: () -> LocalReceiver?) {
    defer { close(listener) }
    while true {
      let connection = Glibc.accept(listener, nil, nil)
      if connection >= 0 { _ = fcntl(connection, F_SETFD, FD_CLOEXEC) }
      guard let owner = owner(), !owner.isStopped else {
        if connection >= 0 { close(connection) }
        return
      }
      if connection >= 0 {
        owner.serve(connection)
      } else {
        // Out of descriptors, or the peer left: neither is ours to stop for, nor to spin on.
        usleep(10_000)
      }
    }
  }

  private var isStopped: Bool { open.withLock { $0.isStopped } }

  private func serve(_ socket: Int32) {
    let hasRoom = open.withLock { open in
      guard !open.isStopped, open.connections.count < Self.connectionLimit else { return false }
      open.connections.insert(socket)
      return true
    }
    let handler = handler
    let isServed =
      hasRoom
      && OwnThread.start { [weak self] in
        let connection = LocalConnection(socket)
        while let request = connection.read() {
          handler(request, connection)
          if !connection.isOpen { break }
        }
        self?.forget(socket)
        close(socket)
      }
    if !isServed {
      forget(socket)
      close(socket)
    }
  }

  private func forget(_ socket: Int32) {
    _ = open.withLock { $0.connections.remove(socket) }
  }

  private static func systemError() -> String { unsafe String(cString: strerror(errno)) }
}

/// Why nobody can be listened to.
package struct ReceiverFailure: Error, Hashable, Sendable {
  package let message: String
  package let cause: String?

  init(_ message: String, cause: String?) {
    self.message = message
    self.cause = cause
  }
}
