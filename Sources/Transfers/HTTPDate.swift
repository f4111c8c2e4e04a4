import CCurl

/// The date of an HTTP header, `Sun, 06 Nov 1994 08:49:37 GMT` or one of its older forms.
package enum HTTPDate {
  /// Seconds since 1970; nil where it is no date that names a day and a time.
  package static func seconds(_ text: String) -> Int64? {
    guard text.utf8.count <= 64, text.contains(":"), text.utf8.allSatisfy({ (32..<127).contains($0) }) else {
      return nil
    }
    let seconds = unsafe curl_getdate(text, nil)
    return seconds < 0 ? nil : Int64(seconds)
  }
}
