import RuleLanguage

/// Who belongs to whom where the register says so of each organisation: its predecessors, its successors.
struct RelatedRows {
  /// Of each outer subject.
  let members: [[Int32]]
  /// Of each member.
  let outers: [[Int32]]

  init(
    _ relation: Population.Relation, _ members: SubjectAxis, _ outers: SubjectAxis, _ frames: Frames,
    _ register: RegisterColumns
  ) {
    let organisations = frames[frames.organisations]
    var ofMember = [[Int32]](repeating: [], count: members.count)
    self.members = outers.organisations.enumerated().map { outer, organisation in
      let related = register.codes(relation, of: Int(organisation)).compactMap { organisations[Subject([$0])] }
      let rows = related.flatMap { members.subjects(ofOrganisation: $0) }
      for row in rows { ofMember[Int(row)].append(Int32(outer)) }
      return rows
    }
    self.outers = ofMember
  }
}
