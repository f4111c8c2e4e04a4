import RuleLanguage

/// The subjects of one frame, numbered in the order in which they were first seen.
struct SubjectAxis {
  let frame: Frame
  private(set) var subjects: [Subject] = []
  private var numbers: [Subject: Int32] = [:]
  /// Where the frame has an organisation: its number on the register, for each subject.
  private(set) var organisations: [Int32] = []
  /// The other way: the subjects of each organisation.
  private var subjectsOfOrganisation: [[Int32]] = []

  init(_ frame: Frame) {
    self.frame = frame
    organisationKey = frame.keys.firstIndex(of: .organisation)
    if frame.keys.isEmpty { insert(Subject([])) }
  }

  private let organisationKey: Int?
  var hasOrganisation: Bool { organisationKey != nil }
  var count: Int { subjects.count }
  subscript(_ subject: Subject) -> Int? { numbers[subject].map(Int.init) }

  /// The subject's values of the frame's dimensions, in their order.
  func dimensionValues(_ subject: Int) -> [String] {
    zip(frame.keys, subjects[subject].keys).compactMap { key, value in
      if case .dimension = key { value } else { nil }
    }
  }

  func subjects(ofOrganisation number: Int) -> [Int32] {
    number < subjectsOfOrganisation.count ? subjectsOfOrganisation[number] : []
  }

  /// - organisation: the number of the organisation among its keys, where it has one.
  @discardableResult
  mutating func insert(_ subject: Subject, organisation: Int32 = -1) -> Int32 {
    if let known = numbers[subject] { return known }
    let number = Int32(subjects.count)
    subjects.append(subject)
    numbers[subject] = number
    if organisationKey != nil {
      organisations.append(organisation)
      while subjectsOfOrganisation.count <= Int(organisation) { subjectsOfOrganisation.append([]) }
      subjectsOfOrganisation[Int(organisation)].append(number)
    }
    return number
  }
}
