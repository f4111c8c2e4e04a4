import Diagnostics
import Finance

// Bands that contradict or repeat each other.

extension Lint {
  /// Red at or inside amber never tells more than amber does.
  static let redNotStricter = Lint(
    .redNotStricter,
    ofRule: { rule in
      rule.inEachCase { bands, _, who in
        // One is enough, the widest: of thousands of bands every one may hide every other.
        let widest = Severity.allCases.flatMap { severity in
          [true, false].compactMap { isUpper in
            let alike = bands.lazy.filter { $0.severity == severity && $0.values.isUpper == isUpper }
            return alike.dropFirst().reduce(alike.first) { widest, band in
              widest.map { band.values.isWithin($0.values) ? $0 : band }
            }
          }
        }
        return bands.compactMap { severer in
          let hidden = widest.first { $0.severity < severer.severity && $0.values.isWithin(severer.values) }
          guard let milder = hidden else { return nil }
          return .warning(
            .redNotStricter, "\(severer.severity.word) is not stricter than \(milder.severity.word)\(who)",
            at: severer.span,
            "so \(milder.severity.word) never shows", also: [.init(milder.span, milder.severity.word)])
        }
      }
    })

  /// Between the two bounds a rule would be over the line and mended at once.
  static let clearsWhileBreached = Lint(
    .clearsWhileBreached,
    ofRule: { rule in
      guard let clearing = rule.clause("clears"), let clears = rule.meaning.clears else { return [] }
      return rule.inEachCase { bands, row, who in
        // One is enough: they mostly overlap all together.
        guard let clear = HalfLine(clears, watched: rule.meaning.watch, in: rule.program, row),
          let band = bands.first(where: { $0.values.overlaps(clear) })
        else { return [] }
        return [
          .warning(
            .clearsWhileBreached, "the rule clears at values at which it is still \(band.severity.word)\(who)",
            at: clearing.span,
            "clears", also: [.init(band.span, band.severity.word)],
            fix: rule.clearing(of: band, in: bands))
        ]
      }
    })

  /// The same quantity compared again and again is a watch with bands: which can be shown, cleared and explained.
  static let conditionsAsBands = Lint(
    .conditionsAsBands,
    ofRule: { rule in
      let clauses = rule.clauses("when")
      guard rule.meaning.watch == nil, clauses.count > 1, clauses.count == rule.meaning.breaches.count else {
        return []
      }
      var watched: NodeID?
      for breach in rule.meaning.breaches {
        guard case .compare(let comparison, let left, let right) = rule.program[breach.test].operation,
          comparison != .equal, comparison != .notEqual, rule.program.literal(right) != nil,
          rule.program[left].type.isNumeric, watched == nil || watched == left
        else { return [] }
        watched = left
      }
      guard let watched else { return [] }
      let quantity = rule.printer.reference(watched)
      let bands = clauses.compactMap(rule.band)
      return [
        .warning(
          .conditionsAsBands, "these conditions compare one quantity, and could be bands of one `watch`",
          at: clauses[0].span, also: clauses.dropFirst().map { .init($0.span) },
          fix: "watch \(quantity)\n" + bands.joined(separator: "\n"), repairs: rule.watching(clauses, bands))
      ]
    })
}

extension LintedRule {
  struct LiteralBand {
    var severity: Severity
    var values: HalfLine
    var span: Span
  }

  /// Where a rule that is over such a band could clear.
  fileprivate func clearing(of band: LiteralBand, in bands: [LiteralBand]) -> String {
    if bands.contains(where: { $0.values.isUpper != band.values.isUpper }) {
      return "clears when watched between … and …"
    }
    return band.values.isUpper
      ? "clears below the lowest band's bound, or below a lower one"
      : "clears above the highest band's bound, or above a higher one"
  }

  /// What is found of the bands whose bounds are written out: in the rule, or else in the first row of its tables in which
  /// there is anything to find.
  fileprivate func inEachCase(
    _ look: (_ bands: [LiteralBand], _ row: TableCase?, _ who: String) -> [Diagnostic]
  ) -> [Diagnostic] {
    let found = look(bands(nil), nil, "")
    guard found.isEmpty else { return found }
    for row in program.tableCases(of: meaning.breaches.map(\.test) + [meaning.clears].compactMap { $0 }) {
      let found = look(bands(row), row, ", in the row \(row.words(program.calendar))")
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The bands whose bounds are written out, with their clauses.
  private func bands(_ row: TableCase?) -> [LiteralBand] {
    let clauses = syntax.clauses.flatMap { clause -> [Clause] in
      switch clause.kind {
      case .band(_, .beyond): [clause]
      // Two breaches, one on each side.
      case .band(_, .outside): [clause, clause]
      default: []
      }
    }
    let banded = meaning.breaches.filter { $0.band != nil }
    return zip(clauses, banded).compactMap { clause, breach in
      HalfLine(breach.test, watched: meaning.watch, in: program, row).map {
        LiteralBand(severity: breach.severity, values: $0, span: clause.span)
      }
    }
  }

  /// `amber when x > 5%` as `amber above 5%`; nil for what is more than such a comparison.
  fileprivate func band(_ clause: Clause) -> String? {
    guard case .breach(let severity, let condition) = clause.kind,
      case .binary(.compare(let comparison), _, let bound) = condition.kind
    else { return nil }
    return "\(severity.word) \(comparison.bandWords) \(written(bound.span))"
  }

  fileprivate func watching(_ clauses: [Clause], _ bands: [String]) -> [Repair] {
    guard bands.count == clauses.count, case .breach(_, let first) = clauses[0].kind,
      case .binary(_, let quantity, _) = first.kind
    else { return [] }
    var edits = zip(clauses, bands).map { Edit($0.span, $1) }
    edits[0].replacement = "watch \(written(quantity.span))\n" + margin + bands[0]
    return [Repair("bands of one watch", edits, isCertain: false)]
  }
}
