import CCurl

/// Where a URL leads, read by libcurl's own parser: a second opinion of ours would be a way round the address policy.
struct Destination: Hashable, Sendable {
  /// The URL in libcurl's spelling.
  let url: String
  /// The name or address to connect to, without the brackets of an IPv6 address.
  let host: String
  let port: Int

  /// `HOST:PORT`, which is as much of a URL as a message may show.
  var name: String { "\(host):\(port)" }

  init(_ text: String, allowsPlainHTTP: Bool) throws(TransferFailure) {
    let notURL = TransferFailure(.invalid, "the address is not a URL like https://HOST/PATH")
    guard text.utf8.count <= 8192, !text.utf8.contains(0), let parsed = unsafe curl_url() else { throw notURL }
    defer { unsafe curl_url_cleanup(parsed) }
    guard unsafe curl_url_set(parsed, CURLUPART_URL, text, 0) == CURLUE_OK else { throw notURL }

    func part(_ part: CURLUPart) -> String? {
      var value: UnsafeMutablePointer<CChar>? = nil
      guard unsafe curl_url_get(parsed, part, &value, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let value = unsafe value
      else { return nil }
      defer { unsafe curl_free(value) }
      return unsafe String(cString: value)
    }
    guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST), let url = part(CURLUPART_URL),
      let port = part(CURLUPART_PORT).flatMap({ Int($0) }), !host.isEmpty
    else { throw notURL }
    switch scheme {
    case "https": break
    case "http" where allowsPlainHTTP: break
    case "http":
      throw TransferFailure(.invalid, "http:// sends in the clear and was not asked for; use https://")
    default:
      throw TransferFailure(.invalid, "\(scheme):// is neither https:// nor http://")
    }
    guard host.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      throw TransferFailure(.invalid, "write the host name in its ASCII form (xn--…)")
    }
    self.url = url
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    self.port = port
  }
}
