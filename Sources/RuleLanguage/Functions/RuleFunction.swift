/// A function of the language: what it takes and gives, what it means in words, and how a call becomes nodes of the
/// program. What is declared here is what calls are checked by and what the help, the reference and an editor show.
package struct RuleFunction: Sendable {
  package struct Parameter: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// An expression, in the frame of the call.
      case expression(Taken)
      /// An expression of the subject outside the population.
      case ownersExpression
      /// An expression of each cell of the dimension that the call names.
      case cellExpression(Taken)
      /// A whole number, written out.
      case wholeNumber(ClosedRange<Int>)
      /// A dimension whose cells are taken one by one.
      case dimension
      /// A number of periods, written out: `3 periods`.
      case periods(ClosedRange<Int>)
      /// The period at which something starts, written out: `from 2013-14 M4`.
      case start
      /// A day, written out: 2014-03-31.
      case day
      /// The name of another rule about the same subjects.
      case rule
    }
    package var name: String
    package var kind: Kind
    package var isOptional: Bool
    package init(_ name: String, _ kind: Kind, optional: Bool = false) {
      self.name = name
      self.kind = kind
      isOptional = optional
    }
    package init(_ name: String, _ taken: Taken, optional: Bool = false) {
      self.init(name, .expression(taken), optional: optional)
    }

    /// What the call's checker holds an expression to; nil where it is no expression or may be anything.
    var taken: Taken? {
      switch kind {
      case .expression(let taken), .cellExpression(let taken): taken
      default: nil
      }
    }
  }

  /// What a function is about: how the help and the reference are divided.
  package enum Topic: String, Hashable, Sendable, CaseIterable {
    case earlier = "Other periods"
    case year = "Through the year"
    case costs = "Costs, savings and the underlying position"
    case returns = "Returns and their versions"
    case rules = "Other rules and other subjects"
    case plain = "Plain"
  }

  package var name: String
  package var topic: Topic
  package var parameters: [Parameter]
  package var gives: Given
  /// One sentence.
  package var summary: String
  /// How the value is worked out.
  package var formula: String
  /// Where the formula comes from.
  package var source: String
  package var examples: [Example]
  /// What people write who mean this function and do not know its name.
  package var synonyms: [String]
  package var lower: @Sendable (FunctionCall) throws(Misuse) -> NodeID

  package init(
    name: String, topic: Topic, parameters: [Parameter], gives: Given, summary: String, formula: String, source: String,
    examples: [Example], synonyms: [String] = [], lower: @escaping @Sendable (FunctionCall) throws(Misuse) -> NodeID
  ) {
    self.name = name
    self.topic = topic
    self.parameters = parameters
    self.gives = gives
    self.summary = summary
    self.formula = formula
    self.source = source
    self.examples = examples
    self.synonyms = synonyms
    self.lower = lower
  }
}

/// The functions that a rule may call, by name.
package struct FunctionLibrary: Sendable {
  package let functions: [String: RuleFunction]
  /// In the order of their topics, and of the list that they came in.
  package let inOrder: [RuleFunction]
  /// The names of functions and aggregates by what people write who mean them.
  package let synonyms: [String: [String]]

  package init(_ functions: [RuleFunction]) {
    self.functions = Dictionary(functions.map { ($0.name, $0) }) { first, second in
      preconditionFailure("two functions are called \(second.name)")
    }
    inOrder = RuleFunction.Topic.allCases.flatMap { topic in functions.filter { $0.topic == topic } }
    var synonyms = Words.synonymsOfAggregates
    for function in functions {
      for synonym in function.synonyms { synonyms[synonym, default: []].append(function.name) }
    }
    self.synonyms = synonyms
  }
}
