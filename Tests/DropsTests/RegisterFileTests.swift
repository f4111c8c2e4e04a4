import Drops
import Finance
import Testing

@Suite struct RegisterFileTests {
  @Test func organisationsAreRead() {
    let file = RegisterFile(
      Array(
        """
        code,name,kind,parent,from,to,successors,region
        Q30,"NHS North, East",SHA,,,2013-03-31,,North
        5D9,Hartlepool PCT,PCT,Q30,2006-10-01,2013-03-31,00K; 00L,North
        00K,Hartlepool CCG,CCG,,2013-04-01,,,North
        00L,Other CCG,CCG,,2013-04-01,,,

        """.utf8))
    #expect(file.problems.first.map(\.sentence) == [])
    #expect(file.organisations.map(\.code) == ["Q30", "5D9", "00K", "00L"])
    #expect(file.organisations[1].successors == ["00K", "00L"])
    #expect(file.organisations[1].parent == "Q30")
    #expect(file.organisations[1].from == Day(year: 2006, month: 10, day: 1))
    #expect(file.organisations[3].attributes == ["kind": "CCG", "region": ""])
  }

  @Test(arguments: [
    ("", ["the register is empty"]),
    ("code,name\n", ["the register names nobody"]),
    (
      "cod,name\n1,a\n",
      [
        "row 1, code: there is no heading “code” in row 1; did you mean “cod”?; expected the headings there "
          + "are: “cod” and “name”"
      ]
    ),
    (
      "code,name,name\n1,a,b\n",
      [
        "row 1, name: the heading stands in two columns",
        "row 1, name: the heading “name” stands in columns B and C; expected in the source, which is meant: { heading: name, "
          + "nth: 1 }",
      ]
    ),
    (
      "code,name,from\n1,a,01/04/2013\n,b,\n2,c,2013-04-01,x\n",
      [
        "row 2, from: “01/04/2013” is not a date; expected a date such as 2013-04-01",
        "row 3, code: the organisation has no code",
        "row 4: the row has 4 fields and there are 3 headings",
      ]
    ),
    ("code,name,parent\n1,a,9\n", ["1 is a part of 9, which is not on the register"]),
  ])
  func mistakesAreTold(text: String, told: [String]) {
    let problems = RegisterFile(Array(text.utf8)).problems.first.map(\.sentence)
    #expect(problems == told)
  }
}
