import Foundation

/// Where output for people goes: standard output for answers, standard error for progress and complaints.
enum Terminal {
  /// Colour only where a person is looking and has not asked for none (https://no-color.org).
  static var hasColour: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  static var errorHasColour: Bool {
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  static func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// A line that overwrites itself while long work goes on; nothing where standard error is not a terminal.
  static func progress(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[2K\(text)".utf8))
  }

  static func endProgress() {
    guard isatty(STDERR_FILENO) == 1 else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
  }

  enum Style: String {
    case strong = "1"
    case failure = "1;31"
  }

  /// Plain where there is no colour.
  static func painted(_ text: String, _ style: Style) -> String {
    hasColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// A severity in its colour, where there is colour.
  static func severity(_ word: String) -> String {
    guard hasColour else { return word }
    switch word {
    case "red": return "\u{1B}[1;31m\(word)\u{1B}[0m"
    case "amber": return "\u{1B}[33m\(word)\u{1B}[0m"
    case "info": return "\u{1B}[36m\(word)\u{1B}[0m"
    default: return word
    }
  }
}
