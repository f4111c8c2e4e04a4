import Glibc

extension Files {
  /// Puts other bytes into a file, all or nothing: whoever reads it, also after a power cut, finds the old or the new.
  /// It keeps its mode; a file that was not there gets 0644 less the umask. A symbolic link goes on pointing where it did.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(StorageError) {
    let target = resolved(path)
    let folder = folder(of: target)
    let name = target.split(separator: "/").last.map(String.init) ?? target
    var template = Array("\(folder)/.\(name).XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&template)
    let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard descriptor >= 0 else { throw .system("write into", folder) }
    var isPlaced = false
    defer {
      close(descriptor)
      if !isPlaced { unsafe unlink(temporary) }
    }
    try write(bytes, to: descriptor, path)
    guard fchmod(descriptor, mode(of: target)) == 0, fsync(descriptor) == 0 else { throw .system("write", path) }
    guard unsafe rename(temporary, target) == 0 else { throw .system("replace", path) }
    isPlaced = true
    try syncFolder(folder)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(StorageError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .system("write", path) }
      rest = rest.dropFirst(count)
    }
  }

  private static func mode(of path: String) -> UInt32 {
    var status = stat()
    if unsafe stat(path, &status) == 0 { return status.st_mode & 0o7777 }
    let mask = umask(0)
    umask(mask)
    return 0o644 & ~mask
  }

  private static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
