import Foundation
import FuzzInputs

// What libFuzzer calls; `sh Tests/Fuzz/run.sh` builds and runs it.

private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["OUTTURN_FUZZ_TARGET"] ?? FuzzTarget.rules.rawValue
  guard let target = FuzzTarget(rawValue: name) else { preconditionFailure("there is no target \(name)") }
  return target
}()

/// Writes the good inputs to start from, where it is said whereto.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
  guard let folder = ProcessInfo.processInfo.environment["OUTTURN_FUZZ_SEEDS"] else { return 0 }
  let sources = ["Rules", "Tests"].map { URL(filePath: $0) }
  for (number, seed) in target.seeds(in: sources).enumerated() {
    let file = URL(filePath: folder).appending(path: "seed-\(number)")
    do { try Data(seed).write(to: file) } catch { preconditionFailure("\(file.path): \(error)") }
  }
  return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let complaints = target.complaints(about: bytes)
  guard complaints.isEmpty else { fatalError(complaints.joined(separator: "\n")) }
  return 0
}
