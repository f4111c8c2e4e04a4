package import Finance
import Hashing

/// When a message is tried again: after 5 s, 30 s, 2 m, 10 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each give or
/// take a fifth, and then never.
package enum Schedule {
  package static let delays: [Int64] = [5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map {
    $0 * 1000
  }

  /// The first attempt and one after each delay.
  package static let mostAttempts = delays.count + 1

  /// When the next attempt is due after `attempts` of them have failed; nil after the last.
  ///
  /// The fifth is drawn from the message's name and the attempt's number: messages of one moment spread out, and the
  /// same facts give the same time.
  ///
  /// - Parameter asked: milliseconds that the receiver asked to wait at least.
  package static func next(after attempts: Int, of name: String, now: Moment, asked: Int64?) -> Moment? {
    precondition(attempts > 0, "a schedule is asked after a failed attempt")
    guard attempts < mostAttempts else { return nil }
    let delay = delays[attempts - 1]
    let drawn = SHA256.digest(of: "\(name) \(attempts)").prefix(4).reduce(0) { $0 << 8 | Int64($1) }
    let thousandths = 800 + drawn % 401
    return Moment(milliseconds: now.milliseconds + max(delay * thousandths / 1000, asked ?? 0))
  }
}
