import Dispatch
import Receiving
import Synchronization
import Testing
import Transfers

/// FAULTS 6 (names) and 11: what a name leads to is checked before anything connects.
@Suite(.timeLimit(.minutes(5))) struct NameTests {
  private func counted() throws -> (Seen, LocalReceiver) {
    let seen = Seen()
    return (
      seen,
      try LocalReceiver { request, connection in
        seen.add(request, connection)
        connection.answer(200)
      }
    )
  }

  @Test func aNameGoesWhereItWasFoundAndNowhereElse() async throws {
    let (seen, receiver) = try counted()
    let asked = Mutex<[String]>([])
    let transfers = try Transfers { host in
      asked.withLock { $0.append(host) }
      return .success([NetworkAddress("127.0.0.1")!])
    }
    for _ in 0..<3 {
      #expect(await transfers.send(local(.get, receiver, host: "hooks.invalid")).response?.status == 200)
    }
    #expect(seen.all.first?.header("host") == "hooks.invalid:\(receiver.port)")
    #expect(asked.withLock { $0 } == ["hooks.invalid"])
  }

  @Test(arguments: [
    "127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]", "[64:ff9b::7f00:1]", "inward.invalid",
    "localhost",
  ])
  func anAddressInwardIsRefusedBeforeConnecting(host: String) async throws {
    let (seen, receiver) = try counted()
    let transfers = try Transfers { _ in .success([NetworkAddress("127.0.0.1")!]) }
    var request = local(.get, receiver, host: host)
    request.addresses = AddressPolicy()
    #expect(await transfers.send(request).failure?.code == .refusedAddress)
    #expect(seen.all.isEmpty)
  }

  @Test func ofSeveralAddressesOnlyThePermittedAreTried() async throws {
    let (_, receiver) = try counted()
    let transfers = try Transfers { _ in .success([NetworkAddress("10.255.255.1")!, NetworkAddress("127.0.0.1")!]) }
    let outcome = await transfers.send(
      local(.get, receiver, host: "both.invalid", limits: TransferLimits(total: 2_000)))
    #expect(outcome.response?.status == 200)
  }

  @Test func aKeptConnectionIsCheckedAgain() async throws {
    let (seen, receiver) = try counted()
    let transfers = try Transfers { _ in .success([NetworkAddress("127.0.0.1")!, NetworkAddress("127.0.0.2")!]) }
    var request = local(.get, receiver, host: "kept.invalid")
    request.addresses = AddressPolicy(allow: [AddressRange("127.0.0.1")!])
    #expect(await transfers.send(request).response?.status == 200)
    request.addresses = AddressPolicy(allow: [AddressRange("127.0.0.2")!])
    #expect(await transfers.send(request).failure?.code == .refusedAddress)
    #expect(seen.all.count == 1)
  }

  /// Whether the others are through before the dead name is given up, rather than how many milliseconds they took: the
  /// machine may be busy.
  @Test func aNameThatNeverResolvesDelaysNobody() async throws {
    let (_, receiver) = try counted()
    let hanging = DispatchSemaphore(value: 0)
    defer { hanging.signal() }
    let transfers = try Transfers { host in
      if host == "dead.invalid" { hanging.wait() }
      return .success([NetworkAddress("127.0.0.1")!])
    }
    let isDeadOver = Mutex(false)
    let dead = Task {
      let outcome = await transfers.send(
        local(.get, receiver, host: "dead.invalid", limits: TransferLimits(connect: 20_000)))
      isDeadOver.withLock { $0 = true }
      return outcome
    }
    for number in 0..<20 {
      #expect(await transfers.send(local(.get, receiver, host: "live\(number).invalid")).response?.status == 200)
    }
    #expect(!isDeadOver.withLock { $0 })
    dead.cancel()
    #expect(await dead.value.failure?.code == .cancelled)
    let again = local(.get, receiver, host: "dead.invalid", limits: TransferLimits(connect: 100))
    #expect(await transfers.send(again).failure?.code == .unresolved)
  }

  @Test func aNameWithoutAnAddressSaysSo() async throws {
    let (_, receiver) = try counted()
    let transfers = try Transfers { _ in .success([]) }
    #expect(await transfers.send(local(.get, receiver, host: "none.invalid")).failure?.code == .unresolved)
    let failure = await (try Transfers()).send(local(.get, receiver, host: "none.invalid")).failure
    #expect(failure?.code == .unresolved)
    #expect(failure?.message.contains("none.invalid") == true)
  }
}
