import Diagnostics

/// Lays the pieces of one clause or declaration on lines of at most `longest` columns, as far as its words allow: a text
/// or a name is never broken.
struct LineBreaking {
  static let longest = 100
  /// How far each level of what is broken stands in.
  static let step = 2

  private let pieces: [Piece]
  /// The width of all pieces before each, with their spaces.
  private let widths: [Int]
  /// How many of the pieces up to each can't stand on the line of the one before, for a comment.
  private let forced: [Int]

  private var lines: [String] = []
  private var line: String
  private var column: Int
  private var isLineEmpty = true
  /// A comment stands at the end of the line.
  private var isLineEnded = false
  /// The last piece whose comments are written.
  private var commented = 0

  private init(_ pieces: [Piece], indent: Int) {
    self.pieces = pieces
    var widths = [0]
    var forced = [0]
    for (index, piece) in pieces.enumerated() {
      widths.append(widths[index] + piece.width + (piece.hasSpaceBefore ? 1 : 0))
      let isForced = index > 0 && (pieces[index - 1].ending != nil || !piece.commentsBefore.isEmpty)
      forced.append(forced[index] + (isForced ? 1 : 0))
    }
    self.widths = widths
    self.forced = forced
    line = String(repeating: " ", count: indent)
    column = indent
  }

  /// - Parameters:
  ///   - indent: of the first line; the others stand in deeper.
  ///   - isWhole: the line is never broken, whatever its length: a rule's heading.
  static func lines(of pieces: [Piece], indent: Int, isWhole: Bool = false) -> [String] {
    var breaking = LineBreaking(pieces, indent: indent)
    let all = pieces.indices
    if isWhole {
      breaking.append(all, indent: indent + step)
    } else if let value = breaking.valueOfItsOwnLine(indent: indent + step) {
      breaking.append(all.lowerBound..<value, indent: indent + step)
      breaking.breakLine(indent: indent + step, before: value)
      breaking.append(value..<all.upperBound, indent: indent + step)
    } else {
      breaking.lay(all, indent: indent + step, behind: 0)
    }
    breaking.endLine()
    return breaking.lines
  }

  /// Where the value of a `let` starts that fits on a line, but not on that of its name.
  private func valueOfItsOwnLine(indent: Int) -> Int? {
    guard pieces.first?.text == "let", pieces.count > 3, !fits(pieces.indices, behind: 0) else { return nil }
    return fits(3..<pieces.count, at: indent, startsLine: true) ? 3 : nil
  }

  // MARK: Measuring

  private func width(_ range: Range<Int>) -> Int {
    widths[range.upperBound] - widths[range.lowerBound]
  }

  private func fits(_ range: Range<Int>, at column: Int, startsLine: Bool) -> Bool {
    let space = startsLine && pieces[range.lowerBound].hasSpaceBefore ? 1 : 0
    return forced[range.upperBound] == forced[range.lowerBound + 1]
      && column + width(range) - space <= Self.longest
  }

  /// On the line as it stands, with so much behind it.
  private func fits(_ range: Range<Int>, behind: Int) -> Bool {
    fits(range, at: column + behind, startsLine: isLineEmpty)
  }

  /// The outermost places in a range at which it may be broken.
  private func breaks(in range: Range<Int>) -> [Int] {
    var depth = 0
    var best: Piece.Break?
    var places: [Int] = []
    for index in range {
      if pieces[index].closes { depth -= 1 }
      if depth == 0, index > range.lowerBound, let level = pieces[index].breakBefore {
        if level < best ?? .product || best == nil {
          best = level
          places = []
        }
        if level == best { places.append(index) }
      }
      if pieces[index].opens { depth += 1 }
    }
    return places
  }

  /// What stands between the widest pair of brackets in a range.
  private func widestInside(_ range: Range<Int>) -> Range<Int>? {
    var depth = 0
    var open = range.lowerBound
    var widest: Range<Int>?
    for index in range {
      if pieces[index].closes {
        depth -= 1
        let inside = open + 1..<index
        if depth == 0, !inside.isEmpty, widest.map({ width($0) < width(inside) }) ?? true { widest = inside }
      }
      if pieces[index].opens {
        if depth == 0 { open = index }
        depth += 1
      }
    }
    return widest
  }

  // MARK: Laying

  /// - behind: how much must still find room on the last line.
  private mutating func lay(_ range: Range<Int>, indent: Int, behind: Int) {
    if fits(range, behind: behind) { return append(range, indent: indent) }
    let places = breaks(in: range)
    if !places.isEmpty {
      let level = pieces[places[0]].breakBefore
      let starts = [range.lowerBound] + places
      for (number, start) in starts.enumerated() {
        let part = start..<(number + 1 < starts.count ? starts[number + 1] : range.upperBound)
        let isLast = part.upperBound == range.upperBound
        // Values are set one behind another, and so is what says who is counted; conditions and terms each have a line.
        let mayStay = level == .list || level == .population && number > 1
        if number > 0, !(mayStay && fits(part, behind: isLast ? behind : 0)) {
          breakLine(indent: indent, before: start)
        }
        lay(part, indent: indent + Self.step, behind: isLast ? behind : 0)
      }
    } else if let inside = widestInside(range) {
      append(range.lowerBound..<inside.lowerBound, indent: indent)
      lay(inside, indent: indent, behind: min(width(inside.upperBound..<range.upperBound) + behind, Self.longest / 2))
      append(inside.upperBound..<range.upperBound, indent: indent)
    } else {
      append(range, indent: indent)
    }
  }

  private mutating func append(_ range: Range<Int>, indent: Int) {
    for index in range {
      let piece = pieces[index]
      if isLineEnded || !piece.commentsBefore.isEmpty && commented != index { breakLine(indent: indent, before: index) }
      if piece.hasSpaceBefore, !isLineEmpty { add(" ", width: 1) }
      add(piece.text, width: piece.width)
      if let ending = piece.ending {
        line += "  " + ending
        isLineEnded = true
      }
    }
  }

  private mutating func add(_ text: String, width: Int) {
    line += text
    column += width
    isLineEmpty = false
  }

  /// A new line for a piece, behind the comments before it.
  private mutating func breakLine(indent: Int, before index: Int) {
    endLine()
    let margin = String(repeating: " ", count: indent)
    lines += pieces[index].commentsBefore.map { margin + $0 }
    commented = index
    line = margin
    column = indent
  }

  private mutating func endLine() {
    if !isLineEmpty { lines.append(line) }
    (isLineEmpty, isLineEnded) = (true, false)
  }
}
