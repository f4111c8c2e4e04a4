#if canImport(Glibc)
  import Glibc
#endif

extension Inbox {
  /// Moves a drop that was dealt with to `accepted/`, `held/` or `rejected/`, under a name that is free there; a
  /// rejected one with its `NAME.errors.csv`. What stood beside it for readiness goes with it.
  ///
  /// - Returns: where the file is now; nil where the inbox keeps its files.
  @discardableResult
  package func settle(
    _ taken: TakenDrop, as outcome: DropOutcome, problems: DropProblems = DropProblems()
  ) throws(InboxFailure) -> String? {
    guard !source.keepsFiles else { return nil }
    let folder = "\(root)/\(outcome.rawValue)"
    try Folder.make(folder)
    let place = try move("\(root)/.taking/\(taken.id)/\(taken.path)", to: folder, as: taken.path)
    if !problems.isEmpty { try write(ErrorsFile(problems), beside: place) }
    if let suffix = source.ready.suffix { unsafe unlink("\(root)/\(taken.path)\(suffix)") }
    removeTaking(taken.id)
    return place
  }

  /// Moves a held drop on once a person has decided.
  ///
  /// - Parameter place: what `settle` returned when it was held.
  @discardableResult
  package func release(
    _ place: String, as outcome: DropOutcome, problems: DropProblems = DropProblems()
  ) throws(InboxFailure) -> String {
    let held = "\(root)/held/"
    precondition(place.hasPrefix(held), "only a drop that is held is released")
    let folder = "\(root)/\(outcome.rawValue)"
    try Folder.make(folder)
    let new = try move(place, to: folder, as: String(place.dropFirst(held.count)))
    if !problems.isEmpty { try write(ErrorsFile(problems), beside: new) }
    return new
  }

  /// Whoever can see into the inbox can read why a file was rejected.
  private func write(_ errors: ErrorsFile, beside place: String) throws(InboxFailure) {
    let state = try FileState(path: root)
    let path = "\(place).errors.csv"
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw InboxFailure.last("writing \(path)") }
    defer { close(descriptor) }
    var bytes = errors.bytes[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw InboxFailure.last("writing \(path)")
      }
      bytes = bytes.dropFirst(count)
    }
    // Not being allowed to give the file to the inbox's group is no reason to keep the reasons back.
    _ = fchown(descriptor, uid_t.max, state.group)
    guard fchmod(descriptor, mode_t(state.mode & 0o666)) == 0 else { throw InboxFailure.last("writing \(path)") }
  }
}
