/// Cuts a rule file where a new declaration may start: at lines that begin with a letter at the left margin.
///
/// No declaration reaches over such a line and no text or comment goes past its line, so the pieces mean on their own what
/// they mean together.
enum Cutting {
  static func pieces(of bytes: [UInt8]) -> [Range<Int>] {
    // A file that is not read at all is told so as a whole.
    guard bytes.count <= Screening.largestFile else { return [0..<bytes.count] }
    var starts = [0]
    unsafe bytes.withUnsafeBufferPointer { bytes in
      for index in 1..<max(1, bytes.count) where unsafe bytes[index - 1] == UInt8(ascii: "\n") {
        if unsafe isLetter(bytes[index]) { starts.append(index) }
      }
    }
    return zip(starts, starts.dropFirst() + [bytes.count]).map { $0..<$1 }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
