import CCurl
import Glibc

/// One request on its way: libcurl's easy handle, what has come back so far, and who waits. Lives on the transfer
/// thread.
@safe
final class Transfer {
  let number: UInt64
  let easy: UnsafeMutableRawPointer
  var key: UInt { unsafe UInt(bitPattern: easy) }
  private let request: OutgoingRequest
  private let destination: Destination
  private let continuation: CheckedContinuation<TransferOutcome, Never>
  private let millisecondsSpent: Int
  private var headerLines: UnsafeMutablePointer<curl_slist>? = nil
  private var pins: UnsafeMutablePointer<curl_slist>? = nil
  private let words: UnsafeMutablePointer<CChar>

  private var answer = AnswerReader()
  private var refused: TransferFailure?

  init(
    number: UInt64, request: OutgoingRequest, destination: Destination, addresses: [NetworkAddress],
    millisecondsSpent: Int, continuation: CheckedContinuation<TransferOutcome, Never>
  ) throws(TransferFailure) {
    guard let easy = unsafe curl_easy_init() else { throw TransferFailure(.busy, "no memory for a transfer") }
    self.number = number
    unsafe self.easy = unsafe easy
    self.request = request
    self.destination = destination
    self.continuation = continuation
    self.millisecondsSpent = millisecondsSpent
    unsafe words = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    answer.limit = request.limits.responseBytes
    try configure(pinnedTo: addresses)
  }

  deinit {
    unsafe curl_easy_cleanup(easy)
    unsafe curl_slist_free_all(headerLines)
    unsafe curl_slist_free_all(pins)
    unsafe words.deallocate()
  }

  static func refusal(
    of addresses: [NetworkAddress], for destination: Destination, by policy: AddressPolicy
  ) -> TransferFailure {
    guard let address = addresses.first, let kind = policy.refusal(of: address) else {
      return TransferFailure(.unresolved, "the name \(destination.host) has no address")
    }
    return TransferFailure(
      .refusedAddress,
      "\(destination.name) is at \(address), which is \(kind); if that is meant, write allow: [\(address)]")
  }

  private func configure(pinnedTo addresses: [NetworkAddress]) throws(TransferFailure) {
    try set(CURLOPT_URL, destination.url)
    try check(unsafe curl_set_web_only(easy))
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_USERAGENT, "outturn")
    try check(unsafe curl_set_quick_exit(easy))
    try pin(addresses)
    try configureLimits()
    try configureSecurity()
    try configureContent()
    try configureCallbacks()
  }

  private func configureLimits() throws(TransferFailure) {
    let limits = request.limits
    try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, limits.connect - millisecondsSpent))
    try set(CURLOPT_TIMEOUT_MS, max(1, limits.total - millisecondsSpent))
    try set(CURLOPT_LOW_SPEED_LIMIT, limits.slowBytes)
    try set(CURLOPT_LOW_SPEED_TIME, limits.slowSeconds)
  }

  private func configureSecurity() throws(TransferFailure) {
    let security = request.security
    try set(CURLOPT_SSLVERSION, 6)  // CURL_SSLVERSION_TLSv1_2: at least that
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    if let file = security.authorities { try set(CURLOPT_CAINFO, file) }
    if let file = security.clientCertificate { try set(CURLOPT_SSLCERT, file) }
    if let file = security.clientKey { try set(CURLOPT_SSLKEY, file) }
    if let key = security.pinnedKey { try set(CURLOPT_PINNEDPUBLICKEY, key) }
  }

  private func configureContent() throws(TransferFailure) {
    switch request.method {
    case .get:
      try set(CURLOPT_HTTPGET, 1)
    case .post:
      try check(unsafe curl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
      try check(
        unsafe request.body.withUnsafeBytes {
          unsafe curl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress ?? UnsafeRawPointer(words))
        })
    }
    // Without this libcurl waits a second for the server's leave before it sends a large body.
    var lines = ["Expect:"]
    for header in request.headers {
      guard header.isSound else {
        throw TransferFailure(.invalid, "a header's name or value holds a character that no header may hold")
      }
      lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    for line in lines { unsafe headerLines = curl_slist_append(headerLines, line) }
    try check(unsafe curl_set_list(easy, CURLOPT_HTTPHEADER, headerLines))
  }

  /// Tells libcurl the addresses of the name, so that it asks nobody.
  private func pin(_ addresses: [NetworkAddress]) throws(TransferFailure) {
    guard NetworkAddress(destination.host) == nil else { return }
    let list = addresses.map { address in
      if case .v6 = address { "[\(address)]" } else { "\(address)" }
    }
    unsafe pins = curl_slist_append(nil, "\(destination.host):\(destination.port):\(list.joined(separator: ","))")
    try check(unsafe curl_set_list(easy, CURLOPT_RESOLVE, pins))
  }

  private func configureCallbacks() throws(TransferFailure) {
    let own = unsafe Unmanaged.passUnretained(self).toOpaque()
    try check(unsafe curl_set_pointer(easy, CURLOPT_ERRORBUFFER, words))
    try check(unsafe curl_set_pointer(easy, CURLOPT_HEADERDATA, own))
    try check(
      unsafe curl_set_receiver(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, own in
        unsafe Transfer.from(own).answer.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
          ? size * count : 0
      })
    try check(unsafe curl_set_pointer(easy, CURLOPT_WRITEDATA, own))
    try check(
      unsafe curl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, own in
        unsafe Transfer.from(own).answer.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
          ? size * count : 0
      })
    try check(unsafe curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, own))
    try check(
      unsafe curl_set_socket_opener(easy) { own, _, address in
        guard let address = unsafe address else { return -1 }
        return unsafe Transfer.from(own).open(address)
      })
    try check(unsafe curl_set_pointer(easy, CURLOPT_PREREQDATA, own))
    try check(
      unsafe curl_set_last_check(easy) { own, address, _, _, _ in
        guard let address = unsafe address else { return CURL_PREREQFUNC_ABORT }
        let text = unsafe String(cString: address)
        return unsafe Transfer.from(own).permits(NetworkAddress(text)) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
      })
  }

  private static func from(_ own: UnsafeMutableRawPointer?) -> Transfer {
    guard let own = unsafe own else { preconditionFailure("libcurl lost the transfer it calls back about") }
    return unsafe Unmanaged<Transfer>.fromOpaque(own).takeUnretainedValue()
  }

  /// Checks the address once more where it cannot change any further: at the socket.
  private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return -1 }
    guard unsafe permits(NetworkAddress(socketAddress: UnsafeRawPointer(address) + offset)) else { return -1 }
    return unsafe socket(
      address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
  }

  private func permits(_ address: NetworkAddress?) -> Bool {
    guard let address else { return false }
    guard request.addresses.refusal(of: address) != nil else { return true }
    refused = Self.refusal(of: [address], for: destination, by: request.addresses)
    return false
  }

  /// Called once libcurl is done with the handle.
  func finish(_ result: CURLcode) {
    if let response = answer.response(complete: result == CURLE_OK) {
      end(.answered(response))
    } else if let refused {
      end(.failed(refused))
    } else {
      let cause = unsafe String(cString: words)
      end(.failed(TransferFailure(result, destination, request.limits, cause: cause)))
    }
  }

  func end(_ outcome: TransferOutcome) {
    continuation.resume(returning: outcome)
  }

  private func set(_ option: CURLoption, _ value: Int) throws(TransferFailure) {
    try check(unsafe curl_set_number(easy, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) throws(TransferFailure) {
    try check(unsafe curl_set_text(easy, option, value))
  }

  private func check(_ code: CURLcode) throws(TransferFailure) {
    guard code == CURLE_OK else {
      throw TransferFailure(
        .invalid, "libcurl does not take a setting of this request",
        cause: unsafe String(cString: curl_easy_strerror(code)))
    }
  }
}
