package import Alerting
package import Diagnostics
package import Drops
package import Finance
package import Foundation
package import Routing
package import Settings
package import Sinks
import Storage

/// The daemon's configuration as a whole. Each stage reads its own part of it.
package struct Configuration: Sendable {
  /// The ledger's database; the archive and the control socket stand in the same folder.
  package var ledger: String
  /// The folder that the rules are in.
  package var rules: String
  package var timeZone: TimeZone
  /// The days that are no working days, beside Saturdays and Sundays.
  package var holidays: Set<Day>
  /// The CSV file of organisations; without one, every organisation in a drop is taken as it is called there.
  package var register: String?
  /// Where the rule catalogue is published, for alerts to lead there.
  package var catalogue: CatalogueAddress?
  package var sources: [SourceSettings]
  package var receivers: [ReceiverSettings]
  package var routes: Routes
  /// Where each setting stands in the configuration's text.
  package var places: SettingsPlaces

  package var folder: String { Files.folder(of: ledger) }
  package var archive: String { folder + "/archive" }
  package var controlSocket: String { folder + "/" + ControlSocket.fileName }

  /// Reads a configuration file. Paths in it that do not start with `/` are meant from the folder that the file is in.
  ///
  /// - Returns: no configuration where the diagnostics have errors; the text is the one that they point into.
  package static func load(
    _ path: String
  ) -> (configuration: Configuration?, diagnostics: [Diagnostic], text: SourceText) {
    let bytes: [UInt8]
    do {
      bytes = try Files.contents(path, limit: SettingsDocument.mostBytes + 1)
    } catch {
      let unreadable = SetupCode.configurationUnreadable.diagnostic(
        "the configuration can't be read: \(error.message)",
        fix: "name one with --config, or put one at /etc/outturn/outturn.yaml")
      return (nil, [unreadable], SourceText(name: path, bytes: []))
    }
    let text = SourceText(name: path, bytes: bytes)
    let problems = Problems()
    let folder = Files.folder(of: path)
    let root = SettingsDocument.parse(text, into: problems)
    let configuration = root?.fields { fields in
      root.flatMap { Configuration(fields, places: SettingsPlaces($0), folder: folder) }
    }
    guard !problems.hasErrors, let configuration else {
      let silent = SetupCode.configurationUnreadable.diagnostic("a part of the configuration can't be used")
      return (nil, problems.hasErrors ? problems.diagnostics : [silent], text)
    }
    return (configuration, problems.diagnostics, text)
  }

  private init?(_ fields: SettingsFields, places: SettingsPlaces, folder: String) {
    let ledger = fields.required("ledger", fix: "ledger: /var/lib/outturn/ledger.db")?.nonEmptyText()
    let rules = fields.required("rules", fix: "rules: /etc/outturn/rules")?.nonEmptyText()
    let timeZone = fields.optional("timezone").map(Self.timeZone) ?? .gmt
    func resolve(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
    let holidays = fields.optional("holidays").map { Holidays.read($0, resolve: resolve) } ?? []
    let register = fields.optional("register")?.nonEmptyText()
    let catalogue = fields.optional("catalogue").flatMap(Self.catalogue)
    let sources = fields.required("sources")?.entries()?.map { SourceSettings(name: $0.key, $0.value) }
    let written = fields.required("receivers")
    let receivers = written.map(ReceiverSettings.readAll)
    // By the names as written: a receiver that has a mistake of its own is there all the same.
    let names = receivers == nil ? [] : written?.entries()?.map(\.key) ?? []
    let routes = fields.required("routes").flatMap { Routes($0, receivers: names) }
    guard let ledger, let rules, let timeZone, let holidays, let sources, let receivers, let routes else { return nil }
    self.ledger = resolve(ledger)
    self.rules = resolve(rules)
    self.timeZone = timeZone
    self.holidays = holidays
    self.register = register.map(resolve)
    self.catalogue = catalogue
    self.sources = sources.compactMap { source in
      guard var source else { return nil }
      source.inbox = resolve(source.inbox)
      source.due?.holidays = holidays
      return source
    }
    self.receivers = receivers
    self.routes = routes
    self.places = places
  }

  private static func catalogue(_ node: SettingsNode) -> CatalogueAddress? {
    guard let text = node.nonEmptyText() else { return nil }
    return CatalogueAddress(text)
      ?? node.refuse(
        "\(Wording.quoted(text)) is no address of a page on the web",
        fix: text.contains("#")
          ? "without a # part: each rule's own is put behind it"
          : "catalogue: https://finance.example/rules/catalogue.html")
  }

  private static func timeZone(_ node: SettingsNode) -> TimeZone? {
    guard let name = node.nonEmptyText() else { return nil }
    guard let zone = TimeZone(identifier: name) else {
      return node.refuse(
        "there is no time zone called \(Wording.quoted(name))",
        fix: Suggestion.question(name, among: TimeZone.knownTimeZoneIdentifiers) ?? "timezone: Europe/London")
    }
    return zone
  }
}
