import Glibc

/// A thread for work that blocks, which has no place on the cooperative pool.
package enum OwnThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread that ends by itself. False where the system gives none.
  package static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
    let body = unsafe Unmanaged.passRetained(Body(run))
    var thread = pthread_t()
    let failed = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        OwnThread.blockBrokenPipe()
        unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard failed == 0 else {
      unsafe body.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  /// A peer that closes while TLS writes raises SIGPIPE on the thread that writes; the error code is all we want of it.
  private static func blockBrokenPipe() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGPIPE)
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }
}
