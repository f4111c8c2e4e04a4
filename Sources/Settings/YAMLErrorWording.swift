import Diagnostics
import Yams

extension YamlError {
  /// The YAML library's complaint in the words of somebody who edits a configuration.
  func diagnostic(in source: SourceText, index: Int32, _ marks: inout YAMLMarks) -> Diagnostic {
    func span(_ mark: Mark) -> Span {
      let start = marks.offset(of: mark)
      return Span(text: index, start: start, end: start + 1)
    }
    switch self {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let words = Words(problem, context?.text ?? "")
      let place = words.isAtContext ? context?.mark ?? mark : mark
      let primary = Diagnostic.Label(span(place), words.label)
      return Diagnostic(SettingsCode.notYAML.rawValue, words.message, at: primary, fix: words.fix)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = Wording.list(duplicates.map(Wording.quoted))
      return Diagnostic(
        SettingsCode.duplicateKey.rawValue, "\(keys) is set twice", at: .init(span(context.mark)),
        fix: "keep one of them")
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return Diagnostic(
        SettingsCode.notYAML.rawValue, "this can't be read as YAML",
        at: .init(Span(text: index, start: 0, end: 0)))
    }
  }
}

private struct Words {
  var message: String
  var label = ""
  var fix: String?
  /// The fault lies where the construct began rather than where the scanner gave up.
  var isAtContext = false

  init(_ problem: String, _ context: String) {
    switch (problem, context) {
    case ("found unexpected end of stream", _):
      message = "this quotation mark is never closed"
      label = "opened here"
      isAtContext = true
    case ("found unexpected document indicator", _):
      message = "this quotation mark is not closed before the document ends"
      label = "opened here"
      isAtContext = true
    case ("mapping values are not allowed in this context", _):
      message = "a colon can't stand here"
      label = "a second “key: ” on one line, or a line indented too far"
      fix = "put a text that holds “: ” in quotes, or correct the indentation"
    case ("block sequence entries are not allowed in this context", _):
      message = "a list item can't begin here"
      fix = "begin the list on a line of its own, below its key"
    case ("could not find expected ':'", _):
      message = "this line is neither “key: value” nor “- item”"
      isAtContext = true
      fix = "write a colon and a space after the key"
    case ("did not find expected key", _):
      message = "this line does not fit the lines above it"
      label = "expected a key at the same indentation as its neighbours"
      fix = "correct the indentation, or put the value above it in quotes"
    case ("did not find expected '-' indicator", _):
      message = "this line does not fit the list above it"
      label = "expected “- ” here"
      fix = "begin the line with “- ”, or correct the indentation"
    case ("did not find expected ',' or ']'", _):
      message = "this list in [ ] is not closed, or lacks a comma"
      label = "opened here"
      isAtContext = true
      fix = "end it with ]"
    case ("did not find expected ',' or '}'", _):
      message = "this mapping in { } is not closed, or lacks a comma"
      label = "opened here"
      isAtContext = true
      fix = "end it with }"
    case ("did not find expected node content", _):
      message = "a value is missing here"
    case ("found character that cannot start any token", _):
      message = "a value can't begin with this character"
      fix = "put the value in quotes"
    case ("found unknown escape character", _), ("did not find expected hexdecimal number", _),
      ("found invalid Unicode character escape code", _):
      message = "this backslash in a double-quoted text means nothing"
      fix = "write \\\\ for a backslash, or use single quotes"
    case ("did not find expected comment or line break", _):
      message = "nothing can follow here on the same line"
    case ("found unexpected ':'", _):
      message = "a colon needs a space after it here"
      fix = "write “: ”, or put the text in quotes"
    case (let problem, _) where problem.contains("found a tab character"):
      message = "a tab can't indent a line of YAML"
      fix = "use spaces"
    case ("did not find expected <document start>", _):
      message = "this line does not fit the lines above it"
      label = "indented less than the first line, or after the document's end"
      fix = "correct the indentation"
    default:
      message = "this can't be read as YAML: \(problem)"
    }
  }
}
