import Finance
import RuleLanguage

/// What decides which members belong to which outer subject, apart from a population's `where`.
struct GroupingKey: Hashable {
  var members: Frame
  var outer: Frame
  var relation: Population.Relation
  var anywhere: Bool
  var sameAttribute: String?

  init(_ population: Population, outer: Frame) {
    members = population.members
    self.outer = outer
    relation = population.relation
    anywhere = population.anywhere
    sameAttribute = population.sameAttribute
  }

  /// What a member and its outer subject must have in common.
  enum Tie: Hashable {
    case attribute(String)
    case dimension(String)
    case sameOrganisation
    case parent
  }

  var ties: [Tie] {
    var ties: [Tie] = []
    switch relation {
    case .children: ties.append(.parent)
    case .peers: ties.append(.attribute("kind"))
    case .all, .predecessors, .successors: break
    }
    if let sameAttribute { ties.append(.attribute(sameAttribute)) }
    for key in outer.keys {
      switch key {
      case .dimension(let name):
        if members.keys.contains(key) { ties.append(.dimension(name)) }
      case .attribute(let name):
        if !anywhere { ties.append(.attribute(name)) }
      case .organisation:
        // A population of dimension values is one organisation's; a population of organisations is the whole register.
        let variesByDimension = members.keys.contains { key in
          if case .dimension = key { !outer.keys.contains(key) } else { false }
        }
        if relation == .all && variesByDimension && !anywhere && members.keys.contains(.organisation) {
          ties.append(.sameOrganisation)
        }
      }
    }
    return ties
  }

  /// Peers are without the subject itself.
  var excludesItself: Bool { relation == .peers }
  /// The members are the same for every outer subject.
  var isSameForAll: Bool { ties.isEmpty && !excludesItself && !isOfSuccessors }
  /// The register says of each subject who they are.
  var isOfSuccessors: Bool { relation == .predecessors || relation == .successors }
}

/// Who belongs to whom, by period: members and outer subjects carry a code in each slot, and belong together where the
/// codes are equal.
struct Grouping {
  static let nobody: Int32 = -1

  let key: GroupingKey
  let width: Int
  /// A code for each member and slot; `nobody` where the member was not on the register.
  let memberCodes: [Int32]
  let outerCodes: [Int32]
  /// Members that carry a code in any slot.
  private let membersOfCode: [Int32: [Int32]]
  private let outersOfCode: [Int32: [Int32]]
  /// Where the register says of each subject who belongs to it.
  private let related: RelatedRows?
  let memberOrganisations: [Int32]
  let outerOrganisations: [Int32]

  init(_ key: GroupingKey, frames: Frames, presence: SubjectPresence, reading: KeyReading) {
    self.key = key
    width = reading.axis.width
    let members = frames[frames.number(of: key.members)]
    let outers = frames[frames.number(of: key.outer)]
    var codes: [[Int64]: Int32] = [:]
    let ties = key.ties
    func code(_ values: [Int64]) -> Int32 {
      if let known = codes[values] { return known }
      codes[values] = Int32(codes.count)
      return Int32(codes.count - 1)
    }
    memberCodes = (0..<members.count).flatMap { member in
      reading.axis.slots.map { slot in
        // Who has gone, or is still to come, is a predecessor or successor all the same.
        let isThere = key.isOfSuccessors || presence.isPresent(member, slot, in: frames.number(of: key.members))
        guard isThere else { return Grouping.nobody }
        return code(ties.map { reading.value($0, of: member, in: members, slot, isMember: true) })
      }
    }
    outerCodes = (0..<outers.count).flatMap { outer in
      reading.axis.slots.map { slot in
        code(ties.map { reading.value($0, of: outer, in: outers, slot, isMember: false) })
      }
    }
    membersOfCode = Grouping.rows(of: memberCodes, width: width)
    outersOfCode = Grouping.rows(of: outerCodes, width: width)
    related = key.isOfSuccessors ? RelatedRows(key.relation, members, outers, frames, reading.register) : nil
    memberOrganisations = members.organisations
    outerOrganisations = outers.organisations
  }

  private static func rows(of codes: [Int32], width: Int) -> [Int32: [Int32]] {
    var rows: [Int32: [Int32]] = [:]
    for (index, code) in codes.enumerated() where code != nobody {
      let row = Int32(index / width)
      if rows[code]?.last != row { rows[code, default: []].append(row) }
    }
    return rows
  }

  /// Members that may belong to the outer subject in some of the slots; `belongs` decides for each.
  func candidates(_ outer: Int, _ slots: Range<Int>) -> [Int32] {
    if let related { return related.members[outer] }
    return rows(membersOfCode, outerCodes, outer, slots)
  }

  /// Outer subjects to which the member may belong in some of the slots.
  func outers(_ member: Int, _ slots: Range<Int>) -> [Int32] {
    if let related { return related.outers[member] }
    return rows(outersOfCode, memberCodes, member, slots)
  }

  private func rows(_ rows: [Int32: [Int32]], _ codes: [Int32], _ subject: Int, _ slots: Range<Int>) -> [Int32] {
    var found: [Int32] = []
    var before = Grouping.nobody
    var several = false
    for slot in slots {
      let code = codes[subject * width + slot]
      if code == before || code == Grouping.nobody { continue }
      several = several || before != Grouping.nobody
      found.append(contentsOf: rows[code] ?? [])
      before = code
    }
    return several ? Set(found).sorted() : found
  }

  @inline(__always) func belongs(_ member: Int, to outer: Int, _ slot: Int) -> Bool {
    memberCodes[member * width + slot] == outerCodes[outer * width + slot]
      && !(key.excludesItself && memberOrganisations[member] == outerOrganisations[outer])
  }
}

/// Who is there in a slot: an organisation while it is on the register, a group while it has somebody.
struct SubjectPresence {
  /// By frame, subject and slot.
  private let present: [[Bool]]
  private let width: Int

  init(frames: Frames, register: RegisterColumns, axis: PeriodAxis) {
    width = axis.width
    let organisations = frames[frames.organisations].count
    present = frames.axes.map { subjects in
      if subjects.hasOrganisation {
        return subjects.organisations.flatMap { organisation in
          axis.slots.map { register.isPresent(Int(organisation), $0) }
        }
      }
      let attributes = subjects.frame.keys.enumerated().compactMap { position, key in
        if case .attribute(let name) = key { (position, name) } else { nil }
      }
      if attributes.isEmpty { return Array(repeating: true, count: subjects.count * axis.width) }
      var there = Array(repeating: false, count: subjects.count * axis.width)
      for slot in axis.slots {
        var groups: Set<[String]> = []
        for organisation in 0..<organisations where register.isPresent(organisation, slot) {
          groups.insert(attributes.map { register.text($0.1, organisation, slot) })
        }
        for (number, subject) in subjects.subjects.enumerated() {
          there[number * axis.width + slot] = groups.contains(attributes.map { subject.keys[$0.0] })
        }
      }
      return there
    }
  }

  @inline(__always) func isPresent(_ subject: Int, _ slot: Int, in frame: Int) -> Bool {
    present[frame][subject * width + slot]
  }
}

/// Reads what ties members to outer subjects, as whole numbers that are equal where the ties are.
struct KeyReading {
  let register: RegisterColumns
  let texts: TextTable
  let axis: PeriodAxis

  func value(_ tie: GroupingKey.Tie, of subject: Int, in axis: SubjectAxis, _ slot: Int, isMember: Bool) -> Int64 {
    switch tie {
    case .dimension(let name): return key(.dimension(name), of: subject, in: axis) ?? -1
    case .attribute(let name):
      if let code = key(.attribute(name), of: subject, in: axis) { return code }
      guard axis.hasOrganisation else { return -1 }
      return texts.code(register.text(name, Int(axis.organisations[subject]), slot))
    case .sameOrganisation: return Int64(axis.organisations[subject])
    case .parent:
      guard axis.hasOrganisation else { return -1 }
      let organisation = Int(axis.organisations[subject])
      if !isMember { return texts.code(register.text("code", organisation, slot)) }
      return register.parent(organisation, slot).map(texts.code) ?? -1
    }
  }

  private func key(_ key: Frame.Key, of subject: Int, in axis: SubjectAxis) -> Int64? {
    axis.frame.keys.firstIndex(of: key).map { texts.code(axis.subjects[subject].keys[$0]) }
  }
}
