import Finance
import Testing

private func day(_ iso: String) -> Day { Day(iso: iso)! }

private let register = Register([
  Organisation(code: "Q1", name: "South", attributes: ["kind": "SHA"]),
  Organisation(
    code: "5N1", name: "Leeds PCT", attributes: ["kind": "PCT", "region": "North"], to: day("2013-03-31"),
    successors: ["02V", "03C"]),
  Organisation(
    code: "02V", name: "Leeds North CCG", attributes: ["kind": "CCG", "region": "North"], parent: "Q1",
    from: day("2013-04-01"), to: day("2014-03-31")),
  Organisation(
    code: "02V", name: "Leeds Central CCG", attributes: ["kind": "CCG", "region": ""], from: day("2014-04-01")),
  Organisation(code: "03C", name: "Leeds West CCG", attributes: ["kind": "CCG"], parent: "Q1", from: day("2013-04-01")),
  Organisation(code: "X1", name: "Central", attributes: ["kind": "CCG"], to: day("2013-12-31")),
  Organisation(code: "X2", name: "Central", attributes: ["kind": "CCG"], from: day("2014-01-01")),
])

@Suite struct RegisterTests {
  @Test func rowsHoldOnTheirDays() {
    #expect(register.organisation("02V", on: day("2013-03-31")) == nil)
    #expect(register.organisation("02V", on: day("2013-04-01"))?.name == "Leeds North CCG")
    #expect(register.organisation("02V", on: day("2014-03-31"))?.name == "Leeds North CCG")
    #expect(register.organisation("02V", on: day("2014-04-01"))?.name == "Leeds Central CCG")
    #expect(register.organisation("02V")?.name == "Leeds Central CCG")
    #expect(register.organisation("5N1", on: day("2013-04-01")) == nil)
    #expect(register.organisations(on: day("2013-06-01")).map(\.code) == ["02V", "03C", "Q1", "X1"])
    #expect(register.lastDay(of: "5N1") == day("2013-03-31"))
  }

  @Test func childrenArePartsOnThatDay() {
    #expect(register.children(of: "Q1", on: day("2013-06-01")).map(\.code) == ["02V", "03C"])
    #expect(register.children(of: "Q1", on: day("2014-06-01")).map(\.code) == ["03C"])
    #expect(register.children(of: "nobody", on: day("2014-06-01")).isEmpty)
    #expect(register.predecessors(of: "03C") == ["5N1"])
  }

  @Test func attributesAreListed() {
    #expect(register.attributes == ["kind", "region"])
    #expect(register.values(of: "kind") == ["CCG", "PCT", "SHA"])
    #expect(register.values(of: "region") == ["North"])
    #expect(register.codes == ["02V", "03C", "5N1", "Q1", "X1", "X2"])
  }

  @Test func organisationsAreFoundByCodeOrName() {
    #expect(register.find("02V") == .found(code: "02V"))
    #expect(register.find("leeds  north CCG") == .found(code: "02V"))
    #expect(register.find("Leeds Central CCG") == .found(code: "02V"))
    #expect(register.find("Central") == .ambiguous(codes: ["X1", "X2"]))
    #expect(register.find("Central", on: day("2014-01-01")) == .found(code: "X2"))
    #expect(register.find("Leds") == .unknown)
    #expect(register.labels.contains("Leeds West CCG"))
  }

  @Test func flawsAreAllFound() {
    #expect(register.flaws.isEmpty)
    let bad = Register([
      Organisation(code: "A", name: "A", parent: "B"),
      Organisation(code: "B", name: "B", parent: "A"),
      Organisation(code: "C", name: "C", from: day("2014-01-01"), to: day("2013-01-01")),
      Organisation(code: "D", name: "D", parent: "Z", successors: ["Y"]),
      Organisation(code: "E", name: "E1", to: day("2014-01-01")),
      Organisation(code: "E", name: "E2", from: day("2014-01-01")),
    ])
    #expect(
      bad.flaws.map(\.description) == [
        "A is a part of itself, by way of its parents",
        "B is a part of itself, by way of its parents",
        "C ends before it starts",
        "D is a part of Z, which is not on the register",
        "D was succeeded by Y, which is not on the register",
        "E has two rows for the same days: “E1” (always to 2014-01-01) and “E2” (2014-01-01 to now)",
      ])
  }
}
