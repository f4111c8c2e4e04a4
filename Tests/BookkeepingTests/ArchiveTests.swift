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
    let digest = SHA256.digest(of: pieces.joined())
    try writer.keep(as: digest)
    return digest
  }

  func files() -> [String] { (FileManager.default.subpaths(atPath: path) ?? []).sorted() }

  @Test func bytesLieUnderTheirHash() throws {
    let archive = try Archive(at: path)
    let digest = try keep("Org,", "Amount\n", in: archive)
    let name = hexadecimal(digest)
    #expect(files() == ["\(name.prefix(2))", "\(name.prefix(2))/\(name.dropFirst(2))"])
    #expect(archive.contains(digest))
    #expect(try archive.isWhole(digest))
    let file = FileHandle(fileDescriptor: try archive.open(digest), closeOnDealloc: true)
    #expect(try file.readToEnd() == Data("Org,Amount\n".utf8))
  }

  /// Large aligned pieces go past the page cache and the others through it; the file is the same.
  @Test func largePiecesAreWhole() throws {
    let archive = try Archive(at: path)
    let size = (1 << 20) + 4097
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4096)
    defer { unsafe memory.deallocate() }
    for index in 0..<size { unsafe memory[index] = UInt8(truncatingIfNeeded: index &* 2_654_435_761 >> 7) }
    let whole = UnsafeRawBufferPointer(memory)
    var hash = SHA256()
    unsafe hash.update(whole.bytes)
    let digest = hash.finish()
    for cuts in [[size], [1 << 18, size], [1 << 18, (1 << 18) + 5, 1 << 19, size], [1 << 20, size]] {
      var writer = try ArchiveWriter(into: archive)
      var start = 0
      for cut in cuts {
        try unsafe writer.write(UnsafeRawBufferPointer(rebasing: whole[start..<cut]).bytes)
        start = cut
      }
      #expect(writer.byteCount == size)
      try writer.keep(as: digest)
      #expect(try archive.isWhole(digest))
    }
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
