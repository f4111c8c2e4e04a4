package import Diagnostics
package import Finance

/// What the files of a rule set say, before anything is known of what it means. Every declaration, name and literal
/// says where it stands; across the lists, the order of the text is the order of the spans.
package struct SyntaxTree: Sendable {
  package var currencies: [CurrencySyntax] = []
  package var yearStarts: [YearStartSyntax] = []
  package var measures: [MeasureSyntax] = []
  package var dimensions: [DimensionSyntax] = []
  package var tables: [TableSyntax] = []
  package var lets: [LetSyntax] = []
  package var rules: [RuleSyntax] = []
  package var tests: [TestSyntax] = []
  /// Names whose declaration could not be read. That was reported once; their uses are not.
  package var broken: Set<String> = []
}

package struct CurrencySyntax: Sendable {
  package var code: Name
  package var span: Span
}

package struct YearStartSyntax: Sendable {
  /// 1 to 12.
  package var month: Int
  package var span: Span
}

package struct MeasureSyntax: Sendable {
  package var name: Name
  package var type: Written<ValueType>
  package var basis: Written<Basis>?
  package var isReference: Bool
  package var adverse: Adverse?
  package var step: Step
  package var dimensions: [Name]
  package var title: Written<String>?
  package var span: Span
}

package struct DimensionSyntax: Sendable {
  package var name: Name
  package var title: Written<String>?
  package var span: Span
}

package struct LetSyntax: Sendable {
  package var name: Name
  package var value: Expression
  package var span: Span
}

package struct RuleSyntax: Sendable {
  package var name: Name
  package var formerly: Name?
  package var title: Written<String>
  package var span: Span
  package var clauses: [Clause]
  /// Some clause could not be read, which was reported: what it would have given is not missed.
  package var isIncomplete = false
  /// The lets among those clauses.
  package var brokenLets: Set<String> = []

  package var lets: [LetSyntax] {
    clauses.compactMap { if case .binding(let binding) = $0.kind { binding } else { nil } }
  }

  var watches: Bool {
    clauses.contains { if case .watch = $0.kind { true } else { false } }
  }
}

package struct Clause: Sendable {
  package enum Kind: Sendable {
    /// None is `overall`.
    case forEach([Name], where: Expression?)
    case effective(from: YearOrPeriod?, to: YearOrPeriod?)
    case binding(LetSyntax)
    case onlyWhen(Expression)
    case watch(Expression)
    case band(Severity, Band)
    case breach(Severity, when: Expression)
    case coverage(Written<DecimalNumber>)
    case persists(Written<Int>)
    case clears(Clearing, after: Written<Int>?)
    case ifUnknown(IfUnknown)
    case suppress(when: Expression, until: Until?, because: Written<String>)
    case message(TemplateSyntax)
    case detail(TemplateSyntax)
    case runbook(Written<String>)
    case owner(Written<String>)
    case label(Name, Written<String>)
  }

  package enum Band: Sendable {
    case beyond(Comparison, Expression)
    case outside(Expression, Expression)
  }

  package enum Clearing: Sendable {
    case band(Band)
    case when(Expression)
  }

  package enum IfUnknown: Sendable {
    /// Without a number of periods, what the language says: two.
    case hold(Written<Int>?)
    case raise(Severity)
    case clear
  }

  /// The last day or the last year of which a suppression speaks.
  package enum Until: Sendable {
    case date(Written<Day>)
    case year(WrittenYear)
  }

  package var kind: Kind
  package var span: Span
}

/// A period, or a whole year where no month is given.
package struct YearOrPeriod: Sendable {
  package var year: WrittenYear
  package var month: Int?
  package var span: Span
}

/// A message as written: text and holes.
package struct TemplateSyntax: Sendable {
  package enum Part: Sendable {
    case text(String)
    case hole(Expression, formats: [Name], span: Span)
  }
  package var parts: [Part]
  package var span: Span
}
