#if canImport(Glibc)
  import Glibc
#endif

/// How long the processor worked on this for the calling thread. Unlike the time on the clock it hardly depends on what
/// else the machine is doing, so a bound on it can fail only because of the work.
package func cpuTime(_ work: () throws -> Void) rethrows -> Duration {
  let start = threadTime()
  try work()
  return threadTime() - start
}

private func threadTime() -> Duration {
  var time = timespec()
  precondition(unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
