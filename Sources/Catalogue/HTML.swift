import Diagnostics

/// Text inside a page: names from rules and returns are anybody's.
enum HTML {
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar.isHazardous && scalar != "\n" ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }

  /// A link only where it leads to the web: a rule may say anything here.
  static func link(_ text: String) -> String {
    let isAddress = text.hasPrefix("https://") || text.hasPrefix("http://")
    guard isAddress, !text.contains(where: \.isWhitespace) else { return escaped(text) }
    return "<a href=\"\(escaped(text))\" rel=\"noreferrer\">\(escaped(text))</a>"
  }

  static let style = """
    :root{color-scheme:light dark;--ink:#1d2430;--soft:#5b6675;--paper:#fff;--card:#f7f8fa;--line:#dfe3e8;--link:#0b57a4;
    --info:#2f6fb3;--amber:#a86400;--red:#b3261e}
    @media(prefers-color-scheme:dark){:root{--ink:#e7eaef;--soft:#a3adba;--paper:#14181e;--card:#1b2129;--line:#323a45;
    --link:#8cc0ff;--info:#7fb5f0;--amber:#f0b35a;--red:#ff8a80}}
    *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    main,header,nav{max-width:60rem;margin:0 auto;padding:0 1.25rem}header{padding-top:2.5rem}
    h1{font-size:1.9rem;margin:0 0 .25rem}h2{font-size:1.05rem;color:var(--soft);font-weight:600;margin:2.5rem 0 .75rem;
    border-bottom:1px solid var(--line);padding-bottom:.35rem}h3{font-size:1.2rem;margin:0}a{color:var(--link)}
    nav ul{columns:2 18rem;padding-left:1.1rem;margin:.5rem 0}nav li{break-inside:avoid}
    article{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.25rem 1.4rem;margin:0 0 1.1rem;
    break-inside:avoid}article:target{outline:3px solid var(--link)}.name{color:var(--soft);font-size:.88rem;margin:.1rem 0 .8rem}
    .says{font-size:1.05rem;margin:.3rem 0 1rem}.says p{margin:.15rem 0}dl{display:grid;grid-template-columns:8.5rem 1fr;
    gap:.3rem 1rem;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}dd ul{margin:0;padding-left:1.1rem}
    code,pre{font:.88rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}pre{overflow-x:auto;background:var(--paper);
    border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem;margin:.5rem 0 0}details{margin-top:.9rem}
    summary{cursor:pointer;color:var(--soft)}figure{margin:0 0 1rem}figcaption{color:var(--soft);font-size:.88rem}
    svg{width:100%;height:auto;display:block}svg text{font:12px system-ui,sans-serif;fill:var(--soft)}
    .axis{stroke:var(--line)}.bound{stroke-dasharray:5 4;stroke-width:1.2}.value{fill:none;stroke:var(--ink);stroke-width:2}
    .dot{fill:var(--paper);stroke:var(--ink);stroke-width:2}.bound.info,.dot.info{stroke:var(--info)}
    .bound.amber,.dot.amber{stroke:var(--amber)}.bound.red,.dot.red{stroke:var(--red)}.dot.info{fill:var(--info)}
    .dot.amber{fill:var(--amber)}.dot.red{fill:var(--red)}svg text.info,b.info{fill:var(--info);color:var(--info)}
    svg text.amber,b.amber{fill:var(--amber);color:var(--amber)}svg text.red,b.red{fill:var(--red);color:var(--red)}
    table{border-collapse:collapse;width:100%;font-size:.93rem}td{padding:.15rem .8rem .15rem 0;vertical-align:top}
    @media(max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
    @media print{body{font-size:11pt}article{background:none}details pre{white-space:pre-wrap}nav{break-after:page}}
    """
}
