extension Manual {
  package static let messages = Chapter(
    title: "What is said, and to whom",
    introduction: [
      "An alert is one sentence with the figures in it, and it names who decided on the limit and what to do."
    ],
    pages: [
      ManualPage(
        "message", also: ["detail"], "The sentence of the alert, and more that a reader of it may want.",
        syntax: ["message \"TEXT WITH {HOLES}\"", "detail \"TEXT WITH {HOLES}\""],
        [
          "Whatever stands between braces is worked out for the alert's subject and period: names, amounts, whole expressions. "
            + "`{period}` is always there, `{organisation}` or whatever else the subject is, and `{watched}` beside a `watch`. Every rule has "
            + "one message; a `detail` may follow."
        ],
        example: """
            watch forecast - plan
            red above £5m
            message "{organisation} forecasts {watched} over its plan of {plan}"
            detail "Last month it was {previous(forecast - plan)}; spent so far {actual}"
          """, mistakes: [.clauseMissing, .malformedHole, .unknownName]),
      ManualPage(
        "hole",
        also: [
          "{}", "{", "}", "braces", "format", "formats", "signed", "words", "over_under", "0dp", "1dp", "2dp", "3dp",
          "4dp",
          "5dp", "6dp",
        ],
        "A value in a message, and how it is shown.",
        syntax: ["{EXPRESSION}", "{EXPRESSION | FORMAT | FORMAT}", "{{ and }} for braces"],
        [
          "By itself an amount from a million on is shown in m, from a thousand million on in bn, with one decimal, and a percentage with "
            + "one. `signed` puts a + before what is above zero, `words` says adverse or favourable, `over_under` over or "
            + "under; `0dp` to `6dp` set the decimals, `k`, `m` and `bn` the size. A watched value gets as many decimals as show on "
            + "which side of its limit it is. An unknown is shown as “not known”.",
          "Quotation marks need no care inside a hole: `{sum(position over organisation where kind is \"PCT\")}`.",
        ],
        example: """
            only when plan > £0 and forecast - plan >= £250k
            watch (forecast - plan) / plan
            red above 5%
            message "{organisation}: {watched | signed | 2dp}, which is {forecast - plan | words}"
          """, mistakes: [.malformedHole, .holeOutOfPlace, .unknownFormat, .formatUnfit, .directionUnclear]),
      ManualPage(
        "owner", also: ["runbook", "label"],
        "Who decided on the limit, what to do, and marks by which alerts are routed.",
        syntax: ["owner \"WHO\"", "runbook \"WHAT TO DO, OR AN ADDRESS\"", "label NAME = \"TEXT\""],
        [
          "They are shown as they stand, without holes. Routes of the configuration can match the owner and labels, and send an alert to whom it "
            + "concerns."
        ],
        example: """
            red when forecast > £5m
            owner "financial-control"
            runbook "https://finance.example/runbooks/overspend"
            label team = "acute"
          """, mistakes: [.ownerMissing, .runbookMissing, .holeOutOfPlace]),
    ])
}
