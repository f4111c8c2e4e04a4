import Diagnostics
import Finance

/// The organisations that the grids of one test speak of, put together from their rows.
struct TestRegister {
  /// What the rows say of one organisation, and where each thing is said first.
  struct Body {
    var name: String
    var place: Span
    var code: Written<String>?
    var parent: Written<String>?
    var from: Written<Day>?
    var to: Written<Day>?
    var successors: Written<String>?
    var attributes: [String: Written<String>] = [:]
  }

  private(set) var bodies: [Body] = []
  private var numbers: [String: Int] = [:]
  /// Of the first that has the code.
  private var numbersByCode: [String: Int] = [:]
  private let findings: Findings

  init(_ findings: Findings) { self.findings = findings }

  /// The number of the organisation of this name.
  mutating func body(called name: String, at place: Span) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = bodies.count
    bodies.append(Body(name: name, place: place))
    return bodies.count - 1
  }

  mutating func say(code: Written<String>, of number: Int) {
    let known = bodies[number].code
    say(code, as: "code", of: number, in: \.code)
    if known == nil { numbersByCode[code.value] = min(numbersByCode[code.value] ?? number, number) }
  }

  /// Takes what a cell says of an organisation. What was said before is repeated or left out, never changed.
  mutating func say<Value: Hashable>(
    _ value: Written<Value>, as what: String, of number: Int, in field: WritableKeyPath<Body, Written<Value>?>
  ) {
    guard let first = bodies[number][keyPath: field] else {
      bodies[number][keyPath: field] = value
      return
    }
    requireSame(first, value, what, of: number)
  }

  mutating func say(attribute: String, _ value: Written<String>, of number: Int) {
    guard let first = bodies[number].attributes[attribute] else {
      bodies[number].attributes[attribute] = value
      return
    }
    requireSame(first, value, attribute, of: number)
  }

  private func requireSame<Value: Hashable>(
    _ first: Written<Value>, _ second: Written<Value>, _ what: String, of number: Int
  ) {
    guard first.value != second.value else { return }
    findings.add(
      .describedInTwoWays, "\(Wording.quoted(bodies[number].name)) has another \(what) here", at: second.span,
      "and this", also: [Diagnostic.Label(first.span, "this before")],
      fix: "one \(what); a cell that is empty repeats the one above")
  }

  // MARK: Names to codes

  func code(of number: Int) -> String { bodies[number].code?.value ?? bodies[number].name }

  /// By name or code.
  func number(of written: String) -> Int? {
    numbers[written] ?? numbersByCode[written]
  }

  /// What an attribute is somewhere, for suggestions and for the subjects that it makes.
  func values(of attribute: String) -> [String] {
    let written =
      attribute == "parent"
      ? bodies.compactMap { $0.parent.flatMap { number(of: $0.value) }.map(code) }
      : bodies.compactMap { $0.attributes[attribute]?.value }
    return Set(written).subtracting([""]).sorted()
  }

  // MARK: The register

  func register() -> Register {
    requireOwnCodes()
    return Register(
      bodies.indices.map { number in
        let body = bodies[number]
        return Organisation(
          code: code(of: number), name: body.name, attributes: body.attributes.mapValues(\.value),
          parent: body.parent.flatMap { other($0, what: "parent") }, from: body.from?.value, to: body.to?.value,
          successors: successors(of: body))
      })
  }

  private func successors(of body: Body) -> [String] {
    guard let written = body.successors else { return [] }
    return written.value.split(separator: ";").compactMap { part in
      other(Written(value: String(part.trimmed), span: written.span), what: "successor")
    }
  }

  private func requireOwnCodes() {
    var seen: [String: Int] = [:]
    for number in bodies.indices {
      guard let first = seen.updateValue(number, forKey: code(of: number)) else { continue }
      let place = bodies[number].code?.span ?? bodies[number].place
      findings.add(
        .describedInTwoWays, "two organisations have the code \(Wording.quoted(code(of: number)))", at: place, "again",
        also: [Diagnostic.Label(bodies[first].code?.span ?? bodies[first].place, "first here")], fix: "another code")
    }
  }

  /// The code of an organisation that another one's row names. A blank one is nobody.
  private func other(_ written: Written<String>, what: String) -> String? {
    if written.value.isEmpty { return nil }
    if let number = number(of: written.value) { return code(of: number) }
    let known = bodies.map(\.name)
    findings.add(
      .subjectNotGiven, "the \(what) \(Wording.quoted(written.value)) is not among the organisations of the test",
      at: written.span,
      fix: Suggestion.question(written.value, among: known) ?? "a row for it, with its organisation alone")
    return nil
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}
