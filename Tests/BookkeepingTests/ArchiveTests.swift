import Bookkeeping
import Foundation
import Hashing
import Storage
import TestKit
import Testing

@Suite struct ArchiveTests {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/archive" }

  func keep(_ pieces: String..., in archive: Archive) throws -> [UInt8] {
    var writer = try ArchiveWriter(into: archive)
    for piece in pieces { try unsafe writer.write(Array(piece.utf8).span.bytes) }
    return try writer.keep()
  }

  func files() -> [String] { (FileManager.default.subpaths(atPath: path) ?? []).sorted() }

  @Test func bytesLieUnderTheirHash() throws {
    let archive = try Archive(at: path)
    let digest = try keep("Org,", "Amount\n", in: archive)
    #expect(digest == SHA256.digest(of: "Org,Amount\n"))
    let name = hexadecimal(digest)
    #expect(files() == ["\(name.prefix(2))", "\(name.prefix(2))/\(name.dropFirst(2))"])
    #expect(archive.contains(digest))
    #expect(try archive.isWhole(digest))
    let file = FileHandle(fileDescriptor: try archive.open(digest), closeOnDealloc: true)
    #expect(try file.readToEnd() == Data("Org,Amount\n".utf8))
  }

  @Test func theSameBytesAreKeptOnceAndHealed() throws {
    let archive = try Archive(at: path)
    let digest = try keep("x", in: archive)
    try Data("y".utf8).write(to: URL(fileURLWithPath: archive.path(of: digest)))
    #expect(try !archive.isWhole(digest))
    _ = try keep("x", in: archive)
    #expect(try archive.isWhole(digest))
    #expect(files().count == 2)
  }

  @Test func whatIsNotKeptIsGone() throws {
    let archive = try Archive(at: path)
    do {
      var writer = try ArchiveWriter(into: archive)
      try unsafe writer.write([1, 2, 3].span.bytes)
      #expect(files().count == 1)
    }
    #expect(files() == [])
  }

  @Test func whatACrashLeftIsRemoved() throws {
    let archive = try Archive(at: path)
    let digest = try keep("x", in: archive)
    try Data("half".utf8).write(to: URL(fileURLWithPath: path + "/.unfinished-1-1"))
    try archive.removeUnfinished()
    #expect(files().count == 2)
    #expect(archive.contains(digest))
  }

  @Test func aMissingDropIsSaidToBeMissing() throws {
    let archive = try Archive(at: path)
    #expect(#expect(throws: StorageError.self) { try archive.open([1]) }?.code == .missing)
    #expect(try !archive.isWhole([1]))
  }

  /// FAULTS 26 and 34, where the kernel has a device that is always full.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func aFullDiskHasItsOwnCode() {
    let descriptor = unsafe open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    #expect(unsafe write(descriptor, [1], 1) == -1)
    #expect(StorageError.system("write into", path).code == .diskFull)
  }
}
