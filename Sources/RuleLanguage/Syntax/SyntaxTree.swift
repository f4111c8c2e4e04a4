import Diagnostics
import Finance

/// What the files of a rule set say, before anything is known of what it means.
struct SyntaxTree {
  var currencies: [Name] = []
  /// The month in which a year starts, 1 to 12.
  var yearStarts: [(month: Int, span: Span)] = []
  var measures: [MeasureSyntax] = []
  var dimensions: [DimensionSyntax] = []
  var lets: [LetSyntax] = []
  var rules: [RuleSyntax] = []
  /// Names whose declaration could not be read. That was reported once; their uses are not.
  var broken: Set<String> = []
}

struct MeasureSyntax {
  var name: Name
  var type: (type: ValueType, span: Span)
  var basis: (basis: Basis, span: Span)?
  var isReference: Bool
  var adverse: Adverse?
  var step: Step
  var dimensions: [Name]
  var title: String?
}

struct DimensionSyntax {
  var name: Name
  var title: String?
}

struct LetSyntax {
  var name: Name
  var value: Expression
}

struct RuleSyntax {
  var name: Name
  var formerly: Name?
  var title: String
  var span: Span
  var clauses: [Clause]
  /// Some clause could not be read, which was reported: what it would have given is not missed.
  var isIncomplete = false
  /// The lets among those clauses.
  var brokenLets: Set<String> = []

  var lets: [LetSyntax] {
    clauses.compactMap { if case .binding(let binding) = $0.kind { binding } else { nil } }
  }

  var watches: Bool {
    clauses.contains { if case .watch = $0.kind { true } else { false } }
  }
}

struct Clause {
  enum Kind {
    /// None is `overall`.
    case forEach([Name], where: Expression?)
    case effective(from: YearOrPeriod?, to: YearOrPeriod?)
    case binding(LetSyntax)
    case onlyWhen(Expression)
    case watch(Expression)
    case band(Severity, Band)
    case breach(Severity, when: Expression)
    case coverage(DecimalNumber)
    case persists(Int)
    case clears(Clearing, after: Int?)
    case ifUnknown(IfUnknown)
    case message(TemplateSyntax)
    case detail(TemplateSyntax)
    case runbook(String)
    case owner(String)
    case label(Name, String)
  }

  enum Band {
    case beyond(Comparison, Expression)
    case outside(Expression, Expression)
  }

  enum Clearing {
    case band(Band)
    case when(Expression)
  }

  enum IfUnknown {
    /// Without a number of periods, what the language says: two.
    case hold(Int?)
    case raise(Severity)
    case clear
  }

  /// A whole year where no month is given.
  struct YearOrPeriod {
    var year: WrittenYear
    var month: Int?
  }

  var kind: Kind
  var span: Span
}

/// A message as written: text and holes.
struct TemplateSyntax {
  enum Part {
    case text(String)
    case hole(Expression, formats: [Name], span: Span)
  }
  var parts: [Part]
}
