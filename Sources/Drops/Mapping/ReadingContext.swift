package import Finance

/// What a drop is read against, apart from its source.
package struct ReadingContext: Sendable {
  package var calendar: FinancialCalendar
  /// What money is shown in.
  package var currency: Currency
  /// nil: any organisation code is as good as written.
  package var register: Register?
  /// By name, as the rules declare them.
  package var measures: [String: DeclaredMeasure]

  package init(
    calendar: FinancialCalendar, currency: Currency, register: Register? = nil,
    measures: [String: DeclaredMeasure] = [:]
  ) {
    self.calendar = calendar
    self.currency = currency
    self.register = register
    self.measures = measures
  }
}

/// What the rules say of a measure, as far as reading it goes.
package struct DeclaredMeasure: Hashable, Sendable {
  package var quantity: Quantity
  /// What a high value is (`adverse high`, `adverse low`); nil where that isn't declared.
  package var high: Direction?

  package init(quantity: Quantity, high: Direction? = nil) {
    self.quantity = quantity
    self.high = high
  }
}

/// What is known of a drop before it is opened.
package struct DropName: Hashable, Sendable {
  /// The file's name alone.
  package var file: String
  /// The folder that it was in.
  package var folder: String

  package init(file: String, folder: String) {
    self.file = file
    self.folder = folder
  }
}

/// Parts of the key that are the same for every row.
struct FixedKeys {
  var organisation: String?
  var period: Period?
  /// What the name and the folder said: a part of the drop's identity.
  var facts: [String: String] = [:]

  /// Reads what the source takes from the configuration, the file's name or its folder.
  init(source: SourceSettings, name: DropName, context: ReadingContext) throws(DropProblem) {
    switch source.organisation {
    case .column: break
    case .value(let code): organisation = try Self.organisation([code], "the source’s value", context)
    case .folderName:
      organisation = try Self.organisation([name.folder], "the folder’s name", context)
      facts["organisation"] = organisation
    case .fileName(let template):
      organisation = try Self.organisation(template.candidates(in: name.file), "the file’s name", context)
      facts["organisation"] = organisation
    }
    switch source.period {
    case .column: break
    case .value(let text):
      do throws(ReadingProblem) {
        period = try context.calendar.parse(text).period
      } catch {
        throw DropProblem(.period, value: text, "the source’s period: \(error.problem)", expected: error.expected)
      }
    case .fileName(let template, let layout, let year):
      for candidate in template.candidates(in: name.file) {
        let bytes = Array((candidate + (year.map { " \($0)" } ?? "")).utf8)
        if let found = try? layout.read(bytes.span, in: context.calendar) {
          period = found
          facts["period"] = context.calendar.label(found)
          break
        }
      }
      guard period != nil else {
        throw DropProblem(
          .name, value: name.file, "the file’s name does not say the period", expected: "a name as \(template.text)")
      }
    }
  }

  private static func organisation(
    _ candidates: [String], _ origin: String, _ context: ReadingContext
  ) throws(DropProblem) -> String {
    var fault: KeyFault?
    for candidate in candidates {
      do throws(KeyFault) {
        return try OrganisationKeys.code(candidate, in: context.register, by: .either)
      } catch {
        fault = error
      }
    }
    throw DropProblem(
      .name, value: candidates.first, "\(origin): \(fault?.problem ?? "does not name an organisation")",
      expected: fault?.expected)
  }
}
