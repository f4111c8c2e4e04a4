import Finance
import RuleLanguage

/// Which columns and rows a series' cells are added to, found once for each series.
struct CellDestinations {
  struct Destination: BitwiseCopyable {
    var column: Int
    /// From when the column's figures are seen, as the columns number that.
    var vantage: Int
    var frame: Int
    /// The frame is the organisations': the row is the organisation's number.
    var isOrganisations: Bool
    /// A number of `dimensionValues`.
    var values: Int
  }

  private let keys: [FigureKey]
  private let vantages: [Vantage?]
  private let measureNumbers: [String: Int]
  private let standing: [Bool]
  private var destinations: [Destination] = []
  /// By series number.
  private var places: [Place] = []
  /// Both again, to be read without counting references: every cell that is settled goes through its series'.
  private var tables = (destinations: Buffer<Destination>([]), places: Buffer<Place>([]))
  /// The values of a frame's dimensions; empty where the frame is the organisation alone.
  private(set) var dimensionValues: [[String]] = []

  /// A series, and which of the destinations are its own.
  struct Place: BitwiseCopyable {
    var measure: Int
    /// What is stated stands beyond its own period.
    var stands: Bool
    var first: Int
    var end: Int
  }

  /// - vantages: those of the keys, by their numbers.
  init(_ keys: [FigureKey], readings: [MeasureReading], vantages: [Vantage?]) {
    self.keys = keys
    self.vantages = vantages
    standing = readings.map { $0.standing != .itsPeriod }
    measureNumbers = Dictionary(uniqueKeysWithValues: readings.enumerated().map { ($1.measure.name, $0) })
  }

  /// What the inner loops see. It must not outlive them, or go on after more series have come.
  struct Lanes: BitwiseCopyable {
    fileprivate let destinations: Lane<Destination>
    fileprivate let places: Lane<Place>

    @inline(__always) func measure(of series: UInt32) -> Int { places[Int(series)].measure }
    @inline(__always) func stands(_ series: UInt32) -> Bool { places[Int(series)].stands }

    @inline(__always) func forEach(of series: UInt32, seen vantage: Int, _ body: (Destination) -> Void) {
      let place = places[Int(series)]
      for index in place.first..<place.end where destinations[index].vantage == vantage { body(destinations[index]) }
    }
  }

  var lanes: Lanes { Lanes(destinations: tables.destinations.lane, places: tables.places.lane) }

  /// Takes in the series that have come since.
  mutating func learn(_ series: [Series], _ frames: Frames) {
    guard places.count < series.count else { return }
    for one in series[places.count...] {
      guard let measure = measureNumbers[one.measure] else { preconditionFailure("a series of no measure is not held") }
      let first = destinations.count
      for column in keys.indices { addDestination(of: one, measure, column: column, frames) }
      places.append(Place(measure: measure, stands: standing[measure], first: first, end: destinations.count))
    }
    tables = (Buffer(destinations), Buffer(places))
  }

  private mutating func addDestination(of series: Series, _ measure: Int, column: Int, _ frames: Frames) {
    let key = keys[column]
    guard key.measure == measure, key.slice.lets(series), let vantage = vantages.firstIndex(of: key.vantage) else {
      return
    }
    var values: [String] = []
    for case .dimension(let name) in key.frame.keys {
      guard let member = series.members.first(where: { $0.dimension == name }) else { return }
      values.append(member.value)
    }
    let frame = frames.number(of: key.frame)
    destinations.append(
      Destination(
        column: column, vantage: vantage, frame: frame, isOrganisations: frame == frames.organisations,
        values: dimensionValues.count))
    dimensionValues.append(values)
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

  mutating func rows(
    _ destination: CellDestinations.Destination, of series: UInt32, _ dimensionValues: [String]
  ) -> [Int32] {
    let key = Key(series: series, frame: destination.frame)
    if let rows = known[key] { return rows }
    let axis = axes[destination.frame]
    let rows = axis.subjects(ofOrganisation: organisation).filter { row in
      axis.dimensionValues(Int(row)) == dimensionValues
    }
    known[key] = rows
    return rows
  }
}
