import Dispatch
import Foundation
import Glibc

/// A TLS server with a certificate to choose, played by the `openssl` command on loopback.
final class SecureServer {
  enum Certificate: CaseIterable { case good, expired, selfSigned, otherName }

  static let isAvailable = FileManager.default.isExecutableFile(atPath: openssl)
  private static let openssl = "/usr/bin/openssl"

  let port: Int
  /// PEM file of the authority that signed the certificate.
  let authority: String
  private let folder: URL
  private let process = Process()
  private let log: URL
  private let input = Pipe()
  private let ended = DispatchSemaphore(value: 0)

  init(certificate: Certificate, answering: Bool) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "outturn-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    authority = folder.appending(path: "ca.pem").path
    log = folder.appending(path: "log")
    port = try Self.freePort()
    try Self.makeCertificate(certificate, in: folder)
    _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    process.executableURL = URL(filePath: Self.openssl)
    process.arguments =
      ["s_server", "-accept", "127.0.0.1:\(port)", "-cert", "server.pem", "-key", "server.key", "-quiet"]
      + (answering ? ["-www"] : [])
    process.currentDirectoryURL = folder
    process.standardInput = input
    let handle = try FileHandle(forWritingTo: log)
    process.standardOutput = handle
    process.standardError = handle
    let ended = ended
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    try waitUntilItListens()
  }

  deinit {
    stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// All that the server printed: what it received, where it does not answer.
  var output: String { (try? String(decoding: Data(contentsOf: log), as: UTF8.self)) ?? "" }

  func stop() {
    guard process.isRunning else { return }
    // Not SIGTERM, which the server inherits blocked, nor waitUntilExit, which spins on a thread without a run loop.
    kill(process.processIdentifier, SIGKILL)
    _ = ended.wait(timeout: .now() + 5)
  }

  private static func makeCertificate(_ kind: Certificate, in folder: URL) throws {
    func run(_ arguments: String) throws {
      let process = Process()
      process.executableURL = URL(filePath: openssl)
      process.arguments = arguments.split(separator: " ").map(String.init)
      process.currentDirectoryURL = folder
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      let ended = DispatchSemaphore(value: 0)
      process.terminationHandler = { _ in ended.signal() }
      try process.run()
      guard ended.wait(timeout: .now() + 10) == .success, process.terminationStatus == 0 else {
        throw CocoaError(.executableLoad)
      }
    }
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    try run("req -x509 \(key) -keyout ca.key -out ca.pem -subj /CN=authority -days 2")
    if kind == .selfSigned {
      try run(
        """
        req -x509 \(key) -keyout server.key -out server.pem -subj /CN=localhost -days 2 \
        -addext subjectAltName=DNS:localhost
        """
      )
      return
    }
    let name = kind == .otherName ? "elsewhere.invalid" : "localhost"
    try "subjectAltName=DNS:\(name)\n".write(to: folder.appending(path: "ext"), atomically: true, encoding: .utf8)
    try run("req \(key) -keyout server.key -out server.csr -subj /CN=\(name)")
    // A certificate that lasts less than no days ended before it began.
    let days = kind == .expired ? "-1" : "2"
    try run(
      "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -extfile ext -days \(days)")
  }

  private static func freePort() throws -> Int {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(number, pointer, length) == 0 && getsockname(number, pointer, &length) == 0
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private func waitUntilItListens() throws {
    for _ in 0..<100 {
      let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(number) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      address.sin_port = UInt16(port).bigEndian
      let isOpen = unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
          unsafe connect(number, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      if isOpen { return }
      usleep(50_000)
    }
    throw CocoaError(.fileReadUnknown)
  }
}
