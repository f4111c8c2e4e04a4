import Diagnostics
import Finance

/// Turns expressions as written into nodes. What is wrong is reported where it stands, once; nil then stands for a value
/// about which nothing more is said.
final class ExpressionChecker {
  let declarations: Declarations
  let library: FunctionLibrary
  let builder: ProgramBuilder
  let findings: Findings
  let sources: [SourceText]
  /// Lets already unfolded, with those that came to nothing.
  var unfolded: [UnfoldedLet: NodeID?] = [:]
  /// Those among them, whatever the scope.
  var letsUnfolded: Set<LetName> = []
  /// What expressions come to, where someone asks for it.
  var recording: Recording?
  /// Which lets each rule reads, for its version and for the arithmetic.
  var letsRead: [LetName: Set<NodeID>] = [:]
  /// Frames of the rules by name, which `breach(rule)` asks for; nil for one that is broken.
  var ruleFrames: [String: Frame?] = [:]

  init(
    declarations: Declarations, library: FunctionLibrary, builder: ProgramBuilder, findings: Findings,
    sources: [SourceText]
  ) {
    self.declarations = declarations
    self.library = library
    self.builder = builder
    self.findings = findings
    self.sources = sources
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
      return combine(expression, [value, low, high], scope) { ids throws(Misuse) in
        try self.builder.both(
          try self.builder.compare(.greaterOrEqual, ids[0], ids[1]),
          try self.builder.compare(.lessOrEqual, ids[0], ids[2]))
      }
    case .isIn(let value, let list, let negated):
      if isUnquoted(list, comparedWith: value, in: scope) { return nil }
      return combine(expression, [value] + list, scope) { ids throws(Misuse) in
        var result: NodeID?
        for id in ids.dropFirst() {
          let equal = try self.builder.compare(.equal, ids[0], id)
          result = if let result { try self.builder.either(result, equal) } else { equal }
        }
        guard let result else { preconditionFailure("a list of values has one at least") }
        return negated ? try self.builder.not(result) : result
      }
    case .slice(let operand, let slice):
      guard let chosen = self.slice(slice) else { return nil }
      var inner = scope
      inner.slice = scope.slice.narrowed(by: chosen)
      return check(operand, in: inner)
    case .member(let operand, let member):
      return tally(expression, of: operand, member, in: scope)
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

  private func literal(_ literal: Literal, _ frame: Frame) throws(Misuse) -> NodeID {
    switch literal {
    case .money(let number, let written):
      let meant = written.unicodeScalars.first.flatMap { Currency(symbol: $0) }?.code ?? written
      guard meant == builder.currency.code else {
        let prefix = builder.currency.prefix
        throw Misuse(
          .foreignCurrency, "the rules are in \(builder.currency.code)", operand: nil, written,
          fix: { _ in DecimalText.money(Quotient(number), prefix, inList: false) })
      }
      return try builder.amount(Quotient(number), .money, frame: frame)
    case .percent(let number): return try builder.quotient(Quotient(number, power: -2), .ratio, frame: frame)
    case .points(let number): return try builder.quotient(Quotient(number, power: -2), .points, frame: frame)
    case .number(let number): return try builder.quotient(Quotient(number), .number, frame: frame)
    case .text(let text): return try builder.make(.text(text), .text, frame: frame)
    case .truth(let truth): return try builder.make(.truth(truth), .truth, frame: frame)
    case .period(let year, let month):
      if let misuse = misuse(of: year) { throw misuse }
      return try builder.make(.period(Period(year: year.year, month: month)), .period, frame: frame)
    case .date(let day): return try builder.make(.date(day), .date, frame: frame)
    case .periods:
      throw Misuse(
        .argumentUnfit, "a number of periods is no value; it says to a function over how many it is taken",
        fix: { _ in "moving_average(…, 3 periods)" })
    }
  }

  /// `2013-14` is said where a year spans two calendar years, `2025` where it is one.
  func misuse(of year: WrittenYear) -> Misuse? {
    guard year.isSplit == builder.calendar.followsCalendarYear else { return nil }
    let label = builder.calendar.label(ofYear: year.year)
    return Misuse(
      .malformedPeriod, "a year starts in \(Words.months[builder.calendar.firstMonth - 1]) and is written `\(label)`",
      fix: { _ in label })
  }

  // MARK: Putting together, and saying what is wrong

  /// The operands checked, all of them, and put together if every one came to something.
  func combine(
    _ expression: Expression, _ operands: [Expression], _ scope: Scope,
    _ make: ([NodeID]) throws(Misuse) -> NodeID
  ) -> NodeID? {
    let ids = operands.map { check($0, in: scope) }
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
