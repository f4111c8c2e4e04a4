import Diagnostics
import Finance

// Calls of library functions.

extension ExpressionChecker {
  func call(_ expression: Expression, _ name: Name, _ written: [Expression], in scope: Scope) -> NodeID? {
    guard let function = library.functions[name.text] else {
      let meant = findings.isOpen ? library.names(meantBy: name.text) : []
      findings.add(
        .unknownFunction, "there is no function `\(name.text)`", at: name.span,
        fix: meant.isEmpty
          ? (["if", "iif", "case", "switch"].contains(name.text.lowercased())
            ? "`only when` and a condition, or a band with `when` for each case" : nil)
          : "did you mean " + Wording.list(meant.map(Wording.quoted), "or") + "?",
        // Another word for it may take other arguments.
        repairs: meant.map { .replacing(name.span, with: $0, isCertain: library.synonyms[name.text] == nil) })
      return nil
    }
    let fewest = function.parameters.count { !$0.isOptional }
    guard (fewest...function.parameters.count).contains(written.count) else {
      let message =
        if written.count < fewest {
          "too few arguments: `\(function.parameters[written.count].name)` is missing"
        } else {
          "too many arguments"
        }
      findings.add(
        .wrongArguments, "`\(name.text)` is given \(message)", at: expression.span,
        Wording.count(written.count, "argument"), fix: function.signature)
      return nil
    }
    let cells: Population?
    if let place = function.parameters.firstIndex(where: { $0.kind == .dimension }) {
      cells = self.cells(of: written[place], in: scope)
      if cells == nil { return nil }
    } else {
      cells = nil
    }
    let arguments = zip(function.parameters, written).map { argument($1, for: $0, of: name, cells, in: scope) }
    guard !arguments.contains(where: { $0 == nil }) else { return nil }
    return attempt(expression, written) { () throws(Misuse) in
      let call = FunctionCall(
        name: name.text, arguments: try builder.besideUnitPrices(arguments.compactMap { $0 }), frame: scope.frame,
        builder: builder, coverage: scope.coverage)
      try call.check(function)
      return try function.lower(call)
    }
  }

  /// The cells of a dimension, as a population of the subject.
  private func cells(of written: Expression, in scope: Scope) -> Population? {
    guard case .name(let dimension) = written.kind, declarations.dimensions.contains(dimension) else {
      let named: String? = if case .name(let name) = written.kind { name } else { nil }
      findings.add(
        .unknownDimension, named.map { "there is no dimension `\($0)`" } ?? "the name of a dimension is expected",
        at: written.span, fix: spellings.dimensions.question(named ?? ""))
      return nil
    }
    return population(
      PopulationSyntax(
        head: Name(text: dimension, span: written.span), isAnywhere: false, span: written.span), in: scope)
  }

  private func argument(
    _ written: Expression, for parameter: RuleFunction.Parameter, of function: Name, _ cells: Population?,
    in scope: Scope
  ) -> FunctionCall.Argument? {
    switch parameter.kind {
    case .expression:
      return check(written, in: scope).map { .value($0) }
    case .cellExpression:
      guard let cells else { preconditionFailure("a function of cells names their dimension") }
      var inner = scope.inside(cells.members)
      // A slice on the whole call is a slice on what it takes.
      inner.slice = scope.slice
      return check(written, in: inner).map { .value($0) }
    case .dimension:
      return cells.map { .cells($0) }
    case .ownersExpression:
      guard let owner = scope.outward.last else {
        findings.add(
          .ownOutsidePopulation,
          "`\(function.text)` speaks of the subject from inside a population, as in count(… over peers)",
          at: written.span)
        return nil
      }
      var outer = scope
      outer.frame = owner.frame
      outer.slice = owner.slice
      outer.outward.removeLast()
      return check(written, in: outer).map { .value($0) }
    case .wholeNumber(let range):
      guard case .literal(.number(let number)) = written.kind, let whole = number.whole.map(Int.init),
        range.contains(whole)
      else {
        findings.add(
          .outOfRange, "`\(parameter.name)` is a whole number from \(range.lowerBound) to \(range.upperBound)",
          at: written.span)
        return nil
      }
      return .whole(whole)
    case .periods(let range):
      guard case .literal(.periods(let count)) = written.kind, range.contains(count) else {
        let fix: String? =
          if case .literal(.number) = written.kind { "\(self.written(written.span)) periods" } else { nil }
        findings.add(
          .outOfRange, "`\(parameter.name)` is a number of periods, from \(range.lowerBound) to \(range.upperBound)",
          at: written.span, fix: fix ?? "\(range.lowerBound) periods")
        return nil
      }
      return .whole(count)
    case .start:
      guard case .from(let start) = written.kind, case .literal(.period(let year, let month)) = start.kind else {
        findings.add(
          .outOfRange, "`\(parameter.name)` is the period at which it starts", at: written.span,
          fix: "from 2013-14 M4")
        return nil
      }
      if let misuse = builder.constants.misuse(of: year) {
        report(misuse, year.span, [])
        return nil
      }
      return .period(Period(year: year.year, month: month))
    case .day:
      guard case .literal(.date(let day)) = written.kind else {
        findings.add(
          .argumentUnfit, "`\(parameter.name)` is a day, written out", at: written.span, fix: "2014-03-31")
        return nil
      }
      return .day(day)
    case .rule:
      return ruleArgument(written, in: scope)
    }
  }

  private func ruleArgument(_ written: Expression, in scope: Scope) -> FunctionCall.Argument? {
    guard case .name(let rule) = written.kind else {
      findings.add(.unknownRule, "a rule's name is expected", at: written.span)
      return nil
    }
    guard let frame = ruleFrames[rule] else {
      if !declarations.broken.contains(rule) {
        findings.add(
          .unknownRule, "there is no rule `\(rule)`", at: written.span,
          fix: spellings.rules.question(rule),
          repairs: spellings.rules.repairs(rule, at: written.span))
      }
      return nil
    }
    guard let frame else { return nil }
    guard frame == scope.frame else {
      findings.add(
        .unlikeSubjects, "the rule `\(rule)` is about \(frame.spoken); the subject here is \(scope.frame.spoken)",
        at: written.span, fix: frame.hasOrganisation ? "count(breach(\(rule)) over organisation)" : nil)
      return nil
    }
    return .rule(rule)
  }
}
