/// How a value is shown: the chain of formats in `{x | m | 3dp}`. Without any, each quantity has its own form.
package struct ValueFormat: Hashable, Sendable {
  package enum SignStyle: String, Hashable, Sendable {
    /// `-£2.4m`
    case plain
    /// `+£2.4m`, `-£2.4m`
    case signed
    /// `£2.4m adverse`, `£2.4m favourable`
    case words
    /// `£2.4m over`, `£2.4m under`
    case overUnder = "over_under"
  }

  /// A power of ten with its letters.
  package enum Scale: String, Hashable, Sendable {
    case k, m, bn
    var exponent: Int {
      switch self {
      case .k: 3
      case .m: 6
      case .bn: 9
      }
    }
    var decimals: Int { self == .k ? 0 : 1 }
  }

  package var sign = SignStyle.plain
  /// nil: `m` from a million of money and `bn` from a billion.
  package var scale: Scale?
  /// At least so many; nil: as the quantity has them.
  package var decimals: Int?

  package init() {}

  /// What may stand behind `|` in a message.
  package static let names =
    ["signed", "words", "over_under", "k", "m", "bn"] + (0...6).map { "\($0)dp" }

  /// Why a chain of formats is none.
  package enum Problem: Error, Hashable, Sendable {
    case unknown(String)
    /// Both say the same thing differently: `m` and `bn`, `2dp` and `3dp`.
    case contradicts(String, earlier: String)
  }

  package init(_ names: [String]) throws(Problem) {
    var chosenSign: String?
    var chosenScale: String?
    var chosenDecimals: String?
    func choose(_ name: String, over earlier: inout String?) throws(Problem) {
      if let earlier, earlier != name { throw .contradicts(name, earlier: earlier) }
      earlier = name
    }
    for name in names {
      guard ValueFormat.names.contains(name) else { throw .unknown(name) }
      if let scale = Scale(rawValue: name) {
        try choose(name, over: &chosenScale)
        self.scale = scale
      } else if let sign = SignStyle(rawValue: name) {
        try choose(name, over: &chosenSign)
        self.sign = sign
      } else {
        try choose(name, over: &chosenDecimals)
        decimals = Int(name.dropLast(2))
      }
    }
  }
}
