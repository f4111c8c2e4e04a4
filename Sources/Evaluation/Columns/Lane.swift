/// A run of elements in memory that a column owns: what the inner loops read and write.
///
/// An index is checked in debug builds alone. Whoever makes a lane answers for its length, and for the column outliving it.
@safe
struct Lane<Element: BitwiseCopyable> {
  private let base: UnsafeMutablePointer<Element>
  #if DEBUG
    private let count: Int
  #endif

  @inline(__always) init(_ base: UnsafeMutablePointer<Element>, count: Int) {
    unsafe self.base = base
    #if DEBUG
      self.count = count
    #endif
  }

  @inline(__always) subscript(index: Int) -> Element {
    get {
      check(index)
      return unsafe base[index]
    }
    nonmutating set {
      check(index)
      unsafe base[index] = newValue
    }
  }

  @inline(__always) private func check(_ index: Int) {
    #if DEBUG
      precondition(index >= 0 && index < count, "index \(index) of \(count)")
    #endif
  }
}

/// Memory for a lane, given back with its last owner.
@safe
final class Buffer<Element: BitwiseCopyable> {
  private var base: UnsafeMutablePointer<Element>
  private(set) var count: Int
  private let filler: Element

  init(count: Int, filler: Element) {
    self.count = count
    self.filler = filler
    unsafe base = .allocate(capacity: max(count, 1))
    unsafe base.initialize(repeating: filler, count: count)
  }

  deinit { unsafe base.deallocate() }

  var lane: Lane<Element> { unsafe Lane(base, count: count) }

  /// Keeps what is there. Lanes made before are void.
  func grow(to newCount: Int) {
    precondition(newCount >= count, "a buffer only grows")
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: max(newCount, 1))
    unsafe grown.update(from: base, count: count)
    unsafe (grown + count).initialize(repeating: filler, count: newCount - count)
    unsafe base.deallocate()
    unsafe base = grown
    count = newCount
  }
}
