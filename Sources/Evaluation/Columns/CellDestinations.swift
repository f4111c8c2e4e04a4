import Finance
import RuleLanguage

/// Which columns and rows a series' cells are added to, found once for each series.
struct CellDestinations {
  struct Destination {
    var column: Int
    var frame: Int
    /// The frame is the organisations': the row is the organisation's number.
    var isOrganisations: Bool
    /// The values of the frame's dimensions; empty where the frame is the organisation alone.
    var dimensionValues: [String]
  }

  private let keys: [FigureKey]
  private let measureNumbers: [String: Int]
  /// By series number.
  private var destinations: [[Destination]] = []
  private var measures: [Int] = []

  init(_ keys: [FigureKey], measures: [Measure]) {
    self.keys = keys
    measureNumbers = Dictionary(uniqueKeysWithValues: measures.enumerated().map { ($0.element.name, $0.offset) })
  }

  subscript(series: UInt32) -> [Destination] { destinations[Int(series)] }
  func measure(of series: UInt32) -> Int { measures[Int(series)] }

  /// Takes in the series that have come since.
  mutating func learn(_ series: [Series], _ frames: Frames) {
    for one in series[destinations.count...] {
      guard let measure = measureNumbers[one.measure] else { preconditionFailure("a series of no measure is not held") }
      measures.append(measure)
      destinations.append(keys.indices.compactMap { destination(of: one, measure, column: $0, frames) })
    }
  }

  private func destination(of series: Series, _ measure: Int, column: Int, _ frames: Frames) -> Destination? {
    let key = keys[column]
    guard key.measure == measure, key.slice.lets(series) else { return nil }
    var values: [String] = []
    for case .dimension(let name) in key.frame.keys {
      guard let member = series.members.first(where: { $0.dimension == name }) else { return nil }
      values.append(member.value)
    }
    let frame = frames.number(of: key.frame)
    return Destination(
      column: column, frame: frame, isOrganisations: frame == frames.organisations, dimensionValues: values)
  }
}

/// The rows of one organisation that each series goes to, remembered while its figures are settled.
struct OrganisationRows {
  let organisation: Int
  private let axes: [SubjectAxis]
  private var known: [Key: [Int32]] = [:]

  private struct Key: Hashable {
    var series: UInt32
    var frame: Int
  }

  init(_ organisation: Int, _ frames: Frames) {
    self.organisation = organisation
    axes = frames.axes
  }

  func all(of frame: Frame) -> [Int32] {
    axes.first { $0.frame == frame }?.subjects(ofOrganisation: organisation) ?? []
  }

  mutating func rows(_ destination: CellDestinations.Destination, of series: UInt32) -> [Int32] {
    let key = Key(series: series, frame: destination.frame)
    if let rows = known[key] { return rows }
    let axis = axes[destination.frame]
    let rows = axis.subjects(ofOrganisation: organisation).filter { row in
      axis.dimensionValues(Int(row)) == destination.dimensionValues
    }
    known[key] = rows
    return rows
  }
}
