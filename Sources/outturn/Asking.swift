import Daemon
import Diagnostics
import Foundation
import Logging
import Storage

/// Puts a person's request to the daemon; where none runs, the request is carried out here, with the ledger locked.
enum Asking {
  static func ask(_ request: Request, _ option: ConfigurationOption) async throws {
    let configuration = try Configuration.loaded(option)
    let reply: Reply
    do {
      if let answer = try ControlSocket.ask(request, at: configuration.controlSocket) {
        reply = answer
      } else {
        reply = try await Server.carryOut(
          request, Setup.loaded(option), who: userName(getuid()), log: Logger.quiet)
      }
    } catch let error as StorageError {
      throw Complaint.couldNotRun("\(error.message).\n\(error.advice)")
    } catch let error as ControlSocketError {
      throw Complaint.couldNotRun("\(error)")
    }
    guard reply.isDone else { throw Complaint.found(reply.sentence) }
    print(reply.sentence)
  }
}

extension Logger {
  /// For commands that answer in their own words.
  static let quiet = Logger(label: "outturn") { _ in SwiftLogNoOpLogHandler() }
}

extension Setup {
  /// The setup that is meant; where anything in it is wrong, all of it is shown.
  static func loaded(_ option: ConfigurationOption) throws -> Setup {
    let (setup, diagnostics, texts) = Setup.load(option.resolved)
    guard let setup else {
      throw Complaint.couldNotRun(
        TerminalRenderer(colour: Terminal.errorHasColour).render(diagnostics, in: texts).trimmedEnd)
    }
    return setup
  }
}
