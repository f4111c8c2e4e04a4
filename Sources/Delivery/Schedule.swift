import Finance
import Hashing

/// When a message that could not be handed over is tried again: after 5 s, 30 s, 2 m, 10 m, 30 m, 2 h, 5 h, 10 h, 14 h,
/// 20 h and 24 h, each by up to a fifth earlier or later. After that it is a dead letter.
enum Schedule {
  static let delays: [Int64] = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map { $0 * 1000 }

  /// Milliseconds that no wait on the schedule exceeds, nor one that a receiver asks for.
  static let longest: Int64 = 86_400_000 / 5 * 6

  /// When the next attempt is due; nil when there is none.
  ///
  /// - Parameters:
  ///   - attempts: how many have been made.
  ///   - wait: milliseconds that the receiver asked to wait at least.
  static func next(of id: String, after attempts: Int, at now: Moment, atLeast wait: Int64? = nil) -> Moment? {
    guard attempts <= delays.count else { return nil }
    let delay = delays[attempts - 1] / 1000 * permille(of: id, attempts)
    return Moment(milliseconds: now.milliseconds + max(delay, min(wait ?? 0, longest)))
  }

  /// 800 to 1200, spread evenly, and always the same for an attempt: a due time can be computed again.
  private static func permille(of id: String, _ attempts: Int) -> Int64 {
    let digest = SHA256.digest(of: "\(id) \(attempts)")
    return 800 + (Int64(digest[0]) << 16 | Int64(digest[1]) << 8 | Int64(digest[2])) % 401
  }
}
