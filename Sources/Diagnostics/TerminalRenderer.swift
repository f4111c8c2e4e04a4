/// Diagnostics for a person at a terminal:
///
/// ```
/// error[R204]: a percentage cannot band a number of percentage points
///   ┌─ Rules/demand.rules:8:15
/// 7 │   watch growth(activity) - growth(gp_activity)
///   │         ────────────────────────────────────── points (the difference of two percentages)
/// 8 │   amber above 2%
///   │               ^^ percentage
///   = fix: 2pp      more: outturn help R204
/// ```
package struct TerminalRenderer: Sendable {
  /// ANSI colours; only for a terminal.
  package var colour: Bool
  /// The most cells a line of source takes.
  package var width: Int
  /// How many diagnostics are shown in full; how many more there are is said.
  package var limit: Int

  package init(colour: Bool = false, width: Int = 110, limit: Int = 500) {
    self.colour = colour
    self.width = max(20, width)
    self.limit = limit
  }

  /// All of them in the order of their places, with an empty line between, ending in a line break (or empty).
  package func render(_ diagnostics: [Diagnostic], in texts: [SourceText]) -> String {
    let confidential = diagnostics.flatMap(\.labels).filter(\.isConfidential).map(\.span)
    var parts = diagnostics.sortedByPlace().prefix(limit).map { render($0, in: texts, confidential) }
    if diagnostics.count > limit { parts.append("… and \(diagnostics.count - limit) more\n") }
    return parts.joined(separator: "\n")
  }

  /// One of them, ending in a line break.
  package func render(_ diagnostic: Diagnostic, in texts: [SourceText]) -> String {
    render(diagnostic, in: texts, diagnostic.labels.filter(\.isConfidential).map(\.span))
  }

  private func render(_ diagnostic: Diagnostic, in texts: [SourceText], _ confidential: [Span]) -> String {
    let severityStyle: Style = diagnostic.severity == .error ? .error : .warning
    let heading = paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", severityStyle)
    var lines = [heading + paint(": " + diagnostic.message.printable, .strong)]

    let marks = marks(of: diagnostic, in: texts)
    let gutter = marks.map { String($0.place.line).count }.max() ?? 1
    let margin = String(repeating: " ", count: gutter)
    for group in marks.consecutive(by: \.text) {
      let corner = paint("┌─", .frame)
      let at = (group.first { $0.isPrimary } ?? group[0]).place
      lines.append("\(margin) \(corner) \(texts[group[0].text].name.printable):\(at.line):\(at.column)")
      let hidden = confidential.filter { $0.text == group[0].text }
      lines += excerpts(group, in: texts[group[0].text], hidden, gutter: gutter, severityStyle)
    }
    lines += closing(diagnostic, margin)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The lines of one text that have labels, each over its underlines; a gap of a single line is filled in.
  private func excerpts(
    _ marks: [Mark], in text: SourceText, _ confidential: [Span], gutter: Int, _ severity: Style
  ) -> [String] {
    let margin = String(repeating: " ", count: gutter)
    let bar = paint("│", .frame)
    func source(_ line: Int, focus: Int) -> (row: String, excerpt: SourceExcerpt) {
      let excerpt = SourceExcerpt(of: text, line: line, focus: focus, width: width, confidential: confidential)
      let digits = String(line)
      let number = String(repeating: " ", count: gutter - digits.count) + digits
      return ("\(paint(number, .frame)) \(bar) \(excerpt.shown)".withoutTrailingSpaces, excerpt)
    }

    var rows: [String] = []
    var previous: Int?
    for group in marks.consecutive(by: \.place.line) {
      let line = group[0].place.line
      if let previous, line == previous + 2 {
        rows.append(source(previous + 1, focus: text.lineRange(previous + 1).lowerBound).row)
      } else if let previous, line > previous + 2 {
        rows.append("\(margin) \(paint("⋮", .frame))")
      }
      let focus = group.first { $0.isPrimary } ?? group[0]
      let (row, excerpt) = source(line, focus: Int(focus.label.span.start))
      rows.append(row)
      for mark in group {
        let (indent, count) = excerpt.underline(mark.label.span)
        let line = String(repeating: mark.isPrimary ? "^" : "─", count: count)
        let words = mark.label.text.isEmpty ? "" : " " + mark.label.text.printable
        let painted = paint(line + words, mark.isPrimary ? severity : .frame)
        rows.append("\(margin) \(bar) " + String(repeating: " ", count: indent) + painted)
      }
      previous = line
    }
    return rows
  }

  private func closing(_ diagnostic: Diagnostic, _ margin: String) -> [String] {
    let equals = paint("=", .frame)
    let more = "more: outturn help \(diagnostic.code)"
    guard let fix = diagnostic.fix else { return ["\(margin) \(equals) \(more)"] }
    let lines = fix.split(separator: "\n", omittingEmptySubsequences: false).map(\.printable)
    guard lines.count > 1 else { return ["\(margin) \(equals) fix: \(lines[0])      \(more)"] }
    return ["\(margin) \(equals) fix:"] + lines.map { "\(margin)     \($0)".withoutTrailingSpaces }
      + ["\(margin) \(equals) \(more)"]
  }
}

// MARK: - Places

extension TerminalRenderer {
  private struct Mark {
    var label: Diagnostic.Label
    var isPrimary: Bool
    var text: Int
    var place: Place
  }

  /// The labels in reading order; the text of the fault comes before other texts.
  private func marks(of diagnostic: Diagnostic, in texts: [SourceText]) -> [Mark] {
    var marks: [Mark] = []
    func add(_ label: Diagnostic.Label, isPrimary: Bool) {
      let text = Int(label.span.text)
      precondition(texts.indices.contains(text), "a diagnostic points into a text that is given with it")
      marks += lines(of: label, in: texts[text]).map { line in
        Mark(label: line, isPrimary: isPrimary, text: text, place: texts[text].place(of: line.span.start))
      }
    }
    if let primary = diagnostic.primary { add(primary, isPrimary: true) }
    diagnostic.secondary.forEach { add($0, isPrimary: false) }
    let first = diagnostic.primary.map { Int($0.span.text) } ?? -1
    return marks.sorted {
      ($0.text == first ? -1 : $0.text, $0.place) < ($1.text == first ? -1 : $1.text, $1.place)
    }
  }
}

extension TerminalRenderer {
  /// Of a longer stretch the first and the last are shown.
  private static let mostLinesOfALabel = 4

  /// A label for each line that a stretch goes over, with the words beside the last.
  private func lines(of label: Diagnostic.Label, in text: SourceText) -> [Diagnostic.Label] {
    let first = text.lineNumber(of: Int(label.span.start))
    let last = text.lineNumber(of: max(Int(label.span.start), Int(label.span.end) - 1))
    guard first < last else { return [label] }
    let isLong = last - first >= Self.mostLinesOfALabel
    let numbers = isLong ? [first, first + 1, last] : Array(first...last)
    return numbers.compactMap { number in
      let line = text.lineRange(number)
      let start = max(line.lowerBound, Int(label.span.start))
      let end = min(line.upperBound, Int(label.span.end))
      // The indentation of the lines between is not a part of what is meant.
      guard let shown = text.bytes[start..<max(start, end)].firstIndex(where: { $0 != UInt8(ascii: " ") }) else {
        return nil
      }
      var piece = label
      piece.span.start = Int32(shown)
      piece.span.end = Int32(end)
      if number != last { piece.text = "" }
      return piece
    }
  }
}

extension Array {
  /// Neighbours that share a value, together.
  fileprivate func consecutive<Value: Equatable>(by value: (Element) -> Value) -> [[Element]] {
    var groups: [[Element]] = []
    for element in self {
      if let last = groups.last?.last, value(last) == value(element) {
        groups[groups.count - 1].append(element)
      } else {
        groups.append([element])
      }
    }
    return groups
  }
}

// MARK: - Colour

extension TerminalRenderer {
  private enum Style: String {
    case error = "1;31"
    case warning = "1;33"
    case strong = "1"
    case frame = "34"
  }

  private func paint(_ text: String, _ style: Style) -> String {
    colour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  fileprivate var withoutTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
