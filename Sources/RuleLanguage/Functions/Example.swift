package import Finance

extension RuleFunction {
  /// A worked example: what the help shows, and what the tests run. It is of the organisation A, which has a peer for
  /// every other name that its figures mention.
  package struct Example: Hashable, Sendable {
    /// As a rule would write it: `run_rate(x)`.
    package var expression: String
    package var given: [Figures]
    package var at: String
    /// In plain digits (a ratio as 0.2), `true` or `false`, a period, or `unknown`.
    package var gives: String
    /// What the rule called `other` says, a clause a line.
    package var other: [String]

    /// What was returned of one measure.
    package struct Figures: Hashable, Sendable {
      package var name: String
      /// As it is declared: "money year to date".
      package var measure: String
      package var returns: [Return]
      /// What its source has under `due:`.
      package var due: Deadline?

      package init(_ name: String, _ measure: String, _ returns: [Return], due: Deadline? = nil) {
        self.name = name
        self.measure = measure
        self.returns = returns
        self.due = due
      }

      /// Of the organisation A, by the label of the period.
      package init(_ name: String, _ measure: String, _ values: KeyValuePairs<String, String>) {
        self.init(name, measure, values.map { Return($0.key, $0.value) })
      }
    }

    /// One figure, in plain digits. A later one for the same place restates it.
    package struct Return: Hashable, Sendable {
      package var period: String
      package var value: String
      package var organisation: String
      /// The value of the measure's dimension.
      package var cell: String?
      /// The day on which it was received: 2014-01-20. The last of the period's month, where none is said.
      package var on: String?

      package init(
        _ period: String, _ value: String, of organisation: String = "A", cell: String? = nil, on day: String? = nil
      ) {
        self.period = period
        self.value = value
        self.organisation = organisation
        self.cell = cell
        on = day
      }
    }

    package init(_ expression: String, given: Figures..., other: [String] = [], at: String, gives: String) {
      self.expression = expression
      self.given = given
      self.other = other
      self.at = at
      self.gives = gives
    }
  }
}

extension RuleFunction.Example.Figures {
  /// "x  money full year, due 15 working days after period end".
  package var head: String {
    "\(name)  \(measure)" + (due.map { ", due \($0.words)" } ?? "") + (returns.isEmpty ? ", not returned" : "")
  }

  /// "B, elective 2013-14 M8: 100 (received 2014-01-20)", the figures of one place together.
  package var lines: [String] {
    var groups: [(head: String, items: [String])] = []
    for one in returns {
      let place = [one.organisation == "A" ? nil : one.organisation, one.cell].compactMap { $0 }
      let head = place.joined(separator: ", ")
      let item = "\(one.period) \(one.value)" + (one.on.map { " (received \($0))" } ?? "")
      if let group = groups.firstIndex(where: { $0.head == head }) {
        groups[group].items.append(item)
      } else {
        groups.append((head, [item]))
      }
    }
    return groups.map { ($0.head.isEmpty ? "" : "\($0.head): ") + $0.items.joined(separator: "; ") }
  }
}
