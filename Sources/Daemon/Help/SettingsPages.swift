import Settings

extension ConfigurationPage {
  /// C101 to C120: one file as it is written.
  static func ofSettings(_ code: SettingsCode) -> ConfigurationPage {
    switch code {
    case .notYAML:
      ConfigurationPage(
        "Where the brackets, quotation marks or colons do not match, nobody can say what belongs to what.",
        wrong: "routes:\n  - to: [log",
        right: "routes:\n  - to: [log]")
    case .tab:
      ConfigurationPage(
        "YAML goes by indentation, and a tab is as wide as each editor makes it.",
        wrong: "routes:\n\t- to: [log]",
        right: "routes:\n  - to: [log]")
    case .tooLarge:
      ConfigurationPage(
        "A configuration has at most 256 KiB, 32 levels and 20,000 values. More is a mistake, or meant to do harm.",
        wrong: "routes: " + String(repeating: "[", count: 40) + "log" + String(repeating: "]", count: 40),
        right: "routes:\n  - to: [log]")
    case .notUsed:
      ConfigurationPage(
        "Anchors, aliases, tags and second documents make a text say something in another place than where it stands.",
        wrong: "register: &list departments.csv",
        right: "register: departments.csv")
    case .duplicateKey:
      ConfigurationPage(
        "Of two settings with one name the one would be passed over without a word.",
        wrong: "rules: rules\nrules: policy",
        right: "rules: rules")
    case .notText:
      ConfigurationPage(
        "Signs such as £ have several encodings; a file in another one would be read as something else. Save it as UTF-8.",
        wrong: "register: d\u{FFFD}partements.csv",
        right: "register: departments.csv")
    case .unknownKey:
      ConfigurationPage(
        "A misspelt setting would be one that is not there.",
        wrong: "timezones: Europe/London",
        right: "timezone: Europe/London")
    case .missingKey:
      ConfigurationPage(
        "There is nothing that could be taken in its place without guessing.",
        wrong: "receivers:\n  log: { log: { format: json } }",
        right: "receivers:\n  log: { log: { path: /var/log/outturn/alerts.jsonl, format: json } }")
    case .wrongKind:
      ConfigurationPage(
        "A list has a hyphen before each entry or stands in brackets, a mapping has `key: value`, a value neither.",
        wrong: "routes: log",
        right: "routes:\n  - to: [log]")
    case .badValue:
      ConfigurationPage(
        "The value is none of those that the setting can have.",
        wrong: "receivers:\n  log: { log: { path: /var/log/outturn/alerts.jsonl, format: xml } }",
        right: "receivers:\n  log: { log: { path: /var/log/outturn/alerts.jsonl, format: json } }")
    case .outOfRange:
      ConfigurationPage(
        "The number is smaller or larger than any that the setting makes sense with: mostly its unit is another one.",
        wrong: source(ready: "{ unchanged_for: 400h }"),
        right: source(ready: "{ unchanged_for: 10s }"))
    case .conflict:
      ConfigurationPage(
        "Of settings that exclude each other only one could be followed, and the other would seem to be.",
        wrong: "routes:\n  - to: [log]\n  - match: { severity: red }\n    to: [log]\n  - to: [log]",
        right: "routes:\n  - match: { severity: red }\n    to: [log]\n  - to: [log]")
    case .secret:
      ConfigurationPage(
        "A configuration is copied, mailed and kept in git. A secret stands in a file that the service alone reads, or is a systemd "
          + "credential.",
        wrong: receiver("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        right: receiver("{ credential: finance-signing }"))
    }
  }

  static func source(
    ready: String = "{ unchanged_for: 10s }", inbox: String = "inbox", due: String? = nil, expects: String? = nil
  ) -> String {
    let due = due.map { "\n    due: \($0)" } ?? ""
    let expects = expects.map { "\n    expects: \($0)" } ?? ""
    return """
      sources:
        travel:
          inbox: \(inbox)
          ready: \(ready)\(due)\(expects)
          columns:
            organisation: Department
            period: Month
            measures:
              spent: { column: Spent, unit: £ }
      """
  }

  static func receiver(_ signing: String) -> String {
    """
    receivers:
      log:
        webhook:
          url: https://chat.example/hook
          format: outturn
          sign: \(signing)
    """
  }
}
