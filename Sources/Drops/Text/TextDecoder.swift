/// Turns the bytes of a file, piece by piece, into UTF-8 in a `TextBuffer`, and refuses what isn't in the encoding.
///
/// With `auto` nothing is decided before the first byte above 0x7F, and what it decides is held against the rest of the
/// file: one that mixes encodings is refused, never decoded silently wrong.
struct TextDecoder {
  private enum State {
    case start
    /// `auto`, and only ASCII so far.
    case undecided
    case utf8
    case windows1252
    case utf16(bigEndian: Bool)
  }

  private let declared: TextEncoding
  private var state = State.start
  /// The first bytes of the file, until there are enough to see a byte order mark; later half a UTF-16 unit.
  private var pending: [UInt8] = []
  /// How many bytes at the end of the buffer begin a UTF-8 character that is not whole yet.
  private(set) var unchecked = 0
  private var highSurrogate: UInt16?
  /// Bytes of the file decoded so far.
  private var offset = 0

  init(_ declared: TextEncoding) { self.declared = declared }

  /// Appends the text of the next bytes. On a fault, what stood before it has been appended.
  mutating func decode(_ piece: UnsafeRawBufferPointer, into buffer: TextBuffer) throws(TextFault) {
    if case .start = state {
      unsafe pending.append(contentsOf: piece)
      guard pending.count >= 4 else { return }
      try begin(into: buffer)
    } else {
      try unsafe decodeSettled(piece, into: buffer)
    }
  }

  /// Nothing follows.
  mutating func finish(into buffer: TextBuffer) throws(TextFault) {
    if case .start = state { try begin(into: buffer) }
    if case .undecided = state, !pending.isEmpty {
      let tail = pending
      pending = []
      offset -= tail.count
      try decide(tail, isLast: true, into: buffer)
    }
    if unchecked > 0 {
      buffer.truncate(to: buffer.count - unchecked)
      throw TextFault(.notUTF8, offset: offset - unchecked)
    }
    if !pending.isEmpty || highSurrogate != nil { throw TextFault(.notUTF16, offset: offset) }
  }

  private mutating func begin(into buffer: TextBuffer) throws(TextFault) {
    let head = pending
    pending = []
    var mark = 0
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw TextFault(.workbook, offset: 0) }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw TextFault(.workbook, offset: 0) }
    let hasUTF8Mark = head.starts(with: [0xEF, 0xBB, 0xBF])
    let littleMark = head.starts(with: [0xFF, 0xFE])
    let bigMark = head.starts(with: [0xFE, 0xFF])
    switch declared {
    case .utf8:
      state = .utf8
      if littleMark || bigMark { throw TextFault(.otherMark("UTF-16"), offset: 0) }
    case .windows1252:
      state = .windows1252
      if hasUTF8Mark { throw TextFault(.otherMark("UTF-8"), offset: 0) }
    case .utf16:
      state = .utf16(bigEndian: bigMark)
    case .auto:
      if hasUTF8Mark {
        state = .utf8
      } else if littleMark || bigMark {
        state = .utf16(bigEndian: bigMark)
      } else if head.count >= 4, head[1] == 0, head[3] == 0, head[0] != 0 {
        state = .utf16(bigEndian: false)
      } else if head.count >= 4, head[0] == 0, head[2] == 0, head[1] != 0 {
        state = .utf16(bigEndian: true)
      } else {
        state = .undecided
      }
    }
    if hasUTF8Mark, case .utf8 = state { mark = 3 }
    if littleMark || bigMark, case .utf16 = state { mark = 2 }
    offset = mark
    var fault: TextFault?
    unsafe head.withUnsafeBytes { bytes in
      let text = unsafe UnsafeRawBufferPointer(rebasing: bytes.dropFirst(mark))
      do throws(TextFault) { try unsafe decodeSettled(text, into: buffer) } catch { fault = error }
    }
    if let fault { throw fault }
  }

  private mutating func decodeSettled(
    _ piece: UnsafeRawBufferPointer, into buffer: TextBuffer
  ) throws(TextFault) {
    switch state {
    case .start: preconditionFailure("the start has been settled")
    case .undecided: try unsafe decide(piece, into: buffer)
    case .utf8: try unsafe decodeUTF8(piece, into: buffer)
    case .windows1252: try unsafe decode1252(piece, into: buffer)
    case .utf16(let bigEndian): try unsafe decodeUTF16(piece, bigEndian: bigEndian, into: buffer)
    }
  }

  private mutating func decide(_ piece: UnsafeRawBufferPointer, into buffer: TextBuffer) throws(TextFault) {
    guard pending.isEmpty else {
      let joined = unsafe pending + piece
      offset -= pending.count
      pending = []
      try decide(joined, isLast: false, into: buffer)
      return
    }
    try unsafe decide(piece, isLast: false, into: buffer)
  }

  private mutating func decide(_ piece: [UInt8], isLast: Bool, into buffer: TextBuffer) throws(TextFault) {
    var fault: TextFault?
    unsafe piece.withUnsafeBytes { bytes in
      do throws(TextFault) { try unsafe decide(bytes, isLast: isLast, into: buffer) } catch { fault = error }
    }
    if let fault { throw fault }
  }

  private mutating func decide(
    _ piece: UnsafeRawBufferPointer, isLast: Bool, into buffer: TextBuffer
  ) throws(TextFault) {
    guard unsafe !isASCII(piece) else {
      if let zero = unsafe firstZero(piece) {
        unsafe buffer.append(UnsafeRawBufferPointer(rebasing: piece[..<zero]))
        throw TextFault(.binary, offset: offset + zero)
      }
      unsafe buffer.append(piece)
      offset += piece.count
      return
    }
    let valid = unsafe utf8Prefix(piece)
    let plain = unsafe UnsafeRawBufferPointer(rebasing: piece[..<valid.length])
    if unsafe valid.isWhole || valid.mayContinue && !isASCII(plain) {
      state = .utf8
      try unsafe decodeUTF8(piece, into: buffer)
    } else if valid.mayContinue && !isLast {
      // One byte could begin a UTF-8 character or be one of Windows-1252's: what follows tells.
      unsafe buffer.append(plain)
      unsafe pending = Array(piece[valid.length...])
      offset += piece.count
    } else if unsafe isASCII(plain) {
      state = .windows1252
      try unsafe decode1252(piece, into: buffer)
    } else {
      unsafe buffer.append(plain)
      throw TextFault(.mixed, offset: offset + valid.length)
    }
  }

  private mutating func decodeUTF8(_ piece: UnsafeRawBufferPointer, into buffer: TextBuffer) throws(TextFault) {
    let start = buffer.count - unchecked
    unsafe buffer.append(piece)
    let text = unsafe UnsafeRawBufferPointer(start: buffer.bytes + start, count: buffer.count - start)
    if unsafe unchecked == 0 && isASCII(text) {
      if let zero = unsafe firstZero(text) {
        throw fault(.binary, at: offset + zero, cutting: buffer, to: start + zero)
      }
      offset += piece.count
      return
    }
    let valid = unsafe utf8Prefix(text)
    let pieceStart = offset - unchecked
    offset += piece.count
    if valid.isWhole {
      unchecked = 0
    } else if valid.mayContinue {
      unchecked = text.count - valid.length
    } else {
      let kind: TextFault.Kind = declared == .auto ? .mixed : .notUTF8
      throw fault(kind, at: pieceStart + valid.length, cutting: buffer, to: start + valid.length)
    }
  }

  private mutating func fault(
    _ kind: TextFault.Kind, at offset: Int, cutting buffer: TextBuffer, to length: Int
  ) -> TextFault {
    buffer.truncate(to: length)
    unchecked = 0
    return TextFault(kind, offset: offset)
  }

  private mutating func decode1252(_ piece: UnsafeRawBufferPointer, into buffer: TextBuffer) throws(TextFault) {
    var index = 0
    while index < piece.count {
      let byte = unsafe piece[index]
      if byte < 0x80 {
        if byte == 0 { throw TextFault(.binary, offset: offset + index) }
        buffer.append(byte)
        index += 1
        continue
      }
      if declared == .auto {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: piece[index..<min(index + 4, piece.count)])
        if unsafe utf8Prefix(rest).length > 0 { throw TextFault(.mixed, offset: offset + index) }
      }
      guard let scalar = Windows1252.scalar(byte) else {
        throw TextFault(.notWindows1252(byte), offset: offset + index)
      }
      buffer.append(scalar)
      index += 1
    }
    offset += piece.count
  }

  private mutating func decodeUTF16(
    _ piece: UnsafeRawBufferPointer, bigEndian: Bool, into buffer: TextBuffer
  ) throws(TextFault) {
    for index in piece.indices {
      offset += 1
      unsafe pending.append(piece[index])
      guard pending.count == 2 else { continue }
      let unit =
        bigEndian
        ? UInt16(pending[0]) << 8 | UInt16(pending[1]) : UInt16(pending[1]) << 8 | UInt16(pending[0])
      pending.removeAll(keepingCapacity: true)
      if let high = highSurrogate {
        guard UTF16.isTrailSurrogate(unit) else { throw TextFault(.notUTF16, offset: offset - 2) }
        let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        buffer.append(Unicode.Scalar(value)!)
        highSurrogate = nil
      } else if UTF16.isLeadSurrogate(unit) {
        highSurrogate = unit
      } else {
        guard let scalar = Unicode.Scalar(unit) else { throw TextFault(.notUTF16, offset: offset - 2) }
        if unit == 0 { throw TextFault(.binary, offset: offset - 2) }
        buffer.append(scalar)
      }
    }
  }
}

/// Why bytes are no text. `offset` counts from the first byte of the file (of what a compressed one holds).
struct TextFault: Error, Equatable {
  enum Kind: Equatable {
    case notUTF8
    case notUTF16
    case notWindows1252(UInt8)
    /// Some of it reads only as UTF-8 and some only as Windows-1252.
    case mixed
    case otherMark(String)
    case workbook
    case binary
  }
  var kind: Kind
  var offset: Int

  init(_ kind: Kind, offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}
