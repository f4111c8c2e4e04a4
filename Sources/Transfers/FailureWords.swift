import CCurl

extension TransferFailure {
  /// libcurl's result code in the words of whoever runs the daemon.
  init(_ result: CURLcode, _ destination: Destination, _ limits: TransferLimits, cause: String) {
    let (code, message): (Code, String) =
      switch result {
      case CURLE_COULDNT_RESOLVE_HOST:
        (.unresolved, "the name \(destination.host) has no address")
      case CURLE_COULDNT_CONNECT:
        (.unreachable, "nothing answers at \(destination.name)")
      case CURLE_OPERATION_TIMEDOUT:
        (
          .timeout,
          "\(destination.name) did not answer in time (\(limits.connect) ms to connect, \(limits.total) ms in all)"
        )
      case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
        (.untrusted, "the certificate of \(destination.name) is not to be trusted, so nothing was sent")
      case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        (.untrusted, "\(destination.name) has another key than the pinned one, so nothing was sent")
      case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED:
        (.broken, "\(destination.name) does not agree on a secure connection")
      case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CRL_BADFILE:
        (.invalid, "a certificate or key file for \(destination.name) cannot be used")
      case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
        (.broken, "what answers at \(destination.name) does not speak HTTP")
      case CURLE_OUT_OF_MEMORY:
        (.busy, "no memory for a transfer")
      case CURLE_WRITE_ERROR:
        (.broken, "\(destination.name) answers with more than \(TransferLimits.headerBytes) bytes of headers")
      default:
        (.broken, "the connection to \(destination.name) broke before an answer")
      }
    self.init(code, message, cause: cause.isEmpty ? nil : cause)
  }
}
