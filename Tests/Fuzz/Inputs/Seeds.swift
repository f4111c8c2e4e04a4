package import Foundation
import Diagnostics
import RuleLanguage
import RuleLibrary

extension FuzzTarget {
  /// What test blocks are about.
  static let tested = """
    currency GBP
    year starts in April
    dimension category
    measure plan      money full year     reference by category
    measure forecast  money full year     adverse high by category
    measure actual    money year to date  adverse high by category
    rule overspend "Overspend"
      for each organisation
      watch forecast - plan
      amber above £1m
      red above £5m
      persists for 2 periods
      suppress when kind is "PCT" because "wound up"
      message "{organisation}: {watched | m}"
    rule spend_in_category "Spend"
      for each category
      watch sum(actual over organisation)
      red above £5m
      message "{category}"

    """

  /// Good inputs to start from, made of the rule files below these folders. Of a file that shows what is said about it,
  /// what stands above the line is one.
  package func seeds(in folders: [URL]) -> [[UInt8]] {
    let files = Self.files(in: folders)
    switch self {
    case .rules: return files
    case .tests: return files.flatMap(Self.testBlocks)
    case .json:
      return files.compactMap { bytes in
        RuleExchange.export([SourceText(name: "a.rules", bytes: bytes)], library: .all).json.map { Array($0.utf8) }
      }
    }
  }

  private static func files(in folders: [URL]) -> [[UInt8]] {
    let found = folders.flatMap { folder in
      (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? [])
        .compactMap { $0 as? URL }
    }
    return found.filter { ["rules", "rules-error"].contains($0.pathExtension) }.sorted { $0.path < $1.path }.map {
      file in
      let whole = (try? Data(contentsOf: file)) ?? Data()
      return Array(whole[..<(whole.range(of: Data("================\n".utf8))?.lowerBound ?? whole.endIndex)])
    }
  }

  private static func testBlocks(of bytes: [UInt8]) -> [[UInt8]] {
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\ntest ").dropFirst()
    return parts.map { Array("test \($0)\n".utf8) }
  }
}
