package import Finance

extension Version {
  /// Of values that did not come from a ledger: a test's, a rule's worked example.
  package init(stating id: VersionID, drop: DropID, unit: Unit, cells: [Cell]) {
    self.init(id: id, drop: drop, unit: unit, cells: cells)
  }
}
