import Daemon
import Diagnostics
import Drops
import Sinks
import Storage

/// What a command that only looks needs: the configuration, and its ledger opened beside a running daemon.
struct OpenedLedger {
  let configuration: Configuration
  let store: ReadOnlyStore

  init(_ option: ConfigurationOption) throws {
    configuration = try Configuration.loaded(option)
    store = try ReadOnlyStore.opened(configuration.ledger)
  }

  func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value { try store.look(body) }
}

extension ReadOnlyStore {
  /// The ledger at a path; what is wrong with it is told in words.
  static func opened(_ path: String) throws -> ReadOnlyStore {
    do {
      return try ReadOnlyStore(at: path, migrations: Schema.migrations)
    } catch let error as StorageError {
      throw Complaint.couldNotRun("\(error.message).\n\(error.advice)")
    }
  }

  /// Reads; what is wrong with the ledger is told in words.
  func look<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    do {
      return try read(body)
    } catch let error as StorageError {
      throw Complaint.couldNotRun("\(error.message).\n\(error.advice)")
    }
  }
}

extension Configuration {
  /// Complains of a name that no source has.
  func requireSource(_ name: String) throws {
    try require(name, among: sources.map(\.name), what: "source")
  }

  /// Complains of a name that no receiver has.
  func requireReceiver(_ name: String) throws {
    try require(name, among: receivers.map(\.name), what: "receiver")
  }

  private func require(_ name: String, among names: [String], what: String) throws {
    guard !names.contains(name) else { return }
    throw Complaint.couldNotRun(
      "There is no \(what) called \(Wording.quoted(name)): "
        + (Suggestion.question(name, among: names) ?? "there is \(Wording.list(names))."))
  }

  /// The configuration that is meant; where it has errors, all of them are shown.
  static func loaded(_ option: ConfigurationOption) throws -> Configuration {
    let (configuration, diagnostics, text) = Configuration.load(option.resolved)
    guard let configuration else {
      throw Complaint.couldNotRun(
        TerminalRenderer(colour: Terminal.errorHasColour).render(diagnostics, in: [text]).trimmedEnd)
    }
    return configuration
  }
}

extension String {
  /// Without line breaks at its end.
  var trimmedEnd: String {
    var text = self
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }
}
