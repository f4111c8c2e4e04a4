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
  /// For frames with dimensions: which organisations have figures with which values.
  private var seen: Set<Sighting> = []
  /// Frames grow by the figures that come.
  let haveDimensions: Bool

  private struct Sighting: Hashable {
    var organisation: Int32
    var series: UInt32
  }
  private var membersOfSeries: [UInt32: [Series.Member]] = [:]

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

  /// The number of an organisation, on the register or not.
  mutating func organisation(_ code: String) -> Int32 {
    let subject = Subject([code])
    if let known = axes[organisations][subject] { return Int32(known) }
    return axes[organisations].insert(subject, organisation: Int32(axes[organisations].count))
  }

  mutating func take(_ newRegister: Register) {
    register = newRegister
    for code in newRegister.codes { _ = organisation(code) }
    for number in axes.indices where !axes[number].frame.hasDimension {
      for row in newRegister.rows { insert(row, [], in: number) }
    }
    for sighting in seen { admit(sighting) }
  }

  /// A figure of this series has come for the organisation.
  mutating func see(_ number: UInt32, _ series: Series, of organisation: Int32) {
    guard haveDimensions else { return }
    let sighting = Sighting(organisation: organisation, series: number)
    guard seen.insert(sighting).inserted else { return }
    membersOfSeries[number] = series.members
    admit(sighting)
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

  /// Nil where a dimension is not among the figure's, or an attribute is blank: nobody belongs to a group without a name.
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
