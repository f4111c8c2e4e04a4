import Glibc

/// Standard input and output, over which an editor speaks with the server it started.
package struct Pipes {
  private let input: Int32
  private let output: Int32
  /// In milliseconds: a pause in typing after which the whole rule set is checked.
  private static let rest: Int32 = 200
  /// Bytes taken in before any of them are worked on.
  private static let mostAtOnce = 32 << 20
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  package init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
    self.input = input
    self.output = output
  }

  /// Serves until the editor says `exit` or is gone. Returns the exit status that the protocol asks for.
  package mutating func serve(_ session: Session) -> Int32 {
    while true {
      if !session.isSettled, !hasInput(within: Self.rest), !write(session.rest()) { return 1 }
      guard let bytes = read(waiting: true) else { break }
      var waiting = Array(bytes)
      // All that has come by now: a change that the next one overtakes is not worth checking, and a request may have
      // been called off.
      while waiting.count < Self.mostAtOnce, let more = read(waiting: false) { waiting += more }
      guard write(session.receive(waiting)) else { return 1 }
      if let status = session.exitStatus { return status }
    }
    return session.exitStatus ?? 1
  }

  private func hasInput(within milliseconds: Int32) -> Bool {
    var waits = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&waits, 1, milliseconds) > 0
  }

  /// What there is to read; nil at the end of input, or where nothing waits and neither does the reader.
  private mutating func read(waiting: Bool) -> ArraySlice<UInt8>? {
    while true {
      guard waiting || hasInput(within: 0) else { return nil }
      let count = unsafe Glibc.read(input, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      return count > 0 ? chunk[..<count] : nil
    }
  }

  private func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in unsafe Glibc.write(output, buffer.baseAddress, buffer.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
