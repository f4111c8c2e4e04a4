package import RuleLanguage

extension RuleFunction {
  package static let underlyingPosition = RuleFunction(
    name: "underlying_position",
    topic: .costs,
    parameters: [
      Parameter("outturn", .money()), Parameter("non_recurrent", .money()),
      Parameter("full_year_effects", .money(), optional: true),
    ],
    gives: .like(0),
    summary: "The position that would recur: without one-off benefits, and with a full year of what began in the year.",
    formula: "outturn - net non-recurrent benefit + full-year effect of part-year recurrent items",
    source: "a working definition of NHS finance returns",
    examples: [
      Example(
        "underlying_position(x, y)", given: .init("x", "money full year", ["2013-14 M9": "29.612"]),
        .init("y", "money full year", ["2013-14 M9": "-4.726"]), at: "2013-14 M9", gives: "34.338"),
      Example(
        "underlying_position(x, y, z)", given: .init("x", "money full year", ["2014-15 M12": "3.2"]),
        .init("y", "money full year", ["2014-15 M12": "9"]), .init("z", "money full year", ["2014-15 M12": "-1.9"]),
        at: "2014-15 M12", gives: "-7.7"),
    ],
    synonyms: ["underlying", "recurrent_position", "normalised"],
    lower: { call throws(Misuse) in
      let basis = try call.has(2) ? call.requireOneBasis(0, 1, 2) : call.requireOneBasis(0, 1)
      var position = try call.make(
        .subtract(call.id(0), call.id(1)), .money, basis: basis, adverse: call.node(0).adverse)
      if call.has(2) {
        position = try call.make(.add(position, call.id(2)), .money, basis: basis, adverse: call.node(0).adverse)
      }
      return position
    })
}
