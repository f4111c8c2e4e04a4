import Foundation
import TestKit
import Testing

/// A chapter of the README as the steps that it asks for: files to save, commands with what they show, and alerts that come.
enum ReadmeChapter {
  enum Block {
    case file(name: String, text: String)
    case command(String, shows: [String])
    /// Sentences that are announced.
    case alert([String])
  }

  /// The fenced blocks of a chapter, in order.
  static func blocks(of heading: String) throws -> [Block] {
    let readme = try String(contentsOf: RulePackRun.root.appending(path: "README.md"), encoding: .utf8)
    let chapter = try #require(readme.components(separatedBy: "\n\(heading)\n").dropFirst().first)
    var blocks: [Block] = []
    var lines = chapter.components(separatedBy: "\n").prefix { !$0.hasPrefix("## ") }[...]
    while let line = lines.popFirst() {
      guard line.hasPrefix("```") else { continue }
      let words = line.dropFirst(3).split(separator: " ")
      let body = Array(lines.prefix { $0 != "```" })
      lines = lines.dropFirst(body.count + 1)
      switch words.first {
      case "console": blocks += commands(body)
      case "alert": blocks.append(.alert(body))
      default:
        blocks.append(
          .file(name: String(try #require(words.dropFirst().first)), text: body.joined(separator: "\n") + "\n"))
      }
    }
    return blocks
  }

  private static func commands(_ lines: [String]) -> [Block] {
    var blocks: [Block] = []
    for line in lines {
      if line.hasPrefix("$ ") {
        blocks.append(.command(String(line.dropFirst(2)), shows: []))
      } else if case .command(let command, let shows) = blocks.popLast() {
        blocks.append(.command(command, shows: shows + [line]))
      }
    }
    return blocks
  }

  /// Whether lines come out as the chapter shows them; `…` stands for any number of lines.
  static func matches(_ shown: ArraySlice<String>, _ output: ArraySlice<String>) -> Bool {
    guard let line = shown.first else { return output.isEmpty }
    if line == "…" {
      return (output.startIndex...output.endIndex).contains { matches(shown.dropFirst(), output[$0...]) }
    }
    guard let first = output.first else { return false }
    // At the end of a line, for the rest of it.
    guard line.hasSuffix(" …") ? first.hasPrefix(line.dropLast()) : first == line else { return false }
    return matches(shown.dropFirst(), output.dropFirst())
  }
}
