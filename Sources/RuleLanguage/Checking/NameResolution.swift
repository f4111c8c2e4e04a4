import Diagnostics
import Finance

// What a name in an expression means: a let, a measure, what the register says, a key of the frame.

extension ExpressionChecker {
  func name(_ name: String, at span: Span, in scope: Scope) -> NodeID? {
    let place = Expression(.name(name), span: span)
    if let rule = scope.rule, let binding = ruleLet(name, of: rule) {
      return unfold(binding, LetName(rule: rule, name: name), at: span, in: scope)
    }
    if let binding = declarations.lets[name] {
      return unfold(binding, LetName(rule: nil, name: name), at: span, in: scope)
    }
    if let table = declarations.tableIndex[name] {
      reportTable(table, at: span, "`\(name)` is a table; its values stand in columns")
      return nil
    }
    if let measure = declarations.measureIndex[name] { return self.measure(measure, at: span, in: scope) }
    if declarations.broken.contains(name) || isBrokenLet(name, of: scope.rule) { return nil }
    if name == "watched", scope.isWatchBroken { return nil }
    return attempt(place, []) { () throws(Misuse) in
      switch name {
      case "watched":
        if let watched = scope.watched { return watched }
        throw Misuse(
          .unknownName,
          scope.rule.map { self.declarations.rules[$0].watches } ?? true
            ? "`watched` is the value of `watch`, for messages and the conditions behind it"
            : "the rule watches nothing, so that `watched` is nothing", fix: { _ in "the expression itself" })
      case "period":
        return try self.builder.make(.thisPeriod, .period, frame: scope.frame)
      case "info", "amber", "red":
        let severity = Severity.allCases.first { $0.word == name } ?? .info
        return try self.builder.make(.severity(severity), .severity, frame: scope.frame)
      default:
        return try self.registered(name, scope)
      }
    }
  }

  /// An attribute of the organisation, or a key of the frame.
  private func registered(_ name: String, _ scope: Scope) throws(Misuse) -> NodeID {
    let frame = scope.frame
    if frame.keys.contains(.dimension(name)) {
      return try builder.make(.key(.dimension(name)), .text, frame: frame)
    }
    if declarations.dimensions.contains(name) {
      throw Misuse(
        .subjectUnfit, "`\(name)` is a dimension; the subject here is \(frame.spoken)",
        fix: { _ in "a slice, as in actual[\(name) is \"…\"]" })
    }
    let isAttribute = declarations.attributes.contains(name)
    guard isAttribute || name == "organisation" || name == "code" else {
      // Asked here, where the names are at hand, and of what is shown alone.
      let near = findings.isOpen ? names(in: scope).nearest(to: name) : []
      let meant = near.isEmpty ? (Words.synonymsOfNames[name] ?? []).filter(isKnown) : near
      var misuse = Misuse(
        .unknownName, "nothing is called `\(name)`",
        rewritings: { _ in meant.map { Misuse.Rewriting($0, [.whole: $0], isCertain: !near.isEmpty) } })
      if !meant.isEmpty {
        let question = "did you mean " + Wording.list(meant.map { Wording.quoted($0) }, "or") + "?"
        misuse.fix = { _ in question }
      } else if Words.unknowns.contains(name) {
        misuse.fix = { _ in "not reported(x), where x was not returned; if_unknown(x, …), for what is then taken" }
      } else if declarations.broken.isEmpty {
        misuse.fix = { _ in "declare it, as in let \(name) = …; a text stands in quotation marks" }
      }
      throw misuse
    }
    if frame.hasOrganisation { return try builder.make(.attribute(name), .text, frame: frame) }
    if isAttribute, frame.keys.contains(.attribute(name)) {
      return try builder.make(.key(.attribute(name)), .text, frame: frame)
    }
    throw Misuse(
      .subjectUnfit, "`\(name)` is said of one organisation; the subject here is \(frame.spoken)",
      fix: { _ in "`for each organisation`, or names(… over organisation)" })
  }

  /// Every name that an expression here may use.
  private func names(in scope: Scope) -> Vocabulary {
    let own = scope.rule.map { Array(ownLets(of: $0).keys) } ?? []
    let watches = scope.rule.map { declarations.rules[$0].watches } ?? false
    return spellings.names.adding(own + (watches ? ["watched"] : []))
  }

  /// Of the words for what every rule set has.
  private func isKnown(_ name: String) -> Bool {
    declarations.attributes.contains(name) || Declarations.builtIn.contains(name)
  }

  /// `kind is pct`: a text that lacks its quotation marks, which is reported; a word that has a meaning is left alone.
  func isUnquoted(_ values: [Expression], comparedWith left: Expression, in scope: Scope) -> Bool {
    guard case .name(let attribute) = left.kind,
      declarations.attributes.contains(attribute) || declarations.dimensions.contains(attribute)
        || ["organisation", "code"].contains(attribute)
    else { return false }
    let others = Array(declarations.broken) + Declarations.builtIn
    var isUnquoted = false
    for value in values {
      guard case .name(let name) = value.kind, !declarations.isName(name), !declarations.broken.contains(name),
        scope.rule.flatMap({ ruleLet(name, of: $0) }) == nil, !isBrokenLet(name, of: scope.rule),
        !findings.isOpen || names(in: scope).adding(others).nearest(to: name, limit: 1).isEmpty
      else { continue }
      findings.add(
        .unknownName, "nothing is called `\(name)`", at: value.span, "a text stands in quotation marks",
        repairs: quoting(value))
      isUnquoted = true
    }
    return isUnquoted
  }

  private func measure(_ index: Int, at span: Span, in scope: Scope) -> NodeID? {
    let measure = declarations.measures[index]
    guard scope.frame.hasOrganisation else {
      findings.add(
        .bareMeasure, "`\(measure.name)` is read where the subject is \(scope.frame.spoken)", at: span,
        "of which organisations?", also: use(of: scope),
        // A parent and its parts would be added together: whom to leave out is for a person to say.
        repairs: [.replacing(span, with: "sum(\(measure.name) over organisation)", isCertain: false)])
      return nil
    }
    let asked = scope.slice.dimensions.union(
      scope.frame.keys.compactMap { key in
        if case .dimension(let name) = key { name } else { nil }
      })
    for dimension in asked.sorted() where !measure.dimensions.contains(dimension) {
      let has = measure.dimensions.isEmpty ? "none" : Wording.list(measure.dimensions)
      findings.add(
        .unknownDimension, "`\(measure.name)` has no dimension `\(dimension)`", at: span, "it has \(has)",
        also: use(of: scope),
        fix: "measure \(measure.name) … by \((measure.dimensions + [dimension]).joined(separator: ", "))")
      return nil
    }
    return attempt(Expression(.name(measure.name), span: span), []) { () throws(Misuse) in
      try self.builder.make(
        .cells(measure: index, slice: scope.slice), measure.type, basis: measure.basis, adverse: measure.adverse,
        frame: scope.frame)
    }
  }

  /// Where the let that is being unfolded is used: what is wrong inside it may hang on that.
  private func use(of scope: Scope) -> [Diagnostic.Label] {
    scope.unfolding.first.map { [Diagnostic.Label($0.use, "used here")] } ?? []
  }

  // MARK: Tables

  /// `limits.amber`, for the subject's own value of what the table goes by.
  func lookup(_ index: Int, _ column: Name, _ expression: Expression, in scope: Scope) -> NodeID? {
    let table = tables[index]
    guard let number = table.columns.firstIndex(where: { $0.name == column.text }) else {
      reportTable(index, at: column.span, "the table `\(table.name)` has no column `\(column.text)`", near: column.text)
      return nil
    }
    return attempt(expression, []) { () throws(Misuse) in
      let key = table.isByYear ? nil : try self.registered(table.key, scope)
      return try self.builder.make(
        .lookup(table: index, column: number, key: key), table.columns[number].type, frame: scope.frame)
    }
  }

  /// `limits[red]`: a table's column stands behind a point.
  func reportsTableInBrackets(_ operand: Expression, _ slice: Expression, _ whole: Expression) -> Bool {
    guard case .name(let name) = operand.kind, let table = declarations.tableIndex[name] else { return false }
    let column: String? =
      switch slice.kind {
      case .name(let column), .literal(.text(let column)): column
      default: nil
      }
    let known = tables[table].columns.map(\.name)
    let meant = column.flatMap { known.contains($0) ? $0 : nil }
    findings.add(
      .expectedSomethingElse, "a column of the table `\(name)` stands behind a point", at: whole.span,
      fix: meant == nil ? Wording.list(known.map { "\(name).\($0)" }, "or", most: 4) : nil,
      repairs: meant.map { [.replacing(whole.span, with: "\(name).\($0)")] } ?? [])
    return true
  }

  private func reportTable(_ index: Int, at span: Span, _ message: String, near written: String? = nil) {
    let syntax = declarations.tables[index]
    // A column may have stood in what could not be read.
    guard !syntax.isIncomplete else { return }
    let columns = tables[index].columns.map(\.name)
    findings.add(
      .unknownColumn, message, at: span, also: [Diagnostic.Label(syntax.name.span, "declared here")],
      fix: written.flatMap { Suggestion.question($0, among: columns) }
        ?? Wording.list(columns.map { written == nil ? "\(syntax.name.text).\($0)" : $0 }, "or"),
      repairs: written.map { Suggestion.repairs($0, at: span, among: columns) } ?? [])
  }

  // MARK: Lets

  private func ruleLet(_ name: String, of rule: Int) -> LetSyntax? { ownLets(of: rule)[name] }

  private func isBrokenLet(_ name: String, of rule: Int?) -> Bool {
    rule.map { declarations.rules[$0].brokenLets.contains(name) } ?? false
  }

  /// The let's expression as it is here.
  private func unfold(_ binding: LetSyntax, _ name: LetName, at span: Span, in scope: Scope) -> NodeID? {
    let key = UnfoldedLet(
      name: name, frame: scope.frame, outward: scope.outward, slice: scope.slice, coverage: scope.coverage)
    if let known = unfolded[key] {
      if let known { letsRead[name, default: []].insert(known) }
      return known
    }
    if findings.isQuiet, unfoldedInVain.contains(key) { return nil }
    if let start = scope.unfolding.firstIndex(where: { $0.name == name }) {
      let circle = scope.unfolding[start...].map(\.name.name) + [name.name]
      findings.add(
        .circularLets, "`\(name.name)` is defined by itself", at: span, circle.joined(separator: " → "),
        also: [Diagnostic.Label(binding.name.span, "declared here")])
      return nil
    }
    guard scope.depth + binding.value.depth <= ExpressionChecker.deepest else {
      findings.add(.expandsTooFar, "too many lets are built on one another", at: span)
      return nil
    }
    var inner = scope
    inner.unfolding.append((name, span))
    inner.depth += binding.value.depth
    inner.watched = nil
    // A let at the left margin sees no rule's lets.
    inner.rule = name.rule
    let result = check(binding.value, in: inner)
    // What came to nothing unseen is not to be taken for something that was reported.
    if result == nil, findings.isQuiet {
      unfoldedInVain.insert(key)
      return nil
    }
    unfolded[key] = .some(result)
    letsUnfolded.insert(name)
    if let result { letsRead[name, default: []].insert(result) }
    return result
  }

  /// The lets that each node is the value of.
  var letsByNode: [NodeID: [LetName]] {
    var result: [NodeID: [LetName]] = [:]
    for (name, ids) in letsRead {
      for id in ids { result[id, default: []].append(name) }
    }
    return result
  }

  /// A let that nothing reads still has to mean something, in one of two places where it might be read.
  func checkIfUnused(_ binding: LetSyntax, in scope: Scope, or other: Scope) {
    let name = LetName(rule: scope.rule, name: binding.name.text)
    guard !letsUnfolded.contains(name) else { return }
    let isGoodThere = findings.quietly { self.name(name.name, at: binding.name.span, in: other) != nil }
    if isGoodThere { return }
    _ = self.name(name.name, at: binding.name.span, in: scope)
  }

  /// Of expressions inside one another, through the lets: each takes some of the stack.
  static let deepest = 400
}
