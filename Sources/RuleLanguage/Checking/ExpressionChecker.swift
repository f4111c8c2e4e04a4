import Diagnostics
import Finance

/// Turns expressions as written into nodes. What is wrong is reported where it stands, once; nil then stands for a value
/// about which nothing more is said.
final class ExpressionChecker {
  let declarations: Declarations
  /// As they were declared.
  let tables: [Table]
  let library: FunctionLibrary
  let builder: ProgramBuilder
  let findings: Findings
  let spellings: Spellings
  let sources: [SourceText]
  /// Lets already unfolded, with those that came to nothing.
  var unfolded: [UnfoldedLet: NodeID?] = [:]
  /// Those among them, whatever the scope.
  var letsUnfolded: Set<LetName> = []
  /// Lets that came to nothing while they were tried: nothing of it has been reported.
  var unfoldedInVain: Set<UnfoldedLet> = []
  /// Of rules, by their place; each made ready when it is first asked for.
  private var ownLets: [Int: [String: LetSyntax]] = [:]
  /// What expressions come to, where someone asks for it.
  var recording: Recording?
  /// Which lets each rule reads, for its version and for the arithmetic.
  var letsRead: [LetName: Set<NodeID>] = [:]
  /// Frames of the rules by name, which `breach(rule)` asks for; nil for one that is broken.
  var ruleFrames: [String: Frame?] = [:]

  init(
    declarations: Declarations, tables: [Table], library: FunctionLibrary, builder: ProgramBuilder,
    findings: Findings, sources: [SourceText]
  ) {
    self.declarations = declarations
    self.tables = tables
    self.library = library
    self.builder = builder
    self.findings = findings
    spellings = Spellings(declarations)
    self.sources = sources
  }

  func ownLets(of rule: Int) -> [String: LetSyntax] {
    if let known = ownLets[rule] { return known }
    let lets = declarations.rules[rule].lets
    let byName = Dictionary(lets.map { ($0.name.text, $0) }) { first, _ in first }
    ownLets[rule] = byName
    return byName
  }

  func check(_ expression: Expression, in scope: Scope) -> NodeID? {
    guard !builder.isExhausted else { return nil }
    let id = meaning(of: expression, in: scope)
    if let recording, let id { recording.note(builder[id], at: expression.span) }
    return id
  }

  private func meaning(of expression: Expression, in scope: Scope) -> NodeID? {
    switch expression.kind {
    case .literal(let literal):
      return attempt(expression, []) { () throws(Misuse) in try self.literal(literal, scope.frame) }
    case .name(let name):
      return self.name(name, at: expression.span, in: scope)
    case .negated(let operand):
      return combine(expression, [operand], scope) { ids throws(Misuse) in try self.builder.negate(ids[0]) }
    case .not(let operand):
      return combine(expression, [operand], scope) { ids throws(Misuse) in try self.builder.not(ids[0]) }
    case .binary(let operation, let left, let right):
      if case .compare(let comparison) = operation, comparison == .equal || comparison == .notEqual,
        isUnquoted([right], comparedWith: left, in: scope)
      {
        return nil
      }
      return combine(expression, [left, right], scope) { ids throws(Misuse) in
        try self.binary(operation, ids[0], ids[1])
      }
    case .between(let value, let low, let high):
      return combine(expression, comparing(value, with: [(.greaterOrEqual, low), (.lessOrEqual, high)], scope)) {
        ids throws(Misuse) in try self.builder.both(ids[0], ids[1])
      }
    case .isIn(let value, let list, let negated):
      if isUnquoted(list, comparedWith: value, in: scope) { return nil }
      return combine(expression, comparing(value, with: list.map { (.equal, $0) }, scope)) { ids throws(Misuse) in
        var result = ids[0]
        for id in ids.dropFirst() { result = try self.builder.either(result, id) }
        return negated ? try self.builder.not(result) : result
      }
    case .slice(let operand, let slice):
      if reportsTableInBrackets(operand, slice, expression) { return nil }
      guard let chosen = self.slice(slice) else { return nil }
      var inner = scope
      inner.slice = scope.slice.narrowed(by: chosen)
      return check(operand, in: inner)
    case .member(let operand, let member):
      if case .name(let name) = operand.kind, let table = declarations.tableIndex[name] {
        return lookup(table, member, expression, in: scope)
      }
      return aggregateMember(expression, of: operand, member, in: scope)
    case .call(let name, let arguments):
      return call(expression, name, arguments, in: scope)
    case .from:
      findings.add(
        .expectedSomethingElse, "`from` and a period stand among the arguments of a function that starts there",
        at: expression.span, fix: "cumulative(…, from 2013-14 M4)")
      return nil
    case .aggregate(let aggregate):
      return self.aggregate(expression, aggregate, in: scope)
    }
  }

  private func binary(_ operation: BinaryOperator, _ left: NodeID, _ right: NodeID) throws(Misuse) -> NodeID {
    switch operation {
    case .add: try builder.add(left, right)
    case .subtract: try builder.subtract(left, right)
    case .multiply: try builder.multiply(left, right)
    case .divide: try builder.divide(left, right)
    case .compare(let comparison): try builder.compare(comparison, left, right)
    case .and: try builder.both(left, right)
    case .or: try builder.either(left, right)
    }
  }

  /// A value compared with several others, each by itself: what is wrong with one is said of that one, and of all at once.
  private func comparing(
    _ value: Expression, with others: [(comparison: Comparison, expression: Expression)], _ scope: Scope
  ) -> [NodeID?] {
    let id = check(value, in: scope)
    let ids = others.map { check($0.expression, in: scope) }
    return zip(others, ids).map { other, otherID in
      guard let id, let otherID else { return nil }
      return attempt(value, [value, other.expression]) { () throws(Misuse) in
        try self.builder.compare(other.comparison, id, otherID)
      }
    }
  }

  private func literal(_ literal: Literal, _ frame: Frame) throws(Misuse) -> NodeID {
    let (value, type) = try builder.constants.value(of: literal)
    return switch value {
    case .amount(let amount): try builder.make(.amount(amount), type, frame: frame)
    case .quotient(let quotient): try builder.quotient(quotient, type, frame: frame)
    case .text(let text): try builder.make(.text(text), type, frame: frame)
    case .truth(let truth): try builder.make(.truth(truth), type, frame: frame)
    case .period(let period): try builder.make(.period(period), type, frame: frame)
    case .date(let day): try builder.make(.date(day), type, frame: frame)
    case .severity: preconditionFailure("no literal is a severity")
    }
  }

  // MARK: Putting together, and saying what is wrong

  /// The operands checked, all of them, and put together if every one came to something.
  func combine(
    _ expression: Expression, _ operands: [Expression], _ scope: Scope,
    _ make: ([NodeID]) throws(Misuse) -> NodeID
  ) -> NodeID? {
    combine(expression, operands.map { check($0, in: scope) }, operands, make)
  }

  /// Nil where one of them is.
  private func combine(
    _ expression: Expression, _ ids: [NodeID?], _ operands: [Expression] = [],
    _ make: ([NodeID]) throws(Misuse) -> NodeID
  ) -> NodeID? {
    guard !ids.contains(nil) else { return nil }
    return attempt(expression, operands) { () throws(Misuse) in try make(ids.compactMap { $0 }) }
  }

  func attempt(
    _ expression: Expression, _ operands: [Expression], _ make: () throws(Misuse) -> NodeID
  ) -> NodeID? {
    do throws(Misuse) {
      return try make()
    } catch {
      report(error, expression.span, operands.map(\.span))
      return nil
    }
  }

  func report(_ misuse: Misuse, _ whole: Span, _ operands: [Span]) {
    func place(_ operand: Int) -> Span { operands.indices.contains(operand) ? operands[operand] : whole }
    let texts = operands.map(written)
    let repairs = misuse.rewritings.map { $0(operands.map(exactly)) } ?? []
    // Titles are for reading: the operands on one line, and not too long.
    let titles = misuse.rewritings.map { $0(texts).map(\.title) } ?? []
    findings.add(
      misuse.code, misuse.message, at: misuse.operand.map(place) ?? whole, misuse.label,
      also: misuse.others.sorted { $0.key < $1.key }.map { Diagnostic.Label(place($0.key), $0.value) },
      fix: misuse.fix.map { $0(texts) },
      repairs: zip(titles, repairs).map { title, rewriting in
        let edits = rewriting.parts.map { part, text in
          if case .operand(let operand) = part { Edit(place(operand), text) } else { Edit(whole, text) }
        }
        return Repair(title, edits.sorted { $0.span.start < $1.span.start }, isCertain: rewriting.isCertain)
      })
  }

  private func exactly(_ span: Span) -> String {
    String(decoding: sources[Int(span.text)].bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }

  /// A stretch of a file on one line, for a suggestion.
  func written(_ span: Span) -> String {
    let bytes = sources[Int(span.text)].bytes[Int(span.start)..<Int(span.end)]
    let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0.isNewline }
    let text = words.joined(separator: " ")
    return text.count <= 60 ? text : "…"
  }
}
