import RuleLanguage

/// A history as inline SVG: how the others fared as thin lines or as a band, the thresholds as dashed lines, and the value
/// as a line broken where it is not known. It is drawn with the page's own colours, and says in words what it shows.
struct Chart {
  /// For a wide page or a phone, which shows one of the two: a picture of one width has letters of no use on the other.
  enum Shape: String, CaseIterable { case wide, narrow }

  private let history: History
  private let shape: Shape
  private let low: Double
  private let high: Double

  private var size: (width: Double, height: Double) { shape == .wide ? (760, 230) : (360, 240) }
  private var inset: (left: Double, right: Double, top: Double, bottom: Double) {
    shape == .wide ? (68, 168, 14, 30) : (58, 12, 14, 28)
  }
  /// Of a line of letters.
  private static let lineHeight = 15.0

  init(_ history: History, _ shape: Shape) {
    self.history = history
    self.shape = shape
    let bounds = history.bounds.flatMap(\.values).compactMap { $0 }
    let values = history.points.compactMap(\.value) + bounds + history.others.extent + [0]
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let margin = (high - low) * 0.06
    self.low = low - (low < 0 ? margin : 0)
    self.high = high > low ? high + margin : low + 1
  }

  var svg: String {
    let (width, height) = (Int(size.width), Int(size.height))
    return
      ([
        "<svg class=\"\(shape.rawValue)\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
          + "aria-label=\"\(HTML.escaped(history.description))\">"
      ] + grid + spread + bounds + lines + dots + labels + periods + ["</svg>"]).joined(separator: "\n")
  }

  // MARK: Places

  private func x(_ index: Int) -> Double {
    let width = size.width - inset.left - inset.right
    return inset.left + width * (Double(index) + 0.5) / Double(history.points.count)
  }

  private func y(_ value: Double) -> Double {
    inset.top + (size.height - inset.top - inset.bottom) * (high - value) / (high - low)
  }

  /// Where the drawing ends on the right.
  private var edge: Double { size.width - inset.right }

  private func shown(_ number: Double) -> String { String((number * 10).rounded() / 10) }

  private func point(_ index: Int, _ value: Double) -> String { "\(shown(x(index))),\(shown(y(value)))" }

  /// The stretches of a series in which every value is known.
  private func runs(_ values: [Double?]) -> [[(index: Int, value: Double)]] {
    values.indices.split { values[$0] == nil }.map { run in run.map { ($0, values[$0] ?? 0) } }
  }

  private func polylines(_ values: [Double?], _ style: String) -> [String] {
    runs(values).filter { $0.count > 1 }.map { run in
      let points = run.map { point($0.index, $0.value) }.joined(separator: " ")
      return "<polyline class=\"\(style)\" points=\"\(points)\"/>"
    }
  }

  private func text(_ style: String, _ x: Double, _ y: Double, _ anchor: String, _ words: String) -> String {
    "<text class=\"\(style)\" x=\"\(shown(x))\" y=\"\(shown(y))\" dy=\"4\" text-anchor=\"\(anchor)\">"
      + "\(HTML.escaped(words))</text>"
  }

  // MARK: Parts

  private var grid: [String] {
    history.scale.flatMap { tick in
      let height = shown(y(tick.value))
      return [
        "<line class=\"\(tick.value == 0 ? "axis" : "grid")\" x1=\"\(shown(inset.left))\" x2=\"\(shown(edge))\" "
          + "y1=\"\(height)\" y2=\"\(height)\"/>",
        text("tick", inset.left - 8, y(tick.value), "end", tick.shown),
      ]
    }
  }

  private var spread: [String] {
    switch history.others {
    case .each(let lines): return lines.flatMap { polylines($0.values, "other") }
    case .most(_, let bands):
      let areas = runs(bands.map { $0?.low }).filter { $0.count > 1 }.map { run in
        let upper = run.map { point($0.index, bands[$0.index]?.high ?? 0) }
        let lower = run.reversed().map { point($0.index, $0.value) }
        return "<polygon class=\"band\" points=\"\((upper + lower).joined(separator: " "))\"/>"
      }
      return areas + polylines(bands.map { $0?.middle }, "middle")
    }
  }

  /// Across the whole width where it stays the same, else from period to period.
  private var bounds: [String] {
    history.bounds.flatMap { bound -> [String] in
      let style = "bound \(bound.severity.word)"
      if let value = bound.values.first ?? nil, bound.values.allSatisfy({ $0 == value }) {
        let height = shown(y(value))
        return [
          "<line class=\"\(style)\" x1=\"\(shown(inset.left))\" x2=\"\(shown(edge))\" y1=\"\(height)\" y2=\"\(height)\"/>"
        ]
      }
      return polylines(bound.values, style)
    }
  }

  private var lines: [String] { polylines(history.points.map(\.value), "value") }

  private var dots: [String] {
    history.points.enumerated().compactMap { index, point in
      point.value.map { value in
        "<circle class=\"dot \(point.severity?.word ?? "")\" cx=\"\(shown(x(index)))\" cy=\"\(shown(y(value)))\" r=\"4\">"
          + "<title>\(HTML.escaped("\(point.period): \(point.shown)"))</title></circle>"
      }
    }
  }

  /// Of the thresholds and of the last value, pushed apart where they would stand on each other.
  private var labels: [String] {
    // On a phone they stand below the picture.
    guard shape == .wide else { return [] }
    var labels = history.bounds.compactMap { bound in
      (bound.values.last ?? nil).map { (style: bound.severity.word, y: y($0), words: bound.label) }
    }
    if let last = history.points.last, let value = last.value {
      labels.append((style: "now", y: y(value), words: last.shown))
    }
    labels.sort { $0.y < $1.y }
    for index in labels.indices.dropFirst() {
      labels[index].y = max(labels[index].y, labels[index - 1].y + Self.lineHeight)
    }
    // What was pushed below the drawing goes up again, and what is above it makes room.
    var floor = size.height - inset.bottom
    for index in labels.indices.reversed() {
      labels[index].y = min(labels[index].y, floor)
      floor = labels[index].y - Self.lineHeight
    }
    return labels.map { text($0.style, edge + 10, $0.y, "start", $0.words) }
  }

  private var periods: [String] {
    let last = history.points.count - 1
    let height = size.height - 10
    return Set([0, last / 2, last]).sorted().map { index in
      // On a phone the last one would not fit behind its point.
      let anchor = shape == .narrow && index == last && last > 0 ? "end" : "middle"
      return text("period", anchor == "end" ? edge : x(index), height, anchor, history.points[index].period)
    }
  }
}

extension History.Bound {
  /// `amber above 1%`
  var label: String { "\(severity.word) \(shown)" }
}

extension History {
  /// Everything that it shows, for who does not see it.
  var description: String {
    let values = points.map { "\($0.period): \($0.shown)" }.joined(separator: "; ")
    let limits = bounds.isEmpty ? "" : ". Thresholds: " + bounds.map(\.label).joined(separator: ", ")
    return "Chart of \(subject). \(values)\(limits). \(whatItShows)"
  }

  /// Which of how many this is.
  var whoItIs: String {
    let all = others.count + 1
    return switch choice {
    case .only: "The only one for whom this is known"
    case .asked: "One of \(all)"
    case .worst(let severity): "The worst off of \(all) (\(severity.word))"
    case .nearest: "Of \(all) the nearest to a threshold"
    }
  }

  /// Whose line it is and what the others' are, under the chart.
  var whatItShows: String {
    switch others {
    case .each(let lines) where lines.isEmpty: whoItIs + "."
    case .each: whoItIs + ". The thin lines are the others."
    case .most: whoItIs + ". The band holds eight in ten of the others, the thin line their median."
    }
  }
}
