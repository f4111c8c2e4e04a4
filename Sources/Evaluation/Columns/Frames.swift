import Finance
import RuleLanguage

/// Who the subjects are, frame by frame: organisations of the register, the groups that its attributes make, and the
/// dimension values that have come with the figures.
struct Frames {
  private(set) var axes: [SubjectAxis]
  private let numbers: [Frame: Int]
  private var register: Register
  /// Organisations by their number: the axis of all other frames that have one.
  let organisations: Int
  /// Frames with dimensions hang on the figures that are held.
  private let haveDimensions: Bool
  /// How many held cells an organisation has of a series.
  private var sightings: [Sighting: Int] = [:]
  private var membersOfSeries: [UInt32: [Series.Member]] = [:]
  /// Of these no cell is left.
  private var vanished: Set<Sighting> = []

  private struct Sighting: Hashable {
    var organisation: Int32
    var series: UInt32
  }

  init(_ frames: [Frame], register: Register) {
    let all = [Frame.organisation] + frames.filter { $0 != .organisation }
    axes = all.map(SubjectAxis.init)
    numbers = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($0.element, $0.offset) })
    organisations = 0
    haveDimensions = all.contains { $0.hasDimension }
    self.register = register
    take(register)
  }

  func number(of frame: Frame) -> Int {
    guard let number = numbers[frame] else { preconditionFailure("a frame that no node has") }
    return number
  }
  subscript(frame: Int) -> SubjectAxis { axes[frame] }
  var sizes: [Int] { axes.map(\.count) }
  var organisationCount: Int { axes[organisations].count }

  /// The number of an organisation, on the register or not. It never changes.
  mutating func organisation(_ code: String) -> Int32 {
    let subject = Subject([code])
    if let known = axes[organisations][subject] { return Int32(known) }
    return axes[organisations].insert(subject, organisation: Int32(axes[organisations].count))
  }

  /// Nil for one that was never heard of.
  func organisationNumber(_ code: String) -> Int? { axes[organisations][Subject([code])] }

  mutating func take(_ newRegister: Register) {
    register = newRegister
    for code in newRegister.codes { _ = organisation(code) }
    makeAnew()
  }

  /// A figure of this series has come for the organisation.
  mutating func see(_ number: UInt32, _ series: Series, of organisation: Int32) {
    guard haveDimensions else { return }
    let sighting = Sighting(organisation: organisation, series: number)
    sightings[sighting, default: 0] += 1
    guard sightings[sighting] == 1, vanished.remove(sighting) == nil else { return }
    membersOfSeries[number] = series.members
    admit(sighting)
  }

  /// A figure of this series is no longer held.
  mutating func lose(_ number: UInt32, of organisation: Int32) {
    guard haveDimensions else { return }
    let sighting = Sighting(organisation: organisation, series: number)
    sightings[sighting, default: 0] -= 1
    if sightings[sighting] == 0 {
      sightings[sighting] = nil
      vanished.insert(sighting)
    }
  }

  /// Takes subjects away of which no figure is left; says whether there were any.
  mutating func forgetVanished() -> Bool {
    guard !vanished.isEmpty else { return false }
    vanished.removeAll()
    makeAnew()
    return true
  }

  /// Every frame but the organisations' from the register and what is held.
  private mutating func makeAnew() {
    for number in axes.indices where number != organisations {
      axes[number] = SubjectAxis(axes[number].frame)
      guard !axes[number].frame.hasDimension else { continue }
      for row in register.rows { insert(row, [], in: number) }
    }
    let held = sightings.keys.sorted { ($0.organisation, $0.series) < ($1.organisation, $1.series) }
    for sighting in held { admit(sighting) }
  }

  private mutating func admit(_ sighting: Sighting) {
    let code = axes[organisations].subjects[Int(sighting.organisation)].keys[0]
    for number in axes.indices where axes[number].frame.hasDimension {
      for row in register.history(of: code) { insert(row, membersOfSeries[sighting.series] ?? [], in: number) }
    }
  }

  private mutating func insert(_ row: Organisation, _ members: [Series.Member], in number: Int) {
    let frame = axes[number].frame
    guard !frame.keys.isEmpty, let subject = frame.subject(of: row, members) else { return }
    let organisation = axes[organisations][Subject([row.code])].map(Int32.init) ?? -1
    axes[number].insert(subject, organisation: organisation)
  }
}

extension Frame {
  var hasDimension: Bool {
    keys.contains { if case .dimension = $0 { true } else { false } }
  }

  /// Nil where a dimension is not among the figure's, or an attribute is blank: nobody belongs to a group without a
  /// name.
  func subject(of row: Organisation, _ members: [Series.Member]) -> Subject? {
    var values: [String] = []
    for key in keys {
      switch key {
      case .organisation: values.append(row.code)
      case .attribute(let name):
        let value = row.attribute(name)
        if value.isEmpty { return nil }
        values.append(value)
      case .dimension(let name):
        guard let member = members.first(where: { $0.dimension == name }) else { return nil }
        values.append(member.value)
      }
    }
    return Subject(values)
  }
}
