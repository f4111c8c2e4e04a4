/// A run of elements in memory that a column owns: what the inner loops read and write.
///
/// An index is checked in debug builds alone, and hot loops add to it without a check: rows lie within their column.
/// Whoever makes a lane answers for its length, and for the column outliving it.
@safe
struct Lane<Element: BitwiseCopyable>: BitwiseCopyable {
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
  private let base: UnsafeMutablePointer<Element>
  private let count: Int

  init(count: Int, filler: Element) {
    self.count = count
    unsafe base = .allocate(capacity: max(count, 1))
    unsafe base.initialize(repeating: filler, count: count)
  }

  init(_ elements: [Element]) {
    count = elements.count
    unsafe base = .allocate(capacity: max(count, 1))
    for (index, element) in elements.enumerated() { unsafe (base + index).initialize(to: element) }
  }

  deinit { unsafe base.deallocate() }

  var lane: Lane<Element> { unsafe Lane(base, count: count) }
}
