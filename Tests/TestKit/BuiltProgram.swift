package import Foundation

/// A program of the package, as it was built beside the one that runs: a bundle of tests, or the table of cases.
package struct BuiltProgram: Sendable {
  package struct Ended: Sendable {
    package var status: Int32
    package var output: String
    package var errors: String
  }

  package static let outturn = BuiltProgram("outturn")

  package let url: URL
  package var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: url.path) }

  package init(_ name: String) { url = Self.folder.appending(path: name) }

  /// A program of the system, which finds those of the package on its path.
  package init(path: String) { url = URL(filePath: path) }

  private static let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

  /// Runs it to its end. What it says goes through files: a pipe that is full would stop it.
  @discardableResult
  package func run(_ arguments: [String], in folder: String? = nil) throws -> Ended {
    let kept = TemporaryFolder()
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.environment = ["PATH": "\(Self.folder.path):/usr/bin:/bin", "HOME": kept.path, "NO_COLOR": "1"]
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    let streams = try ["output", "errors"].map { name in
      let path = kept.path + "/" + name
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      return try FileHandle(forWritingTo: URL(filePath: path))
    }
    defer { for stream in streams { try? stream.close() } }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = streams[0]
    process.standardError = streams[1]
    try process.run()
    process.waitUntilExit()
    return Ended(
      status: process.terminationStatus, output: try String(contentsOfFile: kept.path + "/output", encoding: .utf8),
      errors: try String(contentsOfFile: kept.path + "/errors", encoding: .utf8))
  }
}
