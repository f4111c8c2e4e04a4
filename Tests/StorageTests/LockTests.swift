import Foundation
import Storage
import Synchronization
import TestKit
import Testing

/// A second daemon is refused, and its refusal harms nobody.
@Suite struct LockTests {
  @Test func aRefusedLockClosesItsOwnDescriptorAndNoOther() throws {
    let folder = TemporaryFolder()
    let store = try Store(at: folder.path + "/ledger.db", migrations: [StoreTests.first])
    let isDone = Atomic<Bool>(false)
    let lost = Atomic<Int>(0)
    // Takes the lowest free descriptor over and over: a descriptor that is closed twice is soon one of these.
    let end = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      defer { end.signal() }
      while !isDone.load(ordering: .relaxed) {
        let mine = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        for _ in 0..<50 where fcntl(mine, F_GETFD) < 0 {
          lost.add(1, ordering: .relaxed)
          return
        }
        close(mine)
      }
    }
    // More than a process may have open: a descriptor that is never closed would show as another error.
    for _ in 0..<1_500 {
      let error = #expect(throws: StorageError.self) {
        try Store(at: folder.path + "/ledger.db", migrations: [StoreTests.first])
      }
      guard error?.code == .locked else { break }
    }
    isDone.store(true, ordering: .relaxed)
    end.wait()
    #expect(lost.load(ordering: .relaxed) == 0)
    try store.close()
  }

  @Test func aFolderHasItsModeAlsoWhereTheSetGroupIDBitComesFromAbove() throws {
    let folder = TemporaryFolder()
    // Refused under the unit; what comes from above, or nothing, has to do there.
    _ = unsafe chmod(folder.path, 0o2750)
    let path = folder.path + "/state"
    try Files.makeFolder(path, mode: 0o2750)
    var status = stat()
    #expect(unsafe stat(path, &status) == 0 && status.st_mode & 0o777 == 0o750)
  }
}
