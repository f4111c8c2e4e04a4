/// Texts after the certain repairs of what was found in them.
package struct Mending {
  /// As many as were given, in the same places.
  package private(set) var texts: [SourceText]
  /// In the order of their places.
  package private(set) var mended: [Diagnostic] = []
  /// Certain repairs that would have written over another one; looking again after writing finds them again.
  package private(set) var conflicting: [Diagnostic] = []

  package init(_ diagnostics: [Diagnostic], in texts: [SourceText]) {
    self.texts = texts
    var accepted = texts.map { _ in AcceptedEdits() }
    for diagnostic in diagnostics.sortedByPlace() {
      guard let edits = diagnostic.certainEdits else { continue }
      if edits.allSatisfy({ accepted[Int($0.span.text)].admits($0) }) {
        for edit in edits { accepted[Int(edit.span.text)].accept(edit) }
        mended.append(diagnostic)
      } else {
        conflicting.append(diagnostic)
      }
    }
    for index in texts.indices where !accepted[index].edits.isEmpty {
      self.texts[index] = texts[index].edited(by: accepted[index].edits)
    }
  }

  /// Which texts are other than before.
  package func changed(from before: [SourceText]) -> [Int] {
    texts.indices.filter { texts[$0].bytes != before[$0].bytes }
  }
}

/// Edits of one text that do not touch each other, in the order of their places.
private struct AcceptedEdits {
  private(set) var edits: [Edit] = []

  /// The position of the first edit that does not end before this one starts.
  private func position(of edit: Edit) -> Int {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].span.end < edit.span.start { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Neither over another edit nor directly at its edge, where two insertions would have no order; the same edit twice
  /// is one.
  func admits(_ edit: Edit) -> Bool {
    for other in edits[position(of: edit)...] {
      if other == edit { return true }
      if other.span.start > edit.span.end { return true }
      let isBeside = other.span.end <= edit.span.start || edit.span.end <= other.span.start
      let bothReplace = !other.span.isEmpty && !edit.span.isEmpty
      if !(isBeside && bothReplace) { return false }
    }
    return true
  }

  mutating func accept(_ edit: Edit) {
    var place = position(of: edit)
    while place < edits.count, edits[place].span.start < edit.span.start { place += 1 }
    if place < edits.count, edits[place] == edit { return }
    edits.insert(edit, at: place)
  }
}

extension Span {
  package var isEmpty: Bool { start == end }
}

extension SourceText {
  /// Edits in the order of their places, none over another.
  package func edited(by edits: [Edit]) -> SourceText {
    var result: [UInt8] = []
    var copied = 0
    for edit in edits {
      result += bytes[copied..<Int(edit.span.start)]
      result += Array(edit.replacement.utf8)
      copied = Int(edit.span.end)
    }
    result += bytes[copied...]
    return SourceText(name: name, bytes: result)
  }
}
