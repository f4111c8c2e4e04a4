import Hashing
package import Storage

/// The first entry at which the record is not what it was.
package struct RecordFault: Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// The payload's bytes are not those that were recorded.
    case payloadEdited
    /// Its sequence, time, kind or hashes are not those that were recorded, or what came before it is not.
    case edited
    /// There is no entry of that sequence.
    case missing
    /// The record ends before it.
    case cutOff
    /// The chain holds together, but it is not the one that the outside head was of.
    case rewritten
  }

  package var kind: Kind
  package var sequence: RecordSequence

  package var description: String {
    switch kind {
    case .payloadEdited: "Record \(sequence): its text was changed after it was written"
    case .edited: "Record \(sequence): it, or its place, was changed after it was written"
    case .missing: "Record \(sequence) was removed"
    case .cutOff: "Record \(sequence) and what followed were cut off"
    case .rewritten: "Record \(sequence), or one before it, was rewritten: its hash is not that of the outside head"
    }
  }
}

extension Record {
  /// Walks the whole chain.
  ///
  /// - Parameter heads: heads kept outside (a webhook, a log line). Without one, a record that was cut off at its end,
  ///   or rewritten as a whole, cannot be told from a good one.
  /// - Returns: the first fault, or nil.
  package static func verify(against heads: [RecordHead] = [], in reading: some Reading) throws -> RecordFault? {
    let outside = Dictionary(grouping: heads, by: \.sequence)
    var previous = RecordHead.beforeTheFirst
    var fault: RecordFault?
    try forEach(from: .min, in: reading) { entry in
      guard fault == nil else { return }
      if let kind = entry.fault(after: previous) {
        fault = RecordFault(kind: kind, sequence: min(entry.sequence, previous.sequence + 1))
      } else if let others = outside[entry.sequence], others.contains(where: { $0.hash != entry.hash }) {
        fault = RecordFault(kind: .rewritten, sequence: entry.sequence)
      }
      previous = RecordHead(sequence: entry.sequence, hash: entry.hash)
    }
    if fault == nil, let furthest = outside.keys.max(), furthest > previous.sequence {
      fault = RecordFault(kind: .cutOff, sequence: previous.sequence + 1)
    }
    return fault
  }
}

extension RecordEntry {
  fileprivate func fault(after previous: RecordHead) -> RecordFault.Kind? {
    if sequence != previous.sequence + 1 { return .missing }
    if hash != expectedHash(after: previous.hash) { return .edited }
    if let payload, SHA256.digest(of: payload) != payloadHash { return .payloadEdited }
    return nil
  }
}
