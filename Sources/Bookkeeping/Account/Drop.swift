package import Finance
import Hashing
import Storage

/// A file that arrived, before anything is said of what is in it.
package struct Arrival: Hashable, Sendable {
  package var source: String
  /// The file's name in the inbox.
  package var name: String
  package var sha256: [UInt8]
  package var byteCount: Int
  /// As far as it was read; 0 where nothing could be.
  package var rowCount: Int
  /// A part of the drop's identity.
  package var facts: [String: String]
  /// The name under which the file was taken from the inbox, unique for ever. After a crash it tells a file that is
  /// decided and only wants moving from one that has to be read again.
  package var ticket: String?

  package init(
    source: String, name: String, sha256: [UInt8], byteCount: Int, rowCount: Int = 0, facts: [String: String] = [:],
    ticket: String? = nil
  ) {
    self.source = source
    self.name = name
    self.sha256 = sha256
    self.byteCount = byteCount
    self.rowCount = rowCount
    self.facts = facts
    self.ticket = ticket
  }

  package init(_ contents: DropContents, ticket: String? = nil) {
    self.init(
      source: contents.source, name: contents.name, sha256: contents.sha256, byteCount: contents.byteCount,
      rowCount: contents.rowCount, facts: contents.facts, ticket: ticket)
  }
}

package enum Outcome: String, Hashable, Sendable, CaseIterable { case accepted, held, rejected, duplicate }

/// What a person says of a held drop.
package struct Decision: Hashable, Sendable {
  package var held: DropID
  /// The operating system's or the authenticated name.
  package var by: String
  package var because: String

  package init(held: DropID, by: String, because: String) {
    self.held = held
    self.by = by
    self.because = because
  }
}

/// One row of `drops`: a file that arrived, and what became of it.
package struct Drop: Hashable, Sendable {
  package var id: DropID
  package var arrival: Arrival
  package var decided: Moment
  package var outcome: Outcome
  /// Why it was held or rejected, in sentences.
  package var reasons: [String]
  /// nil unless accepted.
  package var restates: Restatement?
  /// Of a duplicate, the drop whose bytes these are; of a decision, the held drop it is about.
  package var refersTo: DropID?
  package var decidedBy: String?
  package var because: String?
  /// The entry of the record that tells of it.
  package var record: RecordSequence
  /// Of a held drop, the one that settled it: its acceptance or its rejection. nil while it waits for a person.
  package var settledBy: DropID?

  package var isWaiting: Bool { outcome == .held && settledBy == nil }
}

extension Drop {
  init(_ row: Row) throws {
    let id = try row.integer(0)
    guard let outcome = Outcome(rawValue: try row.text(8)) else {
      throw StorageError(
        .damaged, "The ledger is damaged: drop \(id) has no known outcome", advice: StorageError.restoreAdvice)
    }
    self.init(
      id: id,
      arrival: Arrival(
        source: try row.text(1), name: try row.text(2), sha256: try row.bytes(3), byteCount: Int(try row.integer(5)),
        rowCount: Int(try row.integer(6)),
        facts: try JSONText.value([String: String].self, row.text(4), of: "what is known of drop \(id)"),
        ticket: try row.textOrNil(11)),
      decided: Moment(milliseconds: try row.integer(7)), outcome: outcome,
      reasons: try JSONText.value([String].self, row.text(9), of: "the reasons of drop \(id)"),
      restates: try row.textOrNil(10).flatMap(Restatement.init(rawValue:)), refersTo: try row.integerOrNil(12),
      decidedBy: try row.textOrNil(13), because: try row.textOrNil(14), record: try row.integer(15),
      settledBy: try row.integerOrNil(16))
  }

  func insert(in transaction: Transaction) throws {
    try transaction.execute(
      Statements.insertDrop, id, arrival.source, arrival.name, arrival.sha256, JSONText.text(arrival.facts),
      arrival.byteCount, arrival.rowCount, decided.milliseconds, outcome.rawValue, JSONText.text(reasons),
      restates?.rawValue, arrival.ticket, refersTo, decidedBy, because, record)
  }
}

/// What the record says of a drop, in the words of its JSON payload.
struct DropEntry: Codable, Hashable {
  var drop: DropID
  var source: String
  var name: String
  var sha256: String
  var facts: [String: String]
  var bytes: Int
  var rows: Int
  var reasons: [String]?
  var refersTo: DropID?
  var by: String?
  var because: String?
  var figures: FiguresEntry?

  init(_ drop: Drop, figures: FiguresEntry? = nil) {
    self.drop = drop.id
    source = drop.arrival.source
    name = drop.arrival.name
    sha256 = hexadecimal(drop.arrival.sha256)
    facts = drop.arrival.facts
    bytes = drop.arrival.byteCount
    rows = drop.arrival.rowCount
    reasons = drop.reasons.isEmpty ? nil : drop.reasons
    refersTo = drop.refersTo
    by = drop.decidedBy
    because = drop.because
    self.figures = figures
  }
}

/// What an accepted drop did to the ledger.
struct FiguresEntry: Codable, Hashable {
  var restates: String
  var versions: Int
  var cells: Int
  var restated: Int
  var withdrawn: Int
  /// Bodies that the restated drops spoke of and this one does not, which keep their figures; the first hundred.
  var kept: [String]
  var keptAndMore: Bool?
  /// `Ledger.figuresHash`: hangs the versions on the chain.
  var hash: String
}
