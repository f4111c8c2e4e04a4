import CCurl

/// The life of the transfer thread: it takes its post, moves every transfer on, and sleeps until there is more.
///
/// A transfer waits for its name, then runs in libcurl, then ends; a deadline covers all of it.
@safe
final class TransferLoop {
  private struct Resolving {
    let request: OutgoingRequest
    let destination: Destination
    let continuation: CheckedContinuation<TransferOutcome, Never>
    let start: ContinuousClock.Instant
  }

  private struct Found {
    let addresses: [NetworkAddress]
    let until: ContinuousClock.Instant
  }

  private let mailbox: Mailbox
  private let resolver: Resolver
  private let multi: UnsafeMutableRawPointer
  private var resolving: [UInt64: Resolving] = [:]
  /// By the address of libcurl's handle.
  private var running: [UInt: Transfer] = [:]
  private var found: [String: Found] = [:]
  private let clock = ContinuousClock()

  /// Transfers at once, over which a request is refused; callers bound themselves well below.
  private static let limit = 1024
  /// How long a name's addresses are used again without asking.
  private static let keeping = Duration.seconds(30)

  init(_ multi: MultiHandle, _ mailbox: Mailbox, _ resolver: Resolver) {
    self.mailbox = mailbox
    self.resolver = resolver
    unsafe self.multi = unsafe multi.pointer
    unsafe curl_multi_set_number(self.multi, CURLMOPT_MAXCONNECTS, 64)
    unsafe curl_multi_set_number(self.multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 256)
  }

  func run() {
    while takePost() {
      var active: Int32 = 0
      unsafe curl_multi_perform(multi, &active)
      collectFinished()
      expireResolving()
      unsafe curl_multi_poll(multi, nil, 0, millisecondsToNextDeadline(), nil)
    }
    stop()
  }

  /// False when asked to stop.
  private func takePost() -> Bool {
    for message in mailbox.take() {
      switch message {
      case .send(let number, let request, let continuation): accept(number, request, continuation)
      case .resolved(let number, let host, let result): resolved(number, host, result)
      case .cancel(let number): cancel(number)
      case .stop: return false
      }
    }
    return true
  }

  private func accept(
    _ number: UInt64, _ request: OutgoingRequest, _ continuation: CheckedContinuation<TransferOutcome, Never>
  ) {
    guard resolving.count + running.count < Self.limit else {
      continuation.resume(
        returning: .failed(TransferFailure(.busy, "\(Self.limit) transfers are running already")))
      return
    }
    do throws(TransferFailure) {
      let destination = try Destination(request.url, allowsPlainHTTP: request.allowsPlainHTTP)
      let waiting = Resolving(
        request: request, destination: destination, continuation: continuation, start: clock.now)
      if let literal = NetworkAddress(destination.host) {
        begin(number, waiting, at: [literal])
      } else if let known = found[destination.host], known.until > clock.now {
        begin(number, waiting, at: known.addresses)
      } else {
        resolving[number] = waiting
        resolver.find(destination.host) { [mailbox] result in
          mailbox.post(.resolved(number, host: destination.host, result))
        }
      }
    } catch {
      continuation.resume(returning: .failed(error))
    }
  }

  private func resolved(_ number: UInt64, _ host: String, _ result: Result<[NetworkAddress], TransferFailure>) {
    if case .success(let addresses) = result {
      if found.count >= Self.limit { found.removeAll() }
      found[host] = Found(addresses: addresses, until: clock.now + Self.keeping)
    }
    guard let waiting = resolving.removeValue(forKey: number) else { return }
    switch result {
    case .success(let addresses): begin(number, waiting, at: addresses)
    case .failure(let failure): waiting.continuation.resume(returning: .failed(failure))
    }
  }

  /// Hands a transfer to libcurl, which connects to the addresses that the policy lets through and to no other.
  private func begin(_ number: UInt64, _ waiting: Resolving, at addresses: [NetworkAddress]) {
    do throws(TransferFailure) {
      let policy = waiting.request.addresses
      let permitted = addresses.filter { policy.refusal(of: $0) == nil }
      guard !permitted.isEmpty else {
        throw Transfer.refusal(of: addresses, for: waiting.destination, by: policy)
      }
      let spent = (clock.now - waiting.start) / .milliseconds(1)
      let transfer = try Transfer(
        number: number, request: waiting.request, destination: waiting.destination, addresses: permitted,
        millisecondsSpent: Int(spent), continuation: waiting.continuation)
      guard unsafe curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
        throw TransferFailure(.busy, "libcurl takes no further transfer")
      }
      running[transfer.key] = transfer
    } catch {
      waiting.continuation.resume(returning: .failed(error))
    }
  }

  private func collectFinished() {
    var easy: UnsafeMutableRawPointer? = nil
    var result = CURLE_OK
    while unsafe curl_multi_next_finished(multi, &easy, &result) != 0 {
      guard let finished = unsafe easy, let transfer = running.removeValue(forKey: UInt(bitPattern: finished)) else {
        continue
      }
      unsafe curl_multi_remove_handle(multi, finished)
      transfer.finish(result)
    }
  }

  private func cancel(_ number: UInt64) {
    let outcome = TransferOutcome.failed(TransferFailure(.cancelled, "the transfer was broken off"))
    if let waiting = resolving.removeValue(forKey: number) {
      waiting.continuation.resume(returning: outcome)
    } else if let transfer = running.values.first(where: { $0.number == number }) {
      running.removeValue(forKey: transfer.key)
      unsafe curl_multi_remove_handle(multi, transfer.easy)
      transfer.end(outcome)
    }
  }

  private func expireResolving() {
    for (number, waiting) in resolving where deadline(waiting) <= clock.now {
      resolving.removeValue(forKey: number)
      waiting.continuation.resume(
        returning: .failed(
          TransferFailure(
            .unresolved,
            "nobody said what the address of \(waiting.destination.host) is in \(waiting.request.limits.connect) ms")))
    }
  }

  private func deadline(_ waiting: Resolving) -> ContinuousClock.Instant {
    waiting.start + .milliseconds(min(waiting.request.limits.connect, waiting.request.limits.total))
  }

  /// libcurl wakes for its own timers and for the mailbox; only names still looked up have a deadline that it knows
  /// nothing of.
  private func millisecondsToNextDeadline() -> Int32 {
    guard let next = resolving.values.map(deadline).min() else { return 60_000 }
    return Int32(clamping: Int(max(.zero, next - clock.now) / .milliseconds(1)) + 1)
  }

  private func stop() {
    let outcome = TransferOutcome.failed(TransferFailure(.cancelled, "transfers have been stopped"))
    for waiting in resolving.values { waiting.continuation.resume(returning: outcome) }
    for transfer in running.values {
      unsafe curl_multi_remove_handle(multi, transfer.easy)
      transfer.end(outcome)
    }
    running.removeAll()
    for case .send(_, _, let continuation) in mailbox.close() { continuation.resume(returning: outcome) }
  }
}
