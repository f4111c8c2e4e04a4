import RuleLanguage

/// A history as inline SVG: the bands as dashed lines, the value as a line broken where it is not known. It is drawn with
/// the page's own colours, and says in words what it shows.
struct Chart {
  private let history: History
  private let id: String
  private let low: Double
  private let high: Double

  private static let size = (width: 640.0, height: 170.0)
  private static let inset = (left: 12.0, right: 130.0, top: 16.0, bottom: 28.0)

  init(_ history: History, id: String) {
    self.history = history
    self.id = id
    let values = history.points.compactMap(\.value) + history.bounds.map(\.value) + [0]
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let margin = (high - low) * 0.08
    self.low = low - (low < 0 ? margin : 0)
    self.high = high > low ? high + margin : low + 1
  }

  private func x(_ index: Int) -> String {
    let width = Self.size.width - Self.inset.left - Self.inset.right
    return number(Self.inset.left + width * (Double(index) + 0.5) / Double(history.points.count))
  }

  private func y(_ value: Double) -> String {
    let height = Self.size.height - Self.inset.top - Self.inset.bottom
    return number(Self.inset.top + height * (high - value) / (high - low))
  }

  private func number(_ value: Double) -> String { String((value * 10).rounded() / 10) }

  var svg: String {
    let right = number(Self.size.width - Self.inset.right)
    var parts = [
      "<svg viewBox=\"0 0 \(Int(Self.size.width)) \(Int(Self.size.height))\" role=\"img\" "
        + "aria-labelledby=\"\(id)-t \(id)-d\">",
      "<title id=\"\(id)-t\">\(escaped(history.subject))</title>",
      "<desc id=\"\(id)-d\">\(escaped(description))</desc>",
      "<line class=\"axis\" x1=\"\(number(Self.inset.left))\" x2=\"\(right)\" y1=\"\(y(0))\" y2=\"\(y(0))\"/>",
    ]
    for bound in history.bounds {
      parts.append(
        "<line class=\"bound \(bound.severity.word)\" x1=\"\(number(Self.inset.left))\" x2=\"\(right)\" "
          + "y1=\"\(y(bound.value))\" y2=\"\(y(bound.value))\"/>"
          + "<text class=\"\(bound.severity.word)\" x=\"\(number(Self.size.width - Self.inset.right + 8))\" "
          + "y=\"\(y(bound.value))\" dy=\"4\">\(escaped(bound.severity.word + " " + bound.shown))</text>")
    }
    parts += lines + dots + labels
    return (parts + ["</svg>"]).joined(separator: "\n")
  }

  private var lines: [String] {
    var lines: [String] = []
    for run in history.points.indices.split(whereSeparator: { history.points[$0].value == nil }) where run.count > 1 {
      let points = run.map { "\(x($0)),\(y(history.points[$0].value ?? 0))" }.joined(separator: " ")
      lines.append("<polyline class=\"value\" points=\"\(points)\"/>")
    }
    return lines
  }

  private var dots: [String] {
    history.points.enumerated().compactMap { index, point in
      point.value.map { value in
        "<circle class=\"dot \(point.severity?.word ?? "")\" cx=\"\(x(index))\" cy=\"\(y(value))\" r=\"4\">"
          + "<title>\(escaped("\(point.period): \(point.shown)"))</title></circle>"
      }
    }
  }

  private var labels: [String] {
    let last = history.points.count - 1
    return Set([0, last / 2, last]).sorted().map { index in
      "<text class=\"period\" x=\"\(x(index))\" y=\"\(number(Self.size.height - 8))\" text-anchor=\"middle\">"
        + escaped(history.points[index].period) + "</text>"
    }
  }

  private var description: String {
    history.points.map { "\($0.period): \($0.shown)" }.joined(separator: "; ")
      + history.bounds.map { ". \($0.severity.word) \($0.shown)" }.joined()
  }

  private func escaped(_ text: String) -> String { HTML.escaped(text) }
}
