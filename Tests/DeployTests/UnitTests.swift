import Foundation
import Testing

/// FAULTS 47: the unit is as tight as it says, and the daemon works in it. `Deploy/unit-test.sh` says how.
@Suite(.serialized) struct UnitTests {
  static let deploy = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Deploy").standardized
  /// The program that was built beside this test bundle.
  static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "outturn")
    .path

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze"), "systemd is not installed"))
  func `the unit's exposure is at most 1.5`() throws {
    let unit = Self.deploy.appending(path: "outturn.service").path
    let (status, output) = try run("/usr/bin/systemd-analyze", "security", "--offline=true", "--threshold=15", unit)
    #expect(status == 0, "\(output.suffix(200))")
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: program), "the daemon is not built"),
    .timeLimit(.minutes(5)))
  func `systemd runs, reloads, watches and stops the daemon under the unit's restrictions`() throws {
    let script = Self.deploy.appending(path: "unit-test.sh").path
    let (status, output) = try run("/bin/bash", script, Self.program)
    if status == 77 { try Test.cancel("\(output)") }
    #expect(status == 0, "\(output)")
    print(output)
  }

  @Test(.timeLimit(.minutes(5)))
  func `what stores, accounts and delivers passes its tests under the unit's restrictions`() throws {
    let script = Self.deploy.appending(path: "unit-test.sh").path
    let (status, output) = try run(
      "/bin/bash", script, "--suite", CommandLine.arguments[0], "--filter",
      "StorageTests|BookkeepingTests|DeliveryTests|ServiceNotifierTests|LifecycleTests")
    if status == 77 { try Test.cancel("\(output)") }
    #expect(status == 0, "\(output)")
    print(output)
  }

  private func run(_ arguments: String...) throws -> (status: Int32, output: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: arguments[0])
    process.arguments = Array(arguments.dropFirst())
    process.environment = ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
