import ArgumentParser
import Daemon
import Diagnostics
import Foundation
import Receiving
import Settings
import Sinks

struct Listen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Receives webhooks on this machine, checks their signatures and prints what they say.",
    discussion: """
      For trying a configuration out: nothing that is sent here leaves the machine.

      Examples:
        outturn listen --port 8000
        outturn listen --port 8000 --verify /etc/outturn/signing-secret
      """)

  @Option(help: "The port on 127.0.0.1; 0 takes a free one.") var port = 0
  @Option(help: "Writes the port to this file once it listens.", completion: .file()) var portFile: String?
  @Option(
    help: "A file with the signing secret (whsec_…); what is not signed with it is refused. May be repeated.",
    completion: .file())
  var verify: [String] = []
  @OptionGroup var output: FormatOption

  func run() async throws {
    let secrets = try verify.map { path in
      let text: String
      do {
        text = try Secret(.file(path)).text()
      } catch {
        throw Complaint.couldNotRun("--verify: \(error)")
      }
      guard let secret = WebhookSecret(text) else {
        throw Complaint.couldNotRun("--verify: \(path) holds no signing secret; one starts with whsec_")
      }
      return secret
    }
    let format = output.format
    let listener: WebhookListener
    do {
      listener = try WebhookListener(port: port, secrets: secrets, clock: Clock.system.wall) { arrival in
        Self.tell(arrival, as: format)
      }
    } catch {
      throw Complaint.couldNotRun(error.message + (error.cause.map { ": \($0)" } ?? ""))
    }
    if let portFile {
      try Data("\(listener.port)\n".utf8).write(to: URL(fileURLWithPath: portFile), options: .atomic)
    }
    Terminal.complain("Listening on http://127.0.0.1:\(listener.port)/ until you press Ctrl-C.")
    // Ended by a signal.
    while true { try await Task.sleep(for: .seconds(3600)) }
  }

  private static func tell(_ arrival: WebhookListener.Arrival, as format: OutputFormat) {
    switch (arrival, format) {
    case (.message(_, let body), .json): print(String(decoding: body, as: UTF8.self))
    case (.message(let id, let body), .text): print(ReceivedText.text(body) ?? "\(id): \(body.count) bytes")
    case (.repetition(let id), _): Terminal.complain("\(id.printable) came again and is told once")
    case (.refused(let failure), _): Terminal.complain("refused a webhook: \(failure.rawValue)")
    }
    fflush(nil)
  }
}
