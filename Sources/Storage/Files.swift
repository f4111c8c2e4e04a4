import Glibc

/// The few operations on files that durability needs beyond SQLite's own.
package enum Files {
  /// Makes the folder and those above it that do not exist; the ones made get the mode, whatever the umask.
  ///
  /// A service that may set no set-group-id bit (systemd's `RestrictSUIDSGID`) gets it from the folder above or not at all.
  package static func makeFolder(_ path: String, mode: UInt32) throws(StorageError) {
    let permissions = mode & 0o777
    if unsafe mkdir(path, permissions) == 0 {
      // mkdir(2) applies the umask, and what comes from the folder above may be all that is wanted.
      var made = stat()
      guard unsafe stat(path, &made) == 0 else { throw .system("look at", path) }
      if made.st_mode & 0o7777 == mode { return }
      if unsafe chmod(path, mode) == 0 { return }
      guard errno == EPERM, mode & 0o2000 != 0 else { throw .system("set the mode of", path) }
      if made.st_mode & 0o777 == permissions { return }
      guard unsafe chmod(path, permissions) == 0 else { throw .system("set the mode of", path) }
      return
    }
    switch errno {
    case EEXIST: return
    case ENOENT where path.contains("/"):
      try makeFolder(folder(of: path), mode: mode)
      try makeFolder(path, mode: mode)
    default: throw .system("make the folder", path)
    }
  }

  /// What a rename or a new name in a folder needs before it survives a power cut.
  package static func syncFolder(_ path: String) throws(StorageError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open the folder", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system("sync the folder", path) }
  }

  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// "." for a bare name, "/" for what lies in the root.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The whole of a small file, at most `limit` bytes of it.
  package static func contents(_ path: String, limit: Int) throws(StorageError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open", path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(limit, 65_536))
    while bytes.count < limit {
      let count = unsafe read(descriptor, &chunk, min(chunk.count, limit - bytes.count))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .system("read", path) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// The name of the file system on which a path lies ("ext4", "nfs4"); nil where the kernel does not say.
  package static func fileSystem(of path: String) -> String? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, let table = try? contents("/proc/self/mountinfo", limit: 1 << 20) else {
      return nil
    }
    // As gnu_dev_major(3) and gnu_dev_minor(3), which Swift does not see, take a device number apart.
    let major = (status.st_dev >> 8) & 0xFFF | (status.st_dev >> 32) & ~0xFFF
    let minor = status.st_dev & 0xFF | (status.st_dev >> 12) & ~0xFF & 0xFFFF_FFFF
    let device = "\(major):\(minor)"
    // 36 35 98:0 /root /mount/point rw,noatime master:1 - ext3 /dev/sda1 rw
    for line in String(decoding: table, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 3, fields[2] == device, let dash = fields.firstIndex(of: "-") else { continue }
      return dash + 1 < fields.count ? String(fields[dash + 1]) : nil
    }
    return nil
  }
}
