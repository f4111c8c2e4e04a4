/// Texts by code, so that a column of them is whole numbers and equal texts are equal numbers.
final class TextTable {
  private var texts: [String] = []
  private var codes: [String: Int64] = [:]

  func code(_ text: String) -> Int64 {
    if let code = codes[text] { return code }
    let code = Int64(texts.count)
    texts.append(text)
    codes[text] = code
    return code
  }

  subscript(code: Int64) -> String { texts[Int(code)] }
}
