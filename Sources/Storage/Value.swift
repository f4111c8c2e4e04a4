import Foundation
import GRDB

/// What a statement may be given for a `?`: a whole number, text, bytes, or any of them missing.
package protocol Storable {
  var stored: StoredValue { get }
}

package enum StoredValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
}

extension Int64: Storable { package var stored: StoredValue { .integer(self) } }
extension Int: Storable { package var stored: StoredValue { .integer(Int64(self)) } }
extension Int32: Storable { package var stored: StoredValue { .integer(Int64(self)) } }
extension UInt32: Storable { package var stored: StoredValue { .integer(Int64(self)) } }
extension Bool: Storable { package var stored: StoredValue { .integer(self ? 1 : 0) } }
extension String: Storable { package var stored: StoredValue { .text(self) } }
extension [UInt8]: Storable { package var stored: StoredValue { .bytes(self) } }
extension Optional: Storable where Wrapped: Storable {
  package var stored: StoredValue { map(\.stored) ?? .null }
}

extension StoredValue {
  var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .bytes(let bytes): Data(bytes).databaseValue
    }
  }
}

/// One row of a query's result, alive only while the closure that got it runs. Columns count from 0.
///
/// A value of another kind than asked for means that the file is damaged (tables are STRICT): it throws `.damaged`.
package struct Row {
  let row: GRDB.Row
  let path: String

  package func integer(_ column: Int) throws(StorageError) -> Int64 {
    guard case .int64(let number) = value(column) else { throw damaged(column, "a whole number") }
    return number
  }

  package func text(_ column: Int) throws(StorageError) -> String {
    guard case .string(let text) = value(column) else { throw damaged(column, "text") }
    return text
  }

  package func bytes(_ column: Int) throws(StorageError) -> [UInt8] {
    guard case .blob(let data) = value(column) else { throw damaged(column, "bytes") }
    return [UInt8](data)
  }

  package func isNull(_ column: Int) -> Bool {
    if case .null = value(column) { true } else { false }
  }

  package func integerOrNil(_ column: Int) throws(StorageError) -> Int64? {
    isNull(column) ? nil : try integer(column)
  }

  package func textOrNil(_ column: Int) throws(StorageError) -> String? { isNull(column) ? nil : try text(column) }

  package func bytesOrNil(_ column: Int) throws(StorageError) -> [UInt8]? { isNull(column) ? nil : try bytes(column) }

  private func value(_ column: Int) -> DatabaseValue.Storage { (row[column] as DatabaseValue).storage }

  private func damaged(_ column: Int, _ expected: String) -> StorageError {
    StorageError(
      .damaged, "\(path) is damaged: column \(row.columnNames.dropFirst(column).first ?? "?") should be \(expected)",
      advice: StorageError.restoreAdvice)
  }
}
