#if canImport(Glibc)
  import Glibc
#endif

/// A few buffers that go round between the thread that reads a large file (and hashes and archives it) and the one that
/// makes sense of it, so that both cores work and memory stays bounded.
@safe
final class PieceQueue: @unchecked Sendable {
  static let pieceBytes = 1 << 19
  private static let pieces = 4

  private let memory: UnsafeMutableRawPointer
  private var lengths = Array(repeating: 0, count: PieceQueue.pieces)
  /// How many pieces were filled and emptied so far.
  private var filled = 0
  private var emptied = 0
  private var isClosed = false
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>

  init() {
    unsafe memory = .allocate(byteCount: Self.pieceBytes * Self.pieces, alignment: 4096)
    unsafe mutex = .allocate(capacity: 1)
    unsafe changed = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
    unsafe memory.deallocate()
  }

  /// Waits for an empty buffer.
  func empty() -> UnsafeMutableRawBufferPointer {
    unsafe pthread_mutex_lock(mutex)
    while filled - emptied == Self.pieces { unsafe pthread_cond_wait(changed, mutex) }
    let place = filled % Self.pieces
    unsafe pthread_mutex_unlock(mutex)
    return unsafe UnsafeMutableRawBufferPointer(start: memory + place * Self.pieceBytes, count: Self.pieceBytes)
  }

  /// Hands on the buffer that `empty` gave, with so many bytes in it.
  func submit(_ count: Int) {
    unsafe pthread_mutex_lock(mutex)
    lengths[filled % Self.pieces] = count
    filled += 1
    unsafe pthread_cond_signal(changed)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Nothing follows.
  func close() {
    unsafe pthread_mutex_lock(mutex)
    isClosed = true
    unsafe pthread_cond_signal(changed)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Gives each piece in turn until the queue is closed.
  func drain(_ take: (UnsafeRawBufferPointer) -> Void) {
    while true {
      unsafe pthread_mutex_lock(mutex)
      while filled == emptied && !isClosed { unsafe pthread_cond_wait(changed, mutex) }
      let isDone = filled == emptied
      let place = emptied % Self.pieces
      let count = lengths[place]
      unsafe pthread_mutex_unlock(mutex)
      if isDone { return }
      unsafe take(UnsafeRawBufferPointer(start: memory + place * Self.pieceBytes, count: count))
      unsafe pthread_mutex_lock(mutex)
      emptied += 1
      unsafe pthread_cond_signal(changed)
      unsafe pthread_mutex_unlock(mutex)
    }
  }
}

/// A thread that does one thing, and can be waited for.
struct WorkerThread {
  private let thread: pthread_t
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// nil where the system has no thread to give.
  init?(_ body: @escaping @Sendable () -> Void) {
    let work = unsafe Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let result = unsafe pthread_create(
      &thread, nil,
      { argument in
        let work = unsafe Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue()
        work.body()
        return nil
      }, work.toOpaque())
    guard result == 0 else {
      unsafe work.release()
      return nil
    }
    self.thread = thread
  }

  func join() { pthread_join(thread, nil) }
}
