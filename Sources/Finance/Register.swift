/// The organisations by their dated rows: who there was on a day, and who belonged to whom.
package struct Register: Sendable {
  /// By code, and within one by their first day.
  package let rows: [Organisation]
  private let rowsOfCode: [String: Range<Int>]
  private let rowsOfParent: [String: [Int]]
  private let codesOfName: [String: [String]]
  private let predecessorsOfCode: [String: [String]]
  /// Whoever returns anything is on it, under its code, for good: what there is without a list of organisations.
  package let takesWhoeverReports: Bool

  package static let whoeverReports = Register([], takesWhoeverReports: true)

  package init(_ organisations: [Organisation] = []) { self.init(organisations, takesWhoeverReports: false) }

  private init(_ organisations: [Organisation], takesWhoeverReports: Bool) {
    self.takesWhoeverReports = takesWhoeverReports
    rows = organisations.sorted { left, right in
      left.code == right.code ? (left.from ?? .distantPast) < (right.from ?? .distantPast) : left.code < right.code
    }
    var ofCode: [String: Range<Int>] = [:]
    var ofParent: [String: [Int]] = [:]
    var ofName: [String: [String]] = [:]
    var predecessors: [String: [String]] = [:]
    for (index, row) in rows.enumerated() {
      ofCode[row.code] = (ofCode[row.code]?.lowerBound ?? index)..<index + 1
      if let parent = row.parent { ofParent[parent, default: []].append(index) }
      Register.note(row.code, in: &ofName[Register.folded(row.name), default: []])
      for successor in row.successors { Register.note(row.code, in: &predecessors[successor, default: []]) }
    }
    rowsOfCode = ofCode
    rowsOfParent = ofParent
    codesOfName = ofName
    predecessorsOfCode = predecessors
  }

  private static func note(_ code: String, in codes: inout [String]) {
    if codes.last != code { codes.append(code) }
  }
}

// MARK: - Who there is

extension Register {
  /// Every code that was ever on it, in order.
  package var codes: [String] { rowsOfCode.keys.sorted() }

  /// Codes and names, to suggest from when none of them was written.
  package var labels: [String] { codes + Set(rows.map(\.name)).sorted() }

  /// All rows of a code, oldest first.
  package func history(of code: String) -> ArraySlice<Organisation> {
    if let known = rowsOfCode[code] { return rows[known] }
    return takesWhoeverReports
      ? [Organisation(code: code, name: code, attributes: [:], parent: nil, from: nil, to: nil)] : []
  }

  /// Its latest row, whether or not it has ended.
  package func organisation(_ code: String) -> Organisation? { history(of: code).last }

  /// nil where it wasn't on the register that day.
  package func organisation(_ code: String, on day: Day) -> Organisation? {
    history(of: code).last { $0.isOnRegister(on: day) }
  }

  /// In order of their codes.
  package func organisations(on day: Day) -> [Organisation] {
    rows.filter { $0.isOnRegister(on: day) }
  }

  /// Those that had it as parent that day, in order of their codes.
  package func children(of code: String, on day: Day) -> [Organisation] {
    (rowsOfParent[code] ?? []).map { rows[$0] }.filter { $0.isOnRegister(on: day) }
  }

  /// The codes of those that it took over from.
  package func predecessors(of code: String) -> [String] { predecessorsOfCode[code] ?? [] }

  /// The codes of those that took over from it.
  package func successors(of code: String) -> [String] {
    history(of: code).reduce(into: []) { all, row in all += row.successors.filter { !all.contains($0) } }
  }

  /// The last day that it was on the register; nil while that is open, or for an unknown code.
  package func lastDay(of code: String) -> Day? { organisation(code)?.to }
}

// MARK: - Attributes

extension Register {
  /// `region`, `kind`, whatever other columns there are; in order.
  package var attributes: [String] { Set(rows.flatMap(\.attributes.keys)).sorted() }

  /// The distinct values that an attribute ever had, without the blank one; in order.
  package func values(of attribute: String) -> [String] {
    Set(rows.compactMap { $0.attributes[attribute] }).subtracting([""]).sorted()
  }
}

// MARK: - Finding by what was written

extension Register {
  package enum Match: Hashable, Sendable {
    case found(code: String)
    /// Several codes carry the name.
    case ambiguous(codes: [String])
    case unknown
  }

  /// By code, else by a name that is or was one organisation's alone. Case and spacing of names don't count. With a
  /// day, those on the register then go before the others.
  package func find(_ written: String, on day: Day? = nil) -> Match {
    if rowsOfCode[written] != nil { return .found(code: written) }
    var codes = codesOfName[Register.folded(written)] ?? []
    if codes.count > 1, let day {
      let then = codes.filter { organisation($0, on: day).map { Register.folded($0.name) } == Register.folded(written) }
      if !then.isEmpty { codes = then }
    }
    switch codes.count {
    case 0: return .unknown
    case 1: return .found(code: codes[0])
    default: return .ambiguous(codes: codes)
    }
  }

  private static func folded(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

// MARK: - What is wrong with it

extension Register {
  /// Something in the rows that can't be.
  package enum Flaw: Hashable, Sendable, CustomStringConvertible {
    case overlap(code: String, first: Organisation, second: Organisation)
    case endsBeforeItStarts(code: String)
    case unknownParent(code: String, parent: String)
    case unknownSuccessor(code: String, successor: String)
    case ownAncestor(code: String)

    package var description: String {
      switch self {
      case .overlap(let code, let first, let second):
        "\(code) has two rows for the same days: “\(first.name)” (\(first.days)) and “\(second.name)” (\(second.days))"
      case .endsBeforeItStarts(let code): "\(code) ends before it starts"
      case .unknownParent(let code, let parent): "\(code) is a part of \(parent), which is not on the register"
      case .unknownSuccessor(let code, let successor):
        "\(code) was succeeded by \(successor), which is not on the register"
      case .ownAncestor(let code): "\(code) is a part of itself, by way of its parents"
      }
    }
  }

  /// All of them, in order of the codes.
  package var flaws: [Flaw] {
    var flaws: [Flaw] = []
    for code in codes {
      let history = history(of: code)
      for (first, second) in zip(history, history.dropFirst())
      where (first.to ?? .distantFuture) >= (second.from ?? .distantPast) {
        flaws.append(.overlap(code: code, first: first, second: second))
      }
      for row in history {
        if let from = row.from, let to = row.to, to < from { flaws.append(.endsBeforeItStarts(code: code)) }
        if let parent = row.parent, rowsOfCode[parent] == nil {
          flaws.append(.unknownParent(code: code, parent: parent))
        }
        for successor in row.successors where rowsOfCode[successor] == nil {
          flaws.append(.unknownSuccessor(code: code, successor: successor))
        }
      }
      if isOwnAncestor(code) { flaws.append(.ownAncestor(code: code)) }
    }
    return flaws
  }

  private func isOwnAncestor(_ code: String) -> Bool {
    var seen: Set<String> = []
    var next = organisation(code)?.parent
    while let parent = next, seen.insert(parent).inserted {
      if parent == code { return true }
      next = organisation(parent)?.parent
    }
    return false
  }
}

extension Organisation {
  package func isOnRegister(on day: Day) -> Bool {
    (from ?? .distantPast) <= day && day <= (to ?? .distantFuture)
  }

  fileprivate var days: String { "\(from?.description ?? "always") to \(to?.description ?? "now")" }
}

extension Day {
  package static let distantPast = Day(daysSince1970: .min)
  package static let distantFuture = Day(daysSince1970: .max)
}
