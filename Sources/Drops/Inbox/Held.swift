#if canImport(Glibc)
  import Glibc
#endif
import Hashing

extension Inbox {
  /// The held file that has these bytes; nil where somebody has moved it away.
  package func held(_ sha256: [UInt8], byteCount: Int) throws(InboxFailure) -> String? {
    try held(sha256, byteCount, in: "\(root)/held", isTop: true)
  }

  private func held(
    _ sha256: [UInt8], _ byteCount: Int, in folder: String, isTop: Bool
  ) throws(InboxFailure) -> String? {
    for name in try Folder.names(in: folder) {
      let path = "\(folder)/\(String(decoding: name, as: UTF8.self))"
      guard let state = try? FileState(path: path) else { continue }
      if state.isFolder, isTop, let found = try held(sha256, byteCount, in: path, isTop: false) { return found }
      if state.isRegular, state.size == byteCount, try Self.digest(ofFile: path) == sha256 { return path }
    }
    return nil
  }

  private static func digest(ofFile path: String) throws(InboxFailure) -> [UInt8] {
    let descriptor = try Folder.open(path)
    defer { close(descriptor) }
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 { throw InboxFailure.last("reading \(path)") }
      if count == 0 { return hash.finish() }
      hash.update(Array(buffer[..<count]))
    }
  }
}
