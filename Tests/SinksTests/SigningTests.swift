import Sinks
import Testing

/// FAULTS 1: the vectors of Standard Webhooks, byte for byte.
@Suite struct SigningTests {
  private let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
  private let timestamp: Int64 = 1_614_265_330
  private let body = Array(#"{"test": 2432232314}"#.utf8)
  private let secret = WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!
  private let other = WebhookSecret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")!
  private let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
  private let otherSignature = "v1,78nXHjpFP0tVJQW5D0SBwmVyyW87BV/rL6MgfM/Bw44="

  @Test func theVectorMatches() {
    #expect(WebhookSigner([secret]).signature(id: id, timestamp: timestamp, body: body) == signature)
  }

  @Test func whileSecretsAreExchangedBothSign() {
    let both = WebhookSigner([secret, other]).signature(id: id, timestamp: timestamp, body: body)
    #expect(both == "\(signature) \(otherSignature)")
  }

  private func failure(
    _ change: (inout [String: String]) -> Void = { _ in }, body: [UInt8]? = nil, now: Int64? = nil,
    secrets: [WebhookSecret]? = nil
  ) -> WebhookVerifier.Failure? {
    var headers = ["webhook-id": id, "webhook-timestamp": "\(timestamp)", "webhook-signature": signature]
    change(&headers)
    do throws(WebhookVerifier.Failure) {
      try WebhookVerifier(secrets ?? [secret]).verify(
        header: { headers[$0] }, body: body ?? self.body, now: now ?? timestamp)
      return nil
    } catch {
      return error
    }
  }

  @Test func aGenuineMessageIsBelieved() {
    #expect(failure() == nil)
    #expect(failure({ $0["webhook-signature"] = "v2,x \(otherSignature) \(signature)" }) == nil)
    #expect(failure({ $0["webhook-signature"] = otherSignature }, secrets: [secret, other]) == nil)
    #expect(failure(now: timestamp + 300) == nil)
    #expect(failure(now: timestamp - 300) == nil)
  }

  @Test func anyChangeIsNoticed() {
    #expect(failure(body: self.body + [32]) == .wrongSignature)
    #expect(failure({ $0["webhook-id"] = "msg_other" }) == .wrongSignature)
    #expect(failure({ $0["webhook-timestamp"] = "\(timestamp + 1)" }) == .wrongSignature)
    #expect(failure({ $0["webhook-signature"] = "v1," }) == .wrongSignature)
    #expect(failure({ $0["webhook-signature"] = "" }) == .wrongSignature)
    #expect(failure(secrets: [other]) == .wrongSignature)
    #expect(failure(secrets: []) == .wrongSignature)
  }

  @Test func oldAndFutureMessagesAreNotBelieved() {
    #expect(failure(now: timestamp + 301) == .tooOld)
    #expect(failure(now: timestamp - 301) == .tooNew)
  }

  @Test(arguments: ["", "x", "-1", "1e9", "99999999999999999999", "16142653 30"])
  func rubbishIsNoTimestamp(text: String) {
    #expect(failure({ $0["webhook-timestamp"] = text }) == .badTimestamp)
  }

  @Test(arguments: ["webhook-id", "webhook-timestamp", "webhook-signature"])
  func aMissingHeaderIsUnsigned(name: String) {
    #expect(failure({ $0[name] = nil }) == .unsigned)
  }

  @Test(arguments: ["", "whsec_", "whsec_AAAA", "whsec_***", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa"])
  func whatIsNoSecretIsRefused(text: String) {
    #expect(WebhookSecret(text) == nil)
  }

  @Test func aSecretIsNeverPrinted() {
    #expect("\(secret)" == "‹secret›")
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("key"))
  }
}
