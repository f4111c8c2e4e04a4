import Daemon
import Diagnostics
import Storage

/// What a command that only looks needs: the configuration, and its ledger opened beside a running daemon.
struct OpenedLedger {
  let configuration: Configuration
  let store: ReadOnlyStore

  init(_ option: ConfigurationOption) throws {
    configuration = try Configuration.loaded(option)
    do {
      store = try ReadOnlyStore(at: configuration.ledger, migrations: Schema.migrations)
    } catch let error as StorageError {
      throw Complaint.couldNotRun("\(error.message).\n\(error.advice)")
    }
  }

  func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    do {
      return try store.read(body)
    } catch let error as StorageError {
      throw Complaint.couldNotRun("\(error.message).\n\(error.advice)")
    }
  }
}

extension Configuration {
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
