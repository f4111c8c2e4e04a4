import Foundation

/// A rule file with marked places in it (`1️⃣`): the text without the marks, and where they stood.
struct Marked {
  let text: String
  /// Line and UTF-16 character of each mark, by its number.
  private let places: [Int: (line: Int, character: Int)]

  init(_ marked: String) {
    var text = ""
    var places: [Int: (line: Int, character: Int)] = [:]
    var (line, character) = (0, 0)
    for letter in marked {
      if letter.unicodeScalars.last == "\u{20E3}", let number = letter.unicodeScalars.first.flatMap({ Int(String($0)) })
      {
        places[number] = (line, character)
        continue
      }
      text.append(letter)
      if letter == "\n" { (line, character) = (line + 1, 0) } else { character += letter.utf16.count }
    }
    self.text = text
    self.places = places
  }

  func position(_ mark: Int) -> [String: Any] {
    guard let place = places[mark] else { fatalError("no mark \(mark)") }
    return Editor.position(place.line, place.character)
  }

  /// As answers have it.
  func json(_ mark: Int) -> String {
    let place = places[mark] ?? (-1, -1)
    return #"{"character":\#(place.character),"line":\#(place.line)}"#
  }
}

extension Editor {
  /// A request about a marked place of an open document.
  func ask(_ method: String, _ name: String, _ marked: Marked, _ mark: Int, _ more: [String: Any] = [:]) -> JSON {
    let params: [String: Any] = ["textDocument": ["uri": uri(name)], "position": marked.position(mark)]
    return request("textDocument/" + method, params.merging(more) { $1 })
  }
}
