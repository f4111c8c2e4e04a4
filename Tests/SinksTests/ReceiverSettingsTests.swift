import Diagnostics
import Settings
import Sinks
import Testing
import Transfers

@Suite struct ReceiverSettingsTests {
  private func read(_ text: String) -> ([ReceiverSettings], [String]) {
    let problems = Problems()
    let node = SettingsDocument.parse(SourceText(name: "outturn.yaml", bytes: Array(text.utf8)), into: problems)
    let receivers = node.map(ReceiverSettings.readAll) ?? []
    return (receivers, problems.diagnostics.map { "\($0.message) | \($0.fix ?? "")" })
  }

  @Test func receiversAreRead() throws {
    let (receivers, problems) = read(
      """
      team:
        webhook:
          url: { credential: team-url }
          format: slack
          sign: [{ credential: new }, { file: /etc/outturn/old }]
          allow: [10.0.0.0/8, "::1"]
          ca: /etc/outturn/ca.pem
          timeout: 10s
      local: { webhook: { url: "http://127.0.0.1:8080/", plain_http: true, allow: 127.0.0.0/8 } }
      audit: { log: { path: /var/log/outturn/alerts.jsonl, format: text } }
      """)
    #expect(problems == [])
    try #require(receivers.map(\.name) == ["team", "local", "audit"])
    guard case .webhook(let team) = receivers[0].kind, case .webhook(let local) = receivers[1].kind,
      case .log(let audit) = receivers[2].kind
    else {
      Issue.record("a receiver of another kind")
      return
    }
    #expect(team.url == .secret(Secret(.credential("team-url"))))
    #expect(team.format.name == "slack")
    #expect(team.sign == [Secret(.credential("new")), Secret(.file("/etc/outturn/old"))])
    #expect(team.allow == [AddressRange("10.0.0.0/8")!, AddressRange("::1")!])
    #expect(team.security.authorities == "/etc/outturn/ca.pem")
    #expect(team.timeout == .seconds(10))
    #expect(local.url == .open("http://127.0.0.1:8080/"))
    #expect(local.allowsPlainHTTP)
    #expect(local.format.name == "outturn")
    #expect(audit == LogFileSettings(path: "/var/log/outturn/alerts.jsonl", format: .text))
  }

  @Test(arguments: [
    ("a: { webhook: { url: 'http://example.com/' } }", "plain_http: true"),
    ("a: { webhook: { url: 'example.com' } }", "not a URL"),
    ("a: { webhook: { url: 'https://x/', format: slak } }", "“slack”"),
    ("a: { webhook: { url: 'https://x/', sign: whsec_abc } }", "never written into the configuration"),
    ("a: { webhook: { url: 'https://x/', alow: [10.0.0.0/8] } }", "“allow”"),
    ("a: { webhook: { url: 'https://x/', allow: [10.0.0.1/8] } }", "no block of addresses"),
    ("a: { webhook: { url: 'https://x/', timeout: 1h } }", "at most"),
    ("a: { webhook: { url: 'https://x/', ca: ca.pem } }", "whole path"),
    ("a: { webhook: { } }", "“url” is missing"),
    ("a: { log: { path: alerts.jsonl } }", "whole path"),
    ("a: { log: { path: /x/y, format: xml } }", "not one of the choices"),
    ("a: { log: { path: /x/y } }\nb: { log: { path: /x/y } }", "writes this file already"),
    ("a: { log: { path: /x/y }, webhook: { url: 'https://x/' } }", "exclude each other"),
    ("a: { email: { } }", "one of “webhook” or “log” is needed"),
    ("a: {}", "one of"),
  ])
  func whatIsWrongIsSaid(text: String, words: String) {
    let (_, problems) = read(text)
    #expect(problems.contains { $0.contains(words) }, "\(problems)")
  }
}
