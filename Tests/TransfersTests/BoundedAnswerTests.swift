import Glibc
import Receiving
import Testing
import Transfers

func sleepMilliseconds(_ count: UInt32) { usleep(count * 1_000) }

/// FAULTS 13: an answer without an end, one that unpacks to gigabytes, one that drips.
@Suite(.timeLimit(.minutes(5))) struct BoundedAnswerTests {
  let transfers: Transfers
  init() throws { transfers = try Transfers() }

  @Test func anEndlessBodyIsCut() async throws {
    let receiver = try LocalReceiver { _, connection in
      connection.write(Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
      while connection.write([UInt8](repeating: 65, count: 65_536)) {}
    }
    let response = try #require(
      await transfers.send(local(.get, receiver, limits: TransferLimits(responseBytes: 1_000))).response)
    #expect(response.status == 200)
    #expect(response.body.count == 1_000)
    #expect(response.isCut)
  }

  @Test func endlessHeadersAreNoAnswer() async throws {
    let receiver = try LocalReceiver { _, connection in
      connection.write(Array("HTTP/1.1 200 OK\r\n".utf8))
      while connection.write(Array("X-More: \(String(repeating: "a", count: 1_000))\r\n".utf8)) {}
    }
    #expect(await transfers.send(local(.get, receiver)).failure?.code == .broken)
  }

  @Test func aCompressedAnswerIsNotUnpacked() async throws {
    let packed = [UInt8](repeating: 0x1f, count: 500)
    let receiver = try LocalReceiver { request, connection in
      #expect(request.header("accept-encoding") == nil)
      connection.answer(200, headers: [("Content-Encoding", "gzip")], body: packed)
    }
    #expect(await transfers.send(local(.get, receiver)).response?.body == packed)
  }

  @Test func aDrippingAnswerIsGivenUp() async throws {
    let receiver = try LocalReceiver { _, connection in
      connection.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".utf8))
      while connection.write([65]) { sleepMilliseconds(200) }
    }
    let response = await transfers.send(
      local(.get, receiver, limits: TransferLimits(total: 600_000, slowBytes: 16, slowSeconds: 1))
    ).response
    #expect(response?.status == 200)
    #expect(response?.isCut == true)
  }

  @Test func drippingHeadersAreATimeOut() async throws {
    let receiver = try LocalReceiver { _, connection in
      connection.write(Array("HTTP/1.1 200 OK\r\nX: ".utf8))
      while connection.write([65]) { sleepMilliseconds(100) }
    }
    #expect(await transfers.send(local(.get, receiver, limits: TransferLimits(total: 700))).failure?.code == .timeout)
  }

  @Test(arguments: ["nonsense\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 abc\r\n\r\n", ""])
  func whatIsNotHTTPIsNoAnswer(text: String) async throws {
    let receiver = try LocalReceiver { _, connection in
      connection.write(Array(text.utf8))
      connection.end()
    }
    #expect(await transfers.send(local(.get, receiver)).failure?.code == .broken)
  }
}
