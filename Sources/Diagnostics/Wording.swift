/// How messages count, list and quote.
package enum Wording {
  /// `1 rule`, `3 rules`, `0 entries`.
  package static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// `a, b and c`; past `most`, `a, b and 173 more`.
  package static func list(_ items: [String], _ conjunction: String = "and", most: Int = 12) -> String {
    if items.count > most {
      return items.prefix(most).joined(separator: ", ") + " and \(items.count - most) more"
    }
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// A value in quotation marks, safe to print, cut to `most` characters.
  package static func quoted(_ text: String, most: Int) -> String {
    let cut = text.prefix(most)
    return "“" + cut.printable + (cut.endIndex < text.endIndex ? "…" : "") + "”"
  }

  /// A value in quotation marks, safe to print, cut to 60 characters.
  package static func quoted(_ text: String) -> String { quoted(text, most: 60) }
}
