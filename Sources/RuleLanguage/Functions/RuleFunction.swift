/// A function of the language: what it takes, what it means in words, and how a call becomes nodes of the program.
package struct RuleFunction: Sendable {
  package struct Parameter: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// An expression, in the frame of the call.
      case expression
      /// An expression of the subject outside the population.
      case ownersExpression
      /// A whole number, written out.
      case wholeNumber(ClosedRange<Int>)
      /// A number of periods, written out: `3 periods`.
      case periods(ClosedRange<Int>)
      /// The period at which something starts, written out: `from 2013-14 M4`.
      case start
      /// The name of another rule about the same subjects.
      case rule
    }
    package var name: String
    package var kind: Kind
    package var isOptional: Bool
    package init(_ name: String, _ kind: Kind = .expression, optional: Bool = false) {
      self.name = name
      self.kind = kind
      isOptional = optional
    }
  }

  /// A worked example: what the reference page shows, and what the tests run.
  package struct Example: Hashable, Sendable {
    /// Of one measure `x`, as a rule would write it: `run_rate(x)`.
    package var expression: String
    /// The declaration of each measure, and its figures by the label of their period, in plain digits.
    package var given: [Figures]
    package var at: String
    /// In plain digits (a ratio as 0.2), `true` or `false`, or `unknown`.
    package var gives: String

    package struct Figures: Hashable, Sendable {
      package var measure: String
      package var values: [String: String]
      package init(_ measure: String, _ values: [String: String]) {
        self.measure = measure
        self.values = values
      }
    }

    package init(_ expression: String, given: Figures..., at: String, gives: String) {
      self.expression = expression
      self.given = given
      self.at = at
      self.gives = gives
    }
  }

  package var name: String
  package var parameters: [Parameter]
  /// One sentence.
  package var summary: String
  /// How the value is worked out.
  package var formula: String
  /// Where the formula comes from.
  package var source: String
  package var examples: [Example]
  /// For a function that lowers to `Operation.called`.
  package var kernel: SeriesKernel?
  package var lower: @Sendable (FunctionCall) throws(Misuse) -> NodeID

  package init(
    name: String, parameters: [Parameter], summary: String, formula: String, source: String, examples: [Example],
    kernel: SeriesKernel? = nil, lower: @escaping @Sendable (FunctionCall) throws(Misuse) -> NodeID
  ) {
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.formula = formula
    self.source = source
    self.examples = examples
    self.kernel = kernel
    self.lower = lower
  }

  /// `previous(x[, n])`
  package var signature: String {
    var text = ""
    for (index, parameter) in parameters.enumerated() {
      let name = (index > 0 ? ", " : "") + parameter.name
      text += parameter.isOptional ? "[\(name)]" : name
    }
    return "\(name)(\(text))"
  }
}

/// The functions that a rule may call, by name.
package struct FunctionLibrary: Sendable {
  package let functions: [String: RuleFunction]

  package init(_ functions: [RuleFunction]) {
    self.functions = Dictionary(functions.map { ($0.name, $0) }) { first, second in
      preconditionFailure("two functions are called \(second.name)")
    }
  }
}
