package import Finance
import Transfers

/// What a server's answer means for a message.
enum WebhookAnswer {
  /// 2xx: done. 408, 425, 429 and 5xx: again later. 410: this receiver wants no more. Anything else, redirects among
  /// them, will not become better by repetition.
  static func outcome(of response: TransferResponse, now: Moment) -> AttemptOutcome {
    let words = "answered \(response.status)"
    switch response.status {
    case 200...299:
      return .delivered(words)
    case 408, 425, 429, 500...599:
      return .later(words, after: response.header("retry-after").flatMap { RetryAfter.milliseconds($0, now: now) })
    case 410:
      return .gone("answered 410: it is gone for good")
    case 300...399:
      return .refused("\(words), a redirect, which is not followed; configure the final address")
    default:
      return .refused(words)
    }
  }

  /// No answer: the network's state, which passes; except where nobody could have sent it as it is.
  static func outcome(of failure: TransferFailure) -> AttemptOutcome {
    let words = failure.cause.map { "\(failure.message) (\($0))" } ?? failure.message
    return .later(words, after: nil)
  }
}

/// `Retry-After`: a number of seconds or a date.
package enum RetryAfter {
  /// A server may ask for a day at most; more is taken as a day.
  package static let longest: Int64 = 86_400_000

  /// Milliseconds to wait from now on; nil where the text says nothing that can be used.
  package static func milliseconds(_ text: String, now: Moment) -> Int64? {
    let trimmed = text.drop { $0 == " " }.prefix(64)
    if let digits = trimmed.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digits) {
      guard trimmed.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
      guard let seconds = Int64(trimmed), seconds < longest / 1000 else { return longest }
      return seconds * 1000
    }
    guard let seconds = HTTPDate.seconds(String(trimmed)) else { return nil }
    let (difference, overflows) = (seconds &* 1000).subtractingReportingOverflow(now.milliseconds)
    return overflows || difference <= 0 ? nil : min(difference, longest)
  }
}
