/// An item with the comments that belong to it: above it, at the end of its line, and behind it at the end of its block.
/// Empty texts are empty lines; one that the layout has anyway is left out.
struct PlacedItem {
  var item: FileItem
  var above: [String] = []
  var ending: String?
  var closing: [String] = []
}

/// Says which comments of a file belong to which of its items.
enum Placement {
  static func place(_ items: [FileItem], _ gaps: [Gap]) -> (items: [PlacedItem], atEnd: [String]) {
    var placed: [PlacedItem] = []
    for item in items {
      let (closing, above) = split(gaps[item.tokens.lowerBound], before: item, behind: placed.last?.item)
      if !placed.isEmpty { placed[placed.count - 1].closing = closing }
      placed.append(PlacedItem(item: item, above: above, ending: gaps[item.tokens.upperBound].ending))
    }
    guard let last = gaps.last else { return (placed, []) }
    var (closing, above) = split(last, before: nil, behind: placed.last?.item)
    if !placed.isEmpty { placed[placed.count - 1].closing = closing }
    while above.last?.isEmpty == true { above.removeLast() }
    return (placed, above)
  }

  /// Whether an empty line stands before an item whatever was written.
  static func isSetApart(_ item: FileItem?, behind last: FileItem?) -> Bool {
    guard let last, item?.isLineOfBlock != true else { return false }
    return last.isInBlock || item?.kind == .heading
  }

  /// What of a gap ends the block before it, and what belongs to what comes behind it.
  private static func split(
    _ gap: Gap, before item: FileItem?, behind last: FileItem?
  ) -> (closing: [String], above: [String]) {
    var lines = gap.lines[...]
    var closing: [String] = []
    if let last, last.isInBlock, item?.isLineOfBlock != true {
      // What is indented belongs to the block that ends here.
      let margin = lines.firstIndex { if case .comment(_, 0) = $0 { true } else { false } } ?? lines.endIndex
      if let end = lines[..<margin].lastIndex(where: { !$0.isBlank }) {
        closing = lines[...end].map(\.text)
        lines = lines[(end + 1)...]
      }
    }
    let isImplied = last == nil || last?.kind == .heading || isSetApart(item, behind: last)
    if isImplied { lines = lines.drop(while: \.isBlank) }
    return (closing, lines.map(\.text))
  }
}

extension Gap.Line {
  fileprivate var text: String {
    switch self {
    case .blank: ""
    case .comment(let text, _): text
    }
  }
}
