import Alerting
import Diagnostics
import Routing
import Settings
import Testing

@Suite struct RoutesTests {
  static let receivers = ["finance-team", "data-team", "audit-log"]

  private func read(_ yaml: String) throws -> (routes: Routes?, messages: [String]) {
    let problems = Problems()
    let node = try #require(SettingsDocument.parse(SourceText(name: "routes.yaml", yaml), into: problems))
    let routes = Routes(node, receivers: Self.receivers)
    return (routes, problems.diagnostics.map { "\($0.message); \($0.fix ?? "")" })
  }

  private func announcement(
    _ severity: String, rule: String = "overspend", labels: [String: String] = [:], region: String = "South"
  ) -> Announcement {
    Announcement(
      kind: .opened, severity: severity, rule: .init(name: rule, title: "", owner: "finance", labels: labels),
      subject: .init(
        keys: [.init(key: "organisation", value: "13T")], name: "Wessex", attributes: ["region": region]),
      period: "2013-14 M8", sentence: "", time: "")
  }

  static let routes = """
    - match: { rule: [drop_rejected, drop_held] }
      to: data-team
    - match: { severity: red, region: [London, South] }
      to: [finance-team, audit-log]
    - match: { family: money }
      to: [finance-team]
    - to: [audit-log]
    """

  @Test func theFirstRouteThatMatchesNamesTheReceivers() throws {
    let routes = try #require(try read(Self.routes).routes)
    #expect(routes.receivers(for: announcement("red")) == ["finance-team", "audit-log"])
    #expect(routes.receivers(for: announcement("red", region: "North")) == ["audit-log"])
    #expect(routes.receivers(for: announcement("amber")) == ["audit-log"])
    #expect(routes.receivers(for: announcement("amber", labels: ["family": "money"])) == ["finance-team"])
    #expect(routes.receivers(for: announcement("red", rule: "drop_rejected")) == ["data-team"])
  }

  @Test(arguments: [
    ("- match: { severity: red }\n  to: [audit-log]", "the last route needs to take every announcement"),
    ("- to: [audit-log]\n- match: { severity: red }\n  to: [finance-team]\n- to: [audit-log]", "never reached"),
    ("- to: [audit-logs]", "there is no receiver called “audit-logs”; did you mean “audit-log”?"),
    ("- to: []", "a list with nothing in it"),
    ("- match: { severity: [] }\n  to: [audit-log]\n- to: [audit-log]", "a list with nothing in it"),
    ("- macth: { severity: red }\n  to: [audit-log]\n- to: [audit-log]", "did you mean “match”?"),
  ])
  func whatCannotBeMeantIsRefused(_ yaml: String, _ message: String) throws {
    let messages = try read(yaml).messages
    #expect(messages.contains { $0.contains(message) }, "\(messages)")
  }

  @Test func aConditionThatNothingCanMeetIsAFinding() throws {
    let yaml = """
      - match: { severity: crimson }
        to: [audit-log]
      - match: { rule: overspnd }
        to: [audit-log]
      - match: { regoin: London }
        to: [audit-log]
      - to: [audit-log]
      """
    let routes = try #require(try read(yaml).routes)
    let found = routes.unreachable(rules: ["overspend"], keys: ["region"]).map { "\($0.message); \($0.fix ?? "")" }
    #expect(
      found == [
        "there is no severity called “crimson”; known: info, amber and red",
        "there is no rule called “overspnd”; did you mean “overspend”?",
        "nothing is called “regoin”: no label of a rule, attribute or dimension; did you mean “region”?",
      ])
    #expect(try #require(try read(Self.routes).routes).unreachable(
      rules: ["drop_rejected", "drop_held"], keys: ["region", "family"]).isEmpty)
  }
}
