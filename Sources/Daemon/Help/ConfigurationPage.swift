import Settings

/// What `outturn help C110` shows beside the code's meaning.
package struct ConfigurationPage: Sendable {
  /// What goes wrong where nobody minds it.
  package var why: String
  /// What the code is said of. A `\u{FFFD}` stands for a byte that is no UTF-8.
  package var wrong: String
  /// The same as it should be.
  package var right: String
  package var form: Form

  package enum Form: Sendable {
    /// Sections of `outturn.yaml`, in place of those of a setup that is in order.
    case configuration
    /// The register of that setup.
    case register
    /// Sections of `outturn.yaml` that the declarations behind `---- rules` do not go with, or do.
    case rules
    /// A file in the inbox of that setup, by its name.
    case inbox
    /// What is run beside that setup.
    case command
  }

  init(_ why: String, wrong: String, right: String, _ form: Form = .configuration) {
    self.why = why
    self.wrong = wrong
    self.right = right
    self.form = form
  }

  /// The page of a code; nil where the code is none of a configuration's.
  package static func page(of code: String) -> ConfigurationPage? {
    SettingsCode(rawValue: code).map { ofSettings($0) } ?? SetupCode(rawValue: code).map { ofSetups($0) }
  }
}

// MARK: - Examples as whole setups

extension ConfigurationPage {
  /// The files that an example stands in, by name, and what is run there.
  package func setup(_ example: String) -> (files: [String: String], command: String) {
    var files = [
      "outturn.yaml": Self.configuration(""), "departments.csv": Self.register, "rules/travel.rules": Self.rules,
    ]
    var command = "outturn check --config outturn.yaml"
    switch form {
    case .configuration: files["outturn.yaml"] = Self.configuration(example)
    case .register: files["departments.csv"] = example + "\n"
    case .rules:
      let parts = example.split(separator: "---- rules\n").map(String.init)
      files["outturn.yaml"] = Self.configuration(parts[0])
      if parts.count > 1 { files["rules/more.rules"] = parts[1] + "\n" }
    case .inbox: files[example] = ""
    case .command: command = example
    }
    return (files, command)
  }

  /// A configuration in order, but for the sections that an example has of its own, or comments out.
  private static func configuration(_ example: String) -> String {
    let own = sections.filter { section in
      !example.split(separator: "\n").contains {
        $0.trimmingPrefix("# ").hasPrefix(section.prefix { $0 != ":" } + ":")
      }
    }
    return (own + [example]).joined(separator: "\n") + "\n"
  }

  private static let sections = [
    "ledger: ledger.db",
    "rules: rules",
    "register: departments.csv",
    """
    sources:
      travel:
        inbox: inbox
        columns:
          organisation: Department
          period: Month
          measures:
            spent: { column: Spent, unit: £ }
    """,
    "routes:\n  - to: [log]",
    "receivers:\n  log: { log: { path: /var/log/outturn/alerts.jsonl, format: json } }",
  ]

  private static let register = """
    code,name
    LIB,Libraries
    MUS,Museums

    """

  private static let rules = """
    currency GBP
    year starts in April
    measure spent money year to date adverse high
    rule travel "Travel"
      for each organisation
      red when spent > £5m
      message "{organisation}"

    """
}
