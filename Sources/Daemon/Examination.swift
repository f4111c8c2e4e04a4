package import Diagnostics
import Drops
package import Finance
import Glibc
import RuleLanguage
import Settings
import Sinks
import Storage

/// A setup looked at as closely as can be without running it: beside what keeps it from being loaded, doubts about the
/// rules, alone and beside their ledger, and whether inboxes and secrets can be used.
package struct Examination {
  /// Nil where anything is wrong.
  package let setup: Setup?
  package let diagnostics: [Diagnostic]
  /// What the diagnostics point into.
  package let texts: [SourceText]
  /// The credentials that systemd hands over to the service alone, and that could not be tried here.
  package let untried: [String]

  /// - Parameter today: the day from which a suppression counts as over.
  /// - Throws: `StorageError` where there is a ledger and it cannot be read.
  package init(_ path: String, today: Day) throws {
    let read = Setup.read(path)
    var diagnostics = read.diagnostics
    var untried: [String] = []
    if let configuration = read.configuration {
      diagnostics += configuration.sources.compactMap { configuration.trouble($0) ?? configuration.unmatched($0) }
      for receiver in configuration.receivers {
        for secret in receiver.secrets {
          let outcome = configuration.attempt(secret, of: receiver)
          diagnostics += outcome.trouble
          untried += outcome.untried
        }
      }
    }
    if let rules = read.rules { diagnostics += rules.lints(today: today).map { $0.moved(by: 1) } }
    if let setup = read.setup, let rules = read.rules, Files.exists(setup.configuration.ledger) {
      let grounds = Rehearsal.Grounds(
        ledger: setup.configuration.ledger, rules: setup.configuration.rules, register: setup.register,
        traits: setup.configuration.traits, configuration: setup.configuration)
      let store = try ReadOnlyStore(at: grounds.ledger, migrations: Schema.migrations)
      let doubts = try store.read { try LedgerDoubts(rules, on: grounds, in: $0)?.diagnostics ?? [] }
      // An organisation that never reports: whoever is on the register.
      let register = setup.configuration.places.place(of: ["register"])
      diagnostics += doubts.map { $0.moved(by: 1).at(register) }
    }
    setup = diagnostics.hasErrors ? nil : read.setup
    self.diagnostics = diagnostics
    texts = read.texts
    self.untried = untried
  }
}

extension Configuration {
  /// Why drops could not be taken out of a source's inbox.
  fileprivate func trouble(_ source: SourceSettings) -> Diagnostic? {
    let folder = source.inbox
    let place = places.place(of: ["sources", source.name, "inbox"])
    func trouble(_ what: String, fix: String) -> Diagnostic {
      SetupCode.inboxUnusable.diagnostic(
        "the inbox of \(source.name), \(folder.printable), \(what)", at: place, fix: fix)
    }
    var status = stat()
    guard unsafe stat(folder, &status) == 0 else {
      return errno == EACCES
        ? trouble("can't be looked at", fix: "let the daemon's user into the folders above it: chmod o+x, or its group")
        : trouble("is not there", fix: "mkdir -p \(folder.printable)")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return trouble("is not a folder", fix: "name the folder that drops come to")
    }
    guard unsafe access(folder, R_OK | X_OK) == 0 else {
      return trouble("can't be read", fix: "let the daemon's user read it, and run this check as that user")
    }
    let isWritable = unsafe access(folder, W_OK) == 0
    guard isWritable || source.keepsFiles else {
      return trouble(
        "can't be written, so that no drop can be taken out of it",
        fix: "let the daemon's user write there; or keep: true, where the files are to stay")
    }
    return nil
  }

  /// Files that lie in a source's inbox and that no source reads from there.
  fileprivate func unmatched(_ source: SourceSettings) -> Diagnostic? {
    guard let names = try? Inbox(source).look().unmatched else { return nil }
    let strange = names.filter { name in !sources.contains { $0.inbox == source.inbox && $0.takes(name) } }
    guard !strange.isEmpty else { return nil }
    var doubt = SetupCode.fileUnmatched.diagnostic(
      "\(Wording.count(strange.count, "file")) in the inbox of \(source.name) will not be read: "
        + Wording.list(strange.sorted().map(\.printable), most: 5),
      at: places.place(of: ["sources", source.name, "files"]),
      fix: "read are \(source.patterns); save a spreadsheet as CSV, or name the pattern under files")
    doubt.severity = .warning
    return doubt
  }

  /// Reads a secret and forgets it.
  fileprivate func attempt(
    _ secret: Secret, of receiver: ReceiverSettings
  ) -> (trouble: [Diagnostic], untried: [String]) {
    if case .credential(let name) = secret.place, Secret.credentialsFolder == nil { return ([], [name]) }
    do throws(FileError) {
      try secret.withBytes { _ in }
      return ([], [])
    } catch {
      let trouble = SetupCode.secretUnreadable.diagnostic(
        "a secret of \(receiver.name) can't be read: \(error.message.printable)",
        at: places.place(of: ["receivers", receiver.name, "webhook"]),
        fix: "a file that the daemon's user can read and others can't, with the secret on its only line")
      return ([trouble], [])
    }
  }
}
