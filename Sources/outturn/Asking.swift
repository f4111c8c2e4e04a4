import Daemon
import Foundation

/// Puts a person's request to the daemon; where none runs, the request is carried out here, with the ledger locked.
enum Asking {
  static func ask(_ request: Request, _ option: ConfigurationOption) throws {
    let configuration = try Configuration.loaded(option)
    let reply: Reply
    do {
      reply =
        try ControlSocket.ask(request, at: configuration.controlSocket)
        ?? Daemon.carryOut(request, configuration, who: userName(getuid()))
    } catch {
      throw Complaint.couldNotRun("\(error)")
    }
    guard reply.isDone else { throw Complaint.found(reply.sentence) }
    print(reply.sentence)
  }
}
