import Catalogue
import Diagnostics
import Foundation
import RuleLanguage
import RuleLibrary
import Testing

/// Letters stand out from what is behind them in both schemes, by the formula of WCAG 2.2 (at least 4.5 to 1).
@Suite struct AppearanceTests {
  private static let page: String = {
    let source = SourceText(
      name: "a.rules",
      "currency GBP\nyear starts in April\nrule one \"One\"\n  overall\n  red when true\n  message \"x\"\n")
    let loaded = RuleSet.load(files: [source], library: .all)
    return loaded.program.map { Catalogue(title: "Rules", $0, loaded.tree, texts: loaded.texts).html } ?? ""
  }()

  /// The colours of one scheme by name: `ink` is `#1d2430`.
  private func colours(_ scheme: Int) -> [String: [Double]] {
    let blocks = Self.page.matches(of: /:root\{([^}]*)\}/)
    guard blocks.indices.contains(scheme) else { return [:] }
    var colours: [String: [Double]] = [:]
    for match in blocks[scheme].1.matches(of: /--(\w+):#([0-9a-f]{3,6})/) {
      let digits = match.2.count == 3 ? match.2.map { "\($0)\($0)" }.joined() : String(match.2)
      let value = Int(digits, radix: 16) ?? 0
      colours[String(match.1)] = [value >> 16, value >> 8 & 255, value & 255].map { Double($0) / 255 }
    }
    return colours
  }

  private func luminance(_ colour: [Double]) -> Double {
    let linear = colour.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  @Test(arguments: ["light", "dark", "print"].indices) func lettersStandOut(_ scheme: Int) throws {
    let colours = colours(scheme)
    for paper in ["paper", "card"] {
      for ink in ["ink", "soft", "link", "info", "amber", "red"] {
        let (a, b) = (luminance(try #require(colours[ink])), luminance(try #require(colours[paper])))
        let contrast = (max(a, b) + 0.05) / (min(a, b) + 0.05)
        #expect(contrast >= 4.5, "\(ink) on \(paper): \(contrast)")
      }
    }
  }

  @Test func howToGetChartsIsSaid() {
    #expect(Self.page.contains("Made without a ledger") && !Self.page.contains("<svg"))
  }
}
