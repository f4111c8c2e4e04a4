/// The JSON Schema (2020-12) of rules as JSON, made from the same shapes that imports are checked against.
enum RuleSchema {
  static var document: JSONValue {
    .object([
      "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
      "$id": .string("outturn.rules.v1.json"),
      "title": .string("outturn rules, version 1"),
      "description": .string(
        "What `outturn rules export` writes and `outturn rules import` reads: the rule files of a folder. Expressions "
          + "and messages are texts in the rule language, and are checked when they are imported. New optional keys may "
          + "be added; a change of meaning makes a new version."),
    ]).with(members(of: Forms.document)).with([.init(key: "$defs", value: definitions)])
  }

  // MARK: Objects

  private static func members(of form: Form) -> [JSONValue.Member] {
    let properties = form.fields.map { field in
      JSONValue.Member(
        key: field.name,
        value: .object([.init(key: "description", value: .string(field.summary))] + members(of: field.shape)))
    }
    return [
      .init(key: "type", value: .string("object")),
      .init(key: "properties", value: .object(properties)),
      .init(key: "required", value: .strings(form.fields.filter(\.isRequired).map(\.name))),
      .init(key: "additionalProperties", value: .truth(false)),
    ]
  }

  private static func schema(of shape: Shape) -> JSONValue { .object(members(of: shape)) }

  private static func members(of shape: Shape) -> [JSONValue.Member] {
    switch shape {
    case .name: return reference("name")
    case .expression: return reference("expression")
    case .text: return reference("text")
    case .template: return reference("template")
    case .comment: return reference("comment")
    case .literal(let kind): return reference(kind.rawValue)
    case .columns: return reference("columns")
    case .row: return reference("row")
    case .currency: return text(matching: "^[A-Z]{3}$")
    case .fileName: return text(matching: #"^[^/\\.][^/\\]*(/[^/\\.][^/\\]*)*\.rules$"#)
    case .path: return text(matching: #"^[^/\\.][^/\\]*(/[^/\\.][^/\\]*)*$"#)
    case .content: return [.init(key: "type", value: .string("string"))]
    case .words(let words): return [.init(key: "enum", value: .strings(words))]
    case .mark: return [.init(key: "const", value: .truth(true))]
    case .whole(let range):
      return [
        .init(key: "type", value: .string("integer")), .init(key: "minimum", value: .whole(range.lowerBound)),
        .init(key: "maximum", value: .whole(range.upperBound)),
      ]
    case .list(let element, let least):
      return [.init(key: "type", value: .string("array")), .init(key: "items", value: schema(of: element))]
        + (least > 0 ? [.init(key: "minItems", value: .whole(least))] : [])
    case .pair(let element):
      return [
        .init(key: "type", value: .string("array")), .init(key: "items", value: schema(of: element)),
        .init(key: "minItems", value: .whole(2)), .init(key: "maxItems", value: .whole(2)),
      ]
    case .forms(let name, _): return reference(name)
    case .either(let shapes): return [.init(key: "anyOf", value: .array(shapes.map(schema)))]
    }
  }

  private static func reference(_ name: String) -> [JSONValue.Member] {
    [.init(key: "$ref", value: .string("#/$defs/\(name)"))]
  }

  private static func text(matching pattern: String) -> [JSONValue.Member] {
    [.init(key: "type", value: .string("string")), .init(key: "pattern", value: .string(pattern))]
  }

  // MARK: Definitions

  private static var definitions: JSONValue {
    var definitions: [JSONValue.Member] = []
    for (name, forms) in namedForms(in: .forms("", [Forms.document])) {
      let objects = forms.map { JSONValue.object(members(of: $0)) }
      let value = objects.count == 1 ? objects[0] : .object(["oneOf": .array(objects)])
      definitions.append(.init(key: name, value: value))
    }
    return .object(definitions + texts)
  }

  /// Every list of forms that can be reached, by its name, in the order in which they are met.
  private static func namedForms(in shape: Shape) -> [(name: String, forms: [Form])] {
    var found: [(name: String, forms: [Form])] = []
    func visit(_ shape: Shape) {
      switch shape {
      case .list(let element, _), .pair(let element): visit(element)
      case .either(let shapes): shapes.forEach(visit)
      case .columns: visit(Forms.quotedText)
      case .row: visit(.forms("cell", Forms.cells))
      case .forms(let name, let forms):
        guard !found.contains(where: { $0.name == name }) else { return }
        if !name.isEmpty { found.append((name, forms)) }
        for field in forms.flatMap(\.fields) { visit(field.shape) }
      default: break
      }
    }
    visit(shape)
    return found
  }

  private static var texts: [JSONValue.Member] {
    func definition(_ name: String, _ description: String, _ members: [JSONValue.Member]) -> JSONValue.Member {
      .init(key: name, value: .object([.init(key: "description", value: .string(description))] + members))
    }
    let line = #"^[^\u0000-\u001f\u007f]*$"#
    let string = [JSONValue.Member(key: "type", value: .string("string"))]
    let plain = text(matching: #"^[^"\u0000-\u001f\u007f]*$"#)
    let value = JSONValue.object(["anyOf": .array([.object(reference("value")), .object(reference("quoted"))])])
    let cell: JSONValue = .object([
      "anyOf": .array([.object(plain), .object(["type": .strings(["number", "null"])]), .object(reference("cell"))])
    ])
    let cells: JSONValue = .object(["type": .string("array"), "items": cell, "minItems": .whole(1)])
    let commented = Form.line(.init("cells", .row, "Its cells."))
    let row = JSONValue.object(
      members(of: Form(Array(commented.fields.dropFirst()))).map { member in
        switch (member.key, member.value) {
        case ("properties", .object(let properties)):
          .init(key: "properties", value: .object([.init(key: "cells", value: cells)] + properties))
        case ("required", _): .init(key: "required", value: .strings(["cells"]))
        default: member
        }
      })
    return [
      definition("name", "A name of small letters, digits and _.", text(matching: "^[a-z][a-z0-9_]*$")),
      definition("expression", "An expression of the rule language: (forecast - plan) / plan.", string),
      definition("template", "A message; expressions stand in braces: {organisation} is {watched | 2dp} over.", string),
      definition("text", "A text on one line, shown as it is.", plain),
      definition("comment", "A line of comment, with or without its #.", text(matching: line)),
      definition(
        "columns", "Values by column.",
        [
          .init(key: "type", value: .string("object")), .init(key: "minProperties", value: .whole(1)),
          .init(key: "propertyNames", value: .object(reference("name"))),
          .init(key: "additionalProperties", value: value),
        ]),
      definition("row", "A cell for each column.", [.init(key: "anyOf", value: .array([cells, row]))]),
    ]
      + Shape.Literal.allCases.map { kind in
        let types = kind == .value ? JSONValue.strings(["string", "number"]) : .string("string")
        return definition(kind.rawValue, kind.summary, [.init(key: "type", value: types)])
      }
  }
}

extension RuleExchange {
  /// The published schema of what is exported and imported.
  package static var schema: String { RuleSchema.document.text }
}
