/// A result too large for the type that has to hold it: an amount beyond ±922 trillion, a quotient beyond ±1.7 × 10²⁶.
package struct OutOfRange: Error, Hashable, Sendable, CustomStringConvertible {
  @inlinable package init() {}
  package var description: String { "the result is too large to be held exactly" }
}
