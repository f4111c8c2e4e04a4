import Glibc
import Storage
import TestKit
import Testing

/// FAULTS 34. Needs a small file system of its own, which only root can mount.
@Suite(.enabled(if: geteuid() == 0, "a full disk is a small tmpfs, which only root can mount"))
struct FullDiskTests {
  @Test func aFullDiskIsSaidAndRecoveredFrom() throws {
    let folder = TemporaryFolder()
    guard unsafe mount("tmpfs", folder.path, "tmpfs", 0, "size=1m") == 0 else {
      // A container may have root without the right to mount.
      return print("skipped: tmpfs cannot be mounted here")
    }
    defer { unsafe umount2(folder.path, Int32(MNT_DETACH)) }
    let store = try Store(
      at: folder.path + "/ledger.db",
      migrations: [Migration("first", "CREATE TABLE note (words BLOB NOT NULL) STRICT;")])
    func insert(_ count: Int) throws {
      try store.write { transaction in
        try transaction.execute("INSERT INTO note VALUES (?)", [UInt8](repeating: 7, count: count))
      }
    }
    try insert(1_000)
    let error = #expect(throws: StorageError.self) { try insert(2_000_000) }
    #expect(error?.code == .diskFull)
    #expect(error?.advice.contains("Make room") == true)
    try insert(1_000)
    #expect(try store.read { try $0.first("SELECT count(*) FROM note") { row in try row.integer(0) } } == 2)
    #expect(try store.read { try $0.integrityProblems() } == [])
    try store.close()
  }
}
