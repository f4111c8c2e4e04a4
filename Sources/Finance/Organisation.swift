/// One dated row of the register: a body that sends returns, or that others are parts of.
package struct Organisation: Hashable, Sendable {
  package var code: String
  package var name: String
  /// `kind`, `region`, `economy` and whatever other columns the register has. A blank one is `""` and known.
  package var attributes: [String: String]
  /// The code of the organisation that this one is a part of.
  package var parent: String?
  /// First and last day on the register; nil is open.
  package var from: Day?
  package var to: Day?
  package var successors: [String]

  package init(
    code: String, name: String, attributes: [String: String] = [:], parent: String? = nil,
    from: Day? = nil, to: Day? = nil, successors: [String] = []
  ) {
    self.code = code
    self.name = name
    self.attributes = attributes
    self.parent = parent
    self.from = from
    self.to = to
    self.successors = successors
  }
}
