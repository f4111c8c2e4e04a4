import Foundation

/// What ties an answer to its request.
enum RequestID: Hashable, Codable {
  case number(Int)
  case text(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }
}

/// Why a request is not answered with a result.
struct ResponseError: Error, Encodable {
  /// As JSON-RPC and the protocol number them.
  enum Code: Int, Encodable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case serverNotInitialized = -32002
    case requestCancelled = -32800
    /// What was asked for cannot be done, for a reason that the person should read.
    case requestFailed = -32803
  }
  var code: Code
  var message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// A message as far as its kind: what it asks for is read once the method is known.
struct Envelope: Decodable {
  var id: RequestID?
  /// Nil in an answer to something that the server asked.
  var method: String?

  init(_ body: [UInt8]) throws(ResponseError) {
    do {
      self = try JSONDecoder().decode(Envelope.self, from: Data(body))
    } catch DecodingError.dataCorrupted {
      throw ResponseError(.parseError, "the message is not JSON")
    } catch {
      throw ResponseError(.invalidRequest, "the message is no request, notification or response")
    }
  }
}

/// The parameters of a message whose method is known.
struct Parameters<Value: Decodable>: Decodable {
  var params: Value

  static func read(_ body: [UInt8]) throws(ResponseError) -> Value {
    do {
      return try JSONDecoder().decode(Parameters<Value>.self, from: Data(body)).params
    } catch {
      throw ResponseError(.invalidParams, "the parameters are not those of this method")
    }
  }
}

/// What the server sends.
struct Outgoing: Sendable {
  let body: [UInt8]

  private init(_ message: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      body = Array(try encoder.encode(message))
    } catch {
      preconditionFailure("strings and whole numbers can always be written as JSON: \(error)")
    }
  }

  static func result(_ result: some Encodable, for id: RequestID) -> Outgoing {
    Outgoing(Result(id: id, result: result))
  }

  static func failure(_ error: ResponseError, for id: RequestID?) -> Outgoing {
    Outgoing(Failure(id: id, error: error))
  }

  static func notification(_ method: String, _ params: some Encodable) -> Outgoing {
    Outgoing(Notification(method: method, params: params))
  }

  static func request(_ method: String, _ params: some Encodable, id: RequestID) -> Outgoing {
    Outgoing(Notification(method: method, params: params, id: id))
  }

  private struct Result<Value: Encodable>: Encodable {
    var jsonrpc = "2.0"
    var id: RequestID
    var result: Value
  }

  private struct Failure: Encodable {
    var id: RequestID?
    var error: ResponseError

    enum Key: String, CodingKey { case jsonrpc, id, error }

    /// An id that could not be read is `null`, not absent.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode("2.0", forKey: .jsonrpc)
      try container.encode(id, forKey: .id)
      try container.encode(error, forKey: .error)
    }
  }

  private struct Notification<Value: Encodable>: Encodable {
    var jsonrpc = "2.0"
    var method: String
    var params: Value
    var id: RequestID?
  }
}

/// The result of a request that has none.
struct Nothing: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encodeNil()
  }
}
