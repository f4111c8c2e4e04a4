// swift-tools-version:6.2
import PackageDescription

/// Every target of ours is built alike; warnings are errors.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// The stages in the order of the stream: drop → ledger → rules → alerts → delivery.
/// A stage imports only earlier ones.
func stage(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")

let package = Package(
  name: "outturn",
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
  ],
  targets: [
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    stage("Hashing", ["CCrypto"]),
    stage("Finance"),
    stage("Diagnostics"),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    stage("Transfers", ["CCurl"]),
    stage("Receiving", ["Transfers"]),
    stage("Settings", ["Diagnostics", yams]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CFiles"),
    stage("Drops", ["CFiles", "CZlib", "Diagnostics", "Finance", "Hashing", "Settings"]),
    stage("Storage", [grdb, sqlite]),
    stage("Bookkeeping", ["CFiles", "Finance", "Hashing", "Storage"]),
    stage("RuleLanguage", ["Diagnostics", "Finance", "Hashing"]),
    stage("RuleLibrary", ["Finance", "RuleLanguage"]),
    stage("Evaluation", ["Bookkeeping", "Finance", "RuleLanguage"]),
    stage("Alerting", ["Bookkeeping", "Diagnostics", "Evaluation", "Finance", "Hashing", "RuleLanguage", "Storage"]),
    stage("RuleTesting", ["Alerting", "Bookkeeping", "Diagnostics", "Evaluation", "Finance", "RuleLanguage"]),
    stage("Catalogue", ["Diagnostics", "Evaluation", "Finance", "RuleLanguage"]),
    stage("Routing", ["Alerting", "Diagnostics", "Settings"]),
    stage(
      "Sinks", ["Alerting", "Bookkeeping", "Diagnostics", "Finance", "Hashing", "Receiving", "Settings", "Transfers"]),
    stage("Delivery", ["Alerting", "Bookkeeping", "Finance", "Hashing", "Sinks", "Storage"]),
    stage(
      "Daemon",
      [
        "Alerting", "Bookkeeping", "Delivery", "Diagnostics", "Drops", "Evaluation", "Finance", "Hashing", "Routing",
        "RuleLanguage", "RuleLibrary", "Settings", "Sinks", "Storage", "Transfers", logging, lifecycle, signals,
      ]),
    stage(
      "LanguageServer",
      ["Bookkeeping", "Daemon", "Diagnostics", "Evaluation", "Finance", "RuleLanguage", "RuleLibrary", "Storage"]),
    .executableTarget(
      name: "outturn",
      dependencies: [
        "Alerting", "Bookkeeping", "Catalogue", "Daemon", "Delivery", "Diagnostics", "Drops", "Evaluation", "Finance",
        "Hashing",
        "LanguageServer", "Receiving", "RuleLanguage", "RuleLibrary", "RuleTesting", "Settings", "Sinks", "Storage",
        arguments, logging,
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Alerting", "Bookkeeping", "Daemon", "Diagnostics", "Drops", "Evaluation", "Finance", "RuleLanguage", "Storage",
      ],
      path: "Tests/Benchmarks/Inside", swiftSettings: strict),
    .executableTarget(name: "cases", dependencies: ["Drops", "TestKit"], path: "Tests/Cases", swiftSettings: strict),
    tests("TransfersTests", ["Transfers", "Receiving"]),
    tests(
      "SinksTests",
      ["Sinks", "Alerting", "Bookkeeping", "Finance", "Receiving", "Settings", "Diagnostics", "TestKit", "Transfers"]),
    .target(name: "TestKit", path: "Tests/TestKit", swiftSettings: strict),
    tests("DiagnosticsTests", ["Diagnostics", "TestKit"]),
    .target(
      name: "FuzzInputs", dependencies: ["Diagnostics", "Finance", "RuleLanguage", "RuleLibrary"],
      path: "Tests/Fuzz/Inputs", swiftSettings: strict),
    tests(
      "RuleLanguageTests", ["Diagnostics", "Finance", "FuzzInputs", "RuleLanguage", "RuleLibrary", "TestKit"],
      exclude: ["Diagnostics"]),
    tests(
      "RuleLibraryTests", ["Bookkeeping", "Diagnostics", "Evaluation", "Finance", "RuleLanguage", "RuleLibrary"]),
    tests("SettingsTests", ["Settings", "Diagnostics", "TestKit", yams]),
    tests("FinanceTests", ["Finance", "TestKit", bigInt]),
    tests("DropsTests", ["CZlib", "Diagnostics", "Drops", "Finance", "Hashing", "Settings", "TestKit"]),
    tests("HashingTests", ["Hashing"]),
    tests(
      "RulePackTests",
      ["Bookkeeping", "Diagnostics", "Drops", "Evaluation", "Finance", "RuleLanguage", "RuleLibrary", "Settings"]),
    tests(
      "EvaluationTests",
      ["Bookkeeping", "Diagnostics", "Evaluation", "Finance", "RuleLanguage", "RuleLibrary", "TestKit"]),
    tests("StorageTests", ["Storage", sqlite, "TestKit"]),
    tests("BookkeepingTests", ["Bookkeeping", "Finance", "Hashing", "Storage", "TestKit"]),
    tests(
      "AlertingTests",
      ["Alerting", "Bookkeeping", "Diagnostics", "Evaluation", "Finance", "RuleLanguage", "RuleLibrary"]),
    tests("RuleTestingTests", ["Diagnostics", "Evaluation", "Finance", "RuleLanguage", "RuleLibrary", "RuleTesting"]),
    tests("CatalogueTests", ["Alerting", "Catalogue", "Diagnostics", "RuleLanguage", "RuleLibrary", "TestKit"]),
    tests("RoutingTests", ["Alerting", "Diagnostics", "Routing", "Settings"]),
    tests(
      "DeliveryTests",
      [
        "Alerting", "Bookkeeping", "Delivery", "Finance", "Receiving", "Settings", "Sinks", "Storage", sqlite,
        "TestKit",
        "Transfers",
      ]),
    tests("LanguageServerTests", ["Diagnostics", "LanguageServer", "TestKit"]),
    tests("DaemonTests", ["Daemon", "Diagnostics", "RuleLanguage", "Settings", "TestKit"]),
    .testTarget(
      name: "FaultsTests",
      dependencies: ["Alerting", "Bookkeeping", "Daemon", "Finance", "Receiving", "Sinks", "Storage", "TestKit"],
      path: "Tests/Faults", swiftSettings: strict),
    tests("DeployTests", ["Diagnostics", "Settings", "RuleLanguage", "RuleLibrary", "TestKit"], exclude: ["Editors"]),
  ]
)

// For `sh Tests/Fuzz/run.sh` alone: libFuzzer brings its own main.
if Context.environment["OUTTURN_FUZZER"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzzer", dependencies: ["FuzzInputs"], path: "Tests/Fuzz/Fuzzer",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
