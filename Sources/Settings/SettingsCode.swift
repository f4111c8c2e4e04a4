/// What can be wrong with a configuration, as its author is told. A code never changes meaning once released.
package enum SettingsCode: String, CaseIterable, Sendable {
  /// Not YAML: a bracket or quotation mark left open, a colon out of place, …
  case notYAML = "C101"
  /// A tab where indentation is expected.
  case tab = "C102"
  /// Over 256 KiB, 32 levels or 20,000 values.
  case tooLarge = "C103"
  /// Aliases, anchors, tags, directives, complex keys, a second document.
  case notUsed = "C104"
  /// The same key twice in one mapping.
  case duplicateKey = "C105"
  /// Bytes that are not UTF-8, or characters that don't belong in text.
  case notText = "C106"
  /// A key that nothing reads.
  case unknownKey = "C110"
  /// A key that is needed and isn't there.
  case missingKey = "C111"
  /// A list where a value is expected, and the like.
  case wrongKind = "C112"
  /// A value that can't be read as what it should be.
  case badValue = "C113"
  /// A number, size or length of time outside what is allowed.
  case outOfRange = "C114"
  /// Settings that exclude each other.
  case conflict = "C115"
  /// A secret written into the configuration, or not written as a file or credential.
  case secret = "C120"

  /// What the code says, in one line.
  package var meaning: String {
    switch self {
    case .notYAML: "the text is not YAML: a bracket or quotation mark left open, a colon out of place"
    case .tab: "a tab stands where YAML takes only spaces"
    case .tooLarge: "the configuration is larger or deeper than any configuration needs to be"
    case .notUsed: "a part of YAML that configurations here do not use: aliases, anchors, tags, a second document"
    case .duplicateKey: "a key stands twice in one mapping"
    case .notText: "the bytes are not UTF-8, or hold characters that do not belong in text"
    case .unknownKey: "there is no such setting here"
    case .missingKey: "a setting that is needed is not there"
    case .wrongKind: "a list, a mapping or a value stands where another of them is expected"
    case .badValue: "a value cannot be read as what it should be"
    case .outOfRange: "a number, size or length of time is outside what is allowed"
    case .conflict: "settings exclude each other"
    case .secret: "a secret is named by its file or systemd credential, never written into the configuration"
    }
  }
}
