/// Times parts of the work by the monotonic clock; one name may be timed several times.
struct Stopwatch {
  private var parts: [(name: String, seconds: [Double])] = []

  @discardableResult
  mutating func time<Value>(_ name: String, _ work: () throws -> Value) rethrows -> Value {
    let start = ContinuousClock.now
    let value = try work()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    if let known = parts.firstIndex(where: { $0.name == name }) {
      parts[known].seconds.append(seconds)
    } else {
      parts.append((name, [seconds]))
    }
    return value
  }

  /// A JSON object: lists of seconds by name.
  var json: String { "{" + parts.map { "\"\($0.name)\": \($0.seconds)" }.joined(separator: ", ") + "}" }
}
