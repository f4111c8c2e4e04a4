import Finance

/// Follows one alert's states from period to period, and says since when each stands: what opened, was suppressed, opened
/// anew, escalated or eased has stood since that, as the record has it.
struct Spell {
  private var before = FoldCode.none
  private var since: Period?
  private var levelSince: Period?

  /// The state after a period that exists.
  mutating func state(_ code: FoldCode, at period: Period, suppression: String? = nil) -> FoldState {
    if !code.continues(before) { since = period }
    if code.phase != before.phase || levelSince == nil { levelSince = period }
    before = code
    return code.state(since: since ?? period, levelSince: levelSince ?? period, suppression: suppression)
  }
}
