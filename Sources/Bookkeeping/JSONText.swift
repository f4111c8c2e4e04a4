import Foundation
package import Storage

/// JSON with its keys sorted, so that equal values give equal bytes: what is hashed, and what is compared in SQL.
package enum JSONText {
  package static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value))
  }

  package static func text(_ value: some Encodable) throws -> String { String(decoding: try bytes(value), as: UTF8.self) }

  /// - Throws: `StorageError` `.damaged`: what is in the ledger was written by `text`.
  package static func value<Value: Decodable>(_ type: Value.Type, _ text: String, of what: @autoclosure () -> String)
    throws(StorageError) -> Value
  {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw StorageError(
        .damaged, "The ledger is damaged: \(what()) cannot be read", advice: StorageError.restoreAdvice)
    }
  }
}
