import BigInt

extension BigInt {
  /// Through digits: the oracle's own conversions of negative 128-bit numbers are off by 2⁶⁴.
  init(decimal number: Int128) {
    self = BigInt(number.description) ?? 0
  }
}
