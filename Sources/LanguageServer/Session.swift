import Foundation

/// One editor's session: takes its messages, gives the answers.
///
/// What the editor has open stands for what is on disk; all that is derived from it is worked out when it is asked for,
/// or when nothing more waits.
package final class Session {
  enum Stage { case new, running, shutDown }

  /// Of the program, for the editor's log.
  let version: String
  var stage = Stage.new
  var workspace = Workspace()
  var publishing = Publishing()
  private var decoder = FrameDecoder()
  /// The editor wants to be asked for what it tells of files.
  var registersWatching = false
  /// Once `exit` has come: the status to end with.
  package private(set) var exitStatus: Int32?

  /// What the command was given, for an editor that says nothing of it.
  private let options: (config: String?, ledger: String?)
  /// What is to be told once the editor listens.
  private var complaint: String?

  /// - Parameters:
  ///   - config: a configuration of the daemon, whose register and ledger supply values.
  ///   - ledger: a ledger's database, in place of the configuration's.
  package init(version: String, config: String? = nil, ledger: String? = nil) {
    self.version = version
    options = (config, ledger)
  }

  /// Takes what has come over the pipe, whole messages or not, and gives what goes back.
  package func receive(_ bytes: some Collection<UInt8>) -> [UInt8] {
    take(decoder.take(bytes)).flatMap { FrameDecoder.frame($0.body) }
  }

  /// Works through what has come in, in order. A request that a later message of the same batch calls off is not
  /// worked on; what is wrong with the rules is told once, as they are at the end.
  private func take(_ frames: [FrameDecoder.Frame]) -> [Outgoing] {
    var answers: [Outgoing] = []
    var messages: [(envelope: Envelope, body: [UInt8])] = []
    for frame in frames {
      switch frame {
      case .fault(let words):
        answers.append(.failure(ResponseError(.parseError, words), for: nil))
      case .message(let body):
        do throws(ResponseError) {
          messages.append((try Envelope(body), body))
        } catch {
          answers.append(.failure(error, for: nil))
        }
      }
    }
    let cancelled = Set(
      messages.compactMap { message in
        message.envelope.method == "$/cancelRequest" ? try? Parameters<CancelParams>.read(message.body).id : nil
      })
    for (envelope, body) in messages where exitStatus == nil {
      guard let method = envelope.method else { continue }
      if let id = envelope.id {
        answers.append(cancelled.contains(id) ? .cancelled(id) : answer(method, id, body))
      } else {
        answers += notice(method, body)
      }
    }
    if stage == .running { answers += published(workspace.readChanges()) }
    return answers
  }

  /// Whether nothing is left to do once the editor rests.
  package var isSettled: Bool { stage != .running || workspace.isSettled }

  /// Does what was put off while messages came. Gives what goes back.
  package func rest() -> [UInt8] {
    guard stage == .running else { return [] }
    return published(workspace.settle()).flatMap { FrameDecoder.frame($0.body) }
  }

  private func published(_ ruleSets: [OpenRuleSet]) -> [Outgoing] {
    ruleSets.flatMap { publishing.changes(of: $0, in: workspace) }.map {
      .notification("textDocument/publishDiagnostics", $0)
    }
  }

  // MARK: Requests

  private func answer(_ method: String, _ id: RequestID, _ body: [UInt8]) -> Outgoing {
    do throws(ResponseError) {
      switch stage {
      case .new where method != "initialize":
        throw ResponseError(.serverNotInitialized, "the session has not begun")
      case .running where method == "initialize":
        throw ResponseError(.invalidRequest, "the session has begun already")
      case .shutDown:
        throw ResponseError(.invalidRequest, "the session is over")
      default:
        return try result(of: method, id, body)
      }
    } catch {
      return .failure(error, for: id)
    }
  }

  private func result(of method: String, _ id: RequestID, _ body: [UInt8]) throws(ResponseError) -> Outgoing {
    switch method {
    case "initialize":
      return .result(initialize(try Parameters.read(body)), for: id)
    case "shutdown":
      stage = .shutDown
      return .result(Nothing(), for: id)
    case "textDocument/hover":
      return .result(workspace.hover(try Parameters.read(body)), for: id)
    case "textDocument/completion":
      return .result(workspace.completion(try Parameters.read(body)), for: id)
    case "textDocument/signatureHelp":
      return .result(workspace.signatureHelp(try Parameters.read(body)), for: id)
    case "textDocument/formatting":
      let params: DocumentParams = try Parameters.read(body)
      return .result(workspace.formatting(params.textDocument.uri), for: id)
    case "textDocument/definition":
      return .result(workspace.definition(try Parameters.read(body)), for: id)
    case "textDocument/references":
      return .result(workspace.references(try Parameters.read(body)), for: id)
    case "textDocument/documentHighlight":
      return .result(workspace.highlights(try Parameters.read(body)), for: id)
    case "textDocument/documentSymbol":
      let params: DocumentParams = try Parameters.read(body)
      return .result(workspace.symbols(of: params.textDocument.uri), for: id)
    case "textDocument/prepareRename":
      return .result(try workspace.prepareRename(try Parameters.read(body)), for: id)
    case "textDocument/rename":
      return .result(try workspace.rename(try Parameters.read(body)), for: id)
    case "textDocument/semanticTokens/full":
      let params: DocumentParams = try Parameters.read(body)
      return .result(workspace.semanticTokens(params.textDocument.uri), for: id)
    case "textDocument/codeAction":
      return .result(workspace.codeActions(try Parameters.read(body)), for: id)
    default:
      throw ResponseError(.methodNotFound, "there is no method \(method)")
    }
  }

  private func initialize(_ params: InitializeParams) -> InitializeResult {
    stage = .running
    workspace.encoding = PositionEncoding(offered: params.capabilities?.general?.positionEncodings)
    workspace.setRoots(params.workspaceFolders?.map(\.uri) ?? [params.rootUri].compactMap { $0 })
    workspace.takesSnippets = params.capabilities?.textDocument?.completion?.completionItem?.snippetSupport ?? false
    let wanted = params.initializationOptions
    let (facts, complaint) = Facts.load(
      config: wanted?.config ?? options.config, ledger: wanted?.ledger ?? options.ledger, from: workspace.roots.first)
    workspace.facts = facts
    self.complaint = complaint
    registersWatching = params.capabilities?.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false
    return InitializeResult(
      capabilities: ServerCapabilities(positionEncoding: workspace.encoding.rawValue),
      serverInfo: InitializeResult.Information(version: version))
  }

  // MARK: Notifications

  /// What cannot be read, and what is not known, has no answer.
  private func notice(_ method: String, _ body: [UInt8]) -> [Outgoing] {
    func read<Value: Decodable>(_ type: Value.Type) -> Value? { try? Parameters<Value>.read(body) }
    if method == "exit" {
      exitStatus = stage == .shutDown ? 0 : 1
      return []
    }
    guard stage == .running else { return [] }
    switch method {
    case "initialized":
      let told = complaint.map { Outgoing.notification("window/showMessage", ShownMessage(message: "outturn: " + $0)) }
      let asked = Outgoing.request("client/registerCapability", Registrations.watchedFiles, id: .text("watch"))
      return [told, registersWatching ? asked : nil].compactMap { $0 }
    case "textDocument/didOpen":
      guard let item = read(DidOpenParams.self)?.textDocument else { return [] }
      workspace.open(Document(uri: item.uri, version: item.version, text: item.text))
    case "textDocument/didChange":
      guard let params = read(DidChangeParams.self) else { return [] }
      let encoding = workspace.encoding
      workspace.change(params.textDocument.uri) {
        $0.apply(params.contentChanges, version: params.textDocument.version, encoding)
      }
    case "textDocument/didClose":
      guard let params = read(DocumentParams.self) else { return [] }
      workspace.close(params.textDocument.uri)
    case "textDocument/didSave":
      guard let params = read(DocumentParams.self) else { return [] }
      workspace.filesChanged([params.textDocument.uri])
    case "workspace/didChangeWatchedFiles":
      guard let params = read(WatchedFilesParams.self) else { return [] }
      workspace.filesChanged(params.changes.map(\.uri))
    case "workspace/didChangeWorkspaceFolders":
      guard let event = read(WorkspaceFoldersParams.self)?.event else { return [] }
      workspace.changeRoots(adding: event.added.map(\.uri), removing: event.removed.map(\.uri))
    default:
      break
    }
    return []
  }
}

extension Outgoing {
  static func cancelled(_ id: RequestID) -> Outgoing {
    .failure(ResponseError(.requestCancelled, "the request was called off"), for: id)
  }
}
