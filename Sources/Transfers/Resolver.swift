import Glibc
import Synchronization

/// Looks names up, off every other thread, several at a time and each name once at a time.
///
/// The system's look-up blocks, for many seconds where a name server is dead, and cannot be broken off. So each runs on
/// a thread of its own, made when needed and gone afterwards. Names that did not resolve last time share half of them:
/// however many dead names the configuration holds, the living ones have room.
package final class Resolver: Sendable {
  /// The addresses of a name, or what the system said instead. Blocks.
  package typealias LookUp = @Sendable (_ host: String) -> Result<[NetworkAddress], TransferFailure>
  typealias Answer = @Sendable (Result<[NetworkAddress], TransferFailure>) -> Void

  private struct State {
    /// Who waits for a name that is looked up now or next.
    var waiting: [String: [Answer]] = [:]
    var queue: [String] = []
    var running: Set<String> = []
    var suspects: Set<String> = []
  }

  private let state = Mutex(State())
  private let lookUp: LookUp
  private let threads: Int
  private let queueLimit = 1024

  init(threads: Int = 16, lookUp: @escaping LookUp) {
    self.threads = threads
    self.lookUp = lookUp
  }

  /// Calls back once, on another thread, or at once where nothing more can be waited for.
  func find(_ host: String, _ answer: @escaping Answer) {
    let accepted = state.withLock { state in
      if state.waiting[host] != nil {
        state.waiting[host]?.append(answer)
        return true
      }
      guard state.queue.count < queueLimit else { return false }
      state.waiting[host] = [answer]
      state.queue.append(host)
      return true
    }
    guard accepted else {
      answer(.failure(TransferFailure(.busy, "too many names are being looked up already (\(queueLimit))")))
      return
    }
    while let host = next() {
      guard OwnThread.start({ self.run(host) }) else {
        settle(host, .failure(TransferFailure(.busy, "the system gives no thread to look up \(host)")))
        continue
      }
    }
  }

  /// One thread's life: the name it was made for, then whatever waits.
  private func run(_ first: String) {
    var host: String? = first
    while let name = host {
      settle(name, lookUp(name))
      host = next()
    }
  }

  /// Takes the first queued name there is room for.
  private func next() -> String? {
    state.withLock { state in
      guard state.running.count < threads else { return nil }
      let suspectsRunning = state.running.intersection(state.suspects).count
      let index = state.queue.firstIndex { suspectsRunning < threads / 2 || !state.suspects.contains($0) }
      guard let index else { return nil }
      let host = state.queue.remove(at: index)
      state.running.insert(host)
      return host
    }
  }

  private func settle(_ host: String, _ result: Result<[NetworkAddress], TransferFailure>) {
    let answers = state.withLock { state in
      state.running.remove(host)
      switch result {
      case .success: state.suspects.remove(host)
      case .failure: if state.suspects.count < queueLimit { state.suspects.insert(host) }
      }
      return state.waiting.removeValue(forKey: host) ?? []
    }
    for answer in answers { answer(result) }
  }

  /// The system's own look-up: /etc/hosts, DNS, whatever nsswitch.conf says.
  package static let system: LookUp = { host in
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>? = nil
    let code = unsafe getaddrinfo(host, nil, &hints, &list)
    defer { unsafe freeaddrinfo(list) }
    guard code == 0 else {
      let words = unsafe String(cString: gai_strerror(code))
      return .failure(TransferFailure(.unresolved, "the name \(host) has no address", cause: words))
    }
    var addresses: [NetworkAddress] = []
    var item = unsafe list
    while let entry = unsafe item, addresses.count < 16 {
      if let socketAddress = unsafe entry.pointee.ai_addr,
        let address = unsafe NetworkAddress(socketAddress: UnsafeRawPointer(socketAddress)),
        !addresses.contains(address)
      {
        addresses.append(address)
      }
      unsafe item = entry.pointee.ai_next
    }
    return .success(addresses)
  }
}
