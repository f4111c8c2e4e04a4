import Foundation

/// Paths and `file:` URIs.
enum FileAddress {
  /// Nil for a URI of another kind: a buffer that has no file yet.
  static func path(of uri: String) -> String? {
    guard let url = URL(string: uri), url.isFileURL else { return nil }
    let path = url.standardizedFileURL.path
    return path.isEmpty ? nil : path
  }

  static func uri(of path: String) -> String {
    URL(fileURLWithPath: path).absoluteString
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
