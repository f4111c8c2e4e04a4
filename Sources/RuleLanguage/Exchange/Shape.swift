import Diagnostics

/// What may stand at a place of the document. The check of what is imported and the published schema are both made
/// from it.
indirect enum Shape: Sendable {
  case name
  /// `GBP`
  case currency
  case expression
  /// Shown as it is.
  case text
  /// With holes between braces.
  case template
  case literal(Literal)
  case words([String])
  case whole(ClosedRange<Int>)
  /// True, or not there.
  case mark
  case comment
  /// A path inside the folder of rules, of a rule file.
  case fileName
  /// A path inside the folder of rules, of whatever file.
  case path
  /// All that a file holds.
  case content
  case list(Shape, atLeast: Int)
  /// So many, in this order.
  case pair(Shape)
  /// One form, told by the first key of each.
  case forms(String, [Form])
  /// The values of a table's row, by column.
  case columns
  /// A row of a grid: a list of cells, or an object with comments.
  case row
  case either([Shape])

  enum Literal: String, CaseIterable, Sendable {
    case period, day, year, percentage, value

    var summary: String {
      switch self {
      case .period: "A year, or a period: 2013-14, 2013-14 M8."
      case .day: "A day: 2014-03-31."
      case .year: "A year: 2013-14."
      case .percentage: "A percentage: 90%."
      case .value:
        "An amount, a number, a percentage, a period, a day, true or false, as rules write them: £1.5m, 12, 0.5%."
      }
    }
  }
}

/// One kind of object.
struct Form: Sendable {
  struct Field: Sendable {
    var name: String
    var shape: Shape
    var isRequired: Bool
    var summary: String

    init(_ name: String, _ shape: Shape, required: Bool = true, _ summary: String) {
      self.name = name
      self.shape = shape
      isRequired = required
      self.summary = summary
    }
  }

  /// The first is the one that the form is told by.
  var fields: [Field]
  var key: String { fields[0].name }

  init(_ fields: [Field]) { self.fields = fields }

  /// With what may be said of any line.
  static func line(_ fields: Field...) -> Form { Form(fields + comments) }

  /// With lines of its own below it.
  static func block(_ fields: Field...) -> Form {
    Form(
      fields + comments + [
        Field("closing_comments", .list(.comment, atLeast: 0), required: false, "Comments at the end of its lines.")
      ])
  }

  private static let comments = [
    Field(
      "comments", .list(.comment, atLeast: 0), required: false,
      "Lines of comment above it; an empty text is an empty line."),
    Field("comment", .comment, required: false, "A comment at the end of its line."),
    Field(
      "inside", .list(.forms("remark", [remark]), atLeast: 1), required: false,
      "Comments inside it, which break it into several lines."),
  ]

  /// A comment between two words of a line.
  private static let remark = Form([
    Field("after", .whole(1...10_000), "Behind so many words, signs and texts of it."),
    Field("comment", .comment, required: false, "At the end of the line."),
    Field("comments", .list(.comment, atLeast: 1), required: false, "On lines of their own."),
  ])
}
