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
    :root{color-scheme:light dark;--ink:#1d2430;--soft:#566170;--paper:#fff;--card:#f7f8fa;--line:#d9dee5;--link:#0b57a4;
    --info:#2867aa;--amber:#955800;--red:#b3261e;--band:#dce6f1;--other:#a9b4c2}
    @media(prefers-color-scheme:dark){:root{--ink:#e7eaef;--soft:#a9b3c0;--paper:#14181e;--card:#1b2129;--line:#37404c;
    --link:#8cc0ff;--info:#7fb5f0;--amber:#f0b35a;--red:#ff8a80;--band:#2a3746;--other:#5f6c7c}}
    *{box-sizing:border-box}html{scroll-padding-top:1rem}body{margin:0;background:var(--paper);color:var(--ink);
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    main,header,nav{max-width:60rem;margin:0 auto;padding:0 1.25rem}header{padding-top:2.5rem}header p{margin:.25rem 0 1rem}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1.25rem;top:.5rem}
    h1{font-size:1.9rem;line-height:1.2;margin:0}h2{font-size:1.05rem;color:var(--soft);font-weight:600;margin:2.5rem 0 .75rem;
    border-bottom:1px solid var(--line);padding-bottom:.35rem}h3{font-size:1.25rem;line-height:1.3;margin:0}a{color:var(--link)}
    nav{border:1px solid var(--line);border-radius:10px;padding:.4rem 1.25rem 1rem;max-width:57.5rem}
    nav .file{color:var(--soft);font-size:.88rem;font-weight:600;margin:.8rem 0 .2rem}
    nav ul{columns:2 20rem;column-gap:2rem;list-style:none;padding:0;margin:0}
    nav li{break-inside:avoid;padding:.12rem 0}nav a{text-decoration-thickness:1px;text-underline-offset:.15em}
    article{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.25rem 1.4rem;margin:0 0 1.1rem}
    article:target,article:has(:target){outline:3px solid var(--link)}
    .name{color:var(--soft);font-size:.88rem;margin:.1rem 0 .8rem}.soft{color:var(--soft);font-size:.9rem;margin:.4rem 0 1rem}
    .says{font-size:1.05rem;margin:.3rem 0 1rem}.says p{margin:.15rem 0}
    dl{display:grid;grid-template-columns:6.5rem 1fr;gap:.3rem 1rem;margin:1rem 0 0}dt{color:var(--soft)}
    dd{margin:0;overflow-wrap:anywhere}dd ul{list-style:none;margin:0;padding:0}
    code,pre{font:.88rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}code{overflow-wrap:anywhere}
    pre{overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem;margin:.5rem 0 0}
    details{margin-top:1rem}summary{cursor:pointer;color:var(--soft)}
    figure{margin:1rem 0}figcaption{color:var(--soft);font-size:.9rem;margin-top:.35rem}figcaption strong{color:var(--ink);display:block}
    .keys{display:none}.key{margin-right:.8rem;font-weight:600}.badge{font-size:.78rem;font-weight:600;white-space:nowrap;
    border:1px solid;border-radius:99px;padding:0 .5em;margin-left:.25em;vertical-align:.08em}
    svg{width:100%;height:auto;display:block}svg text{font:12px system-ui,sans-serif;fill:var(--soft)}svg.narrow{display:none}
    .grid,.axis{stroke:var(--line)}.axis{stroke:var(--soft);stroke-width:.8}.band{fill:var(--band)}
    .middle,.other{fill:none;stroke:var(--other);stroke-width:1.2}.bound{fill:none;stroke-dasharray:5 4;stroke-width:1.4}
    .value{fill:none;stroke:var(--ink);stroke-width:2.2;stroke-linejoin:round}svg text.now{fill:var(--ink);font-weight:600}
    .dot{fill:var(--card);stroke:var(--ink);stroke-width:2}.bound.info,.dot.info{stroke:var(--info)}
    .bound.amber,.dot.amber{stroke:var(--amber)}.bound.red,.dot.red{stroke:var(--red)}.dot.info{fill:var(--info)}
    .dot.amber{fill:var(--amber)}.dot.red{fill:var(--red)}svg text.info{fill:var(--info)}svg text.amber{fill:var(--amber)}
    svg text.red{fill:var(--red)}b.info,th.info,.key.info{color:var(--info)}b.amber,th.amber,.key.amber{color:var(--amber)}
    b.red,th.red,.key.red{color:var(--red)}
    .table{overflow-x:auto;margin:1rem 0 0}table{border-collapse:collapse;font-size:.93rem}
    caption{text-align:left;color:var(--soft);padding-bottom:.25rem}
    th,td{padding:.22rem 1.4rem .22rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
    thead th{color:var(--soft);font-weight:600}tbody th{font-weight:400}th:last-child,td:last-child{padding-right:0}
    .figure{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    @media(max-width:40rem){main,header,nav{padding-left:1rem;padding-right:1rem}nav{margin:0 1rem}article{padding:1rem}
    dl{grid-template-columns:1fr;gap:0}dt{margin-top:.5rem}svg.wide{display:none}svg.narrow{display:block}
    .keys{display:block}nav ul{columns:1}nav li{padding:.3rem 0}}
    @media print{:root{--ink:#000;--soft:#444;--paper:#fff;--card:#fff;--line:#bbb;--link:#000;--info:#2867aa;--amber:#955800;
    --red:#b3261e;--band:#dce6f1;--other:#a9b4c2}html{font-size:10pt}body{font-size:1rem}main,header,nav{max-width:none;padding:0}
    nav{border:0;break-after:page}nav a{text-decoration:none}article{border:0;border-bottom:1px solid var(--line);border-radius:0;
    padding:.5rem 0 1rem}h2,h3,.name,caption{break-after:avoid}figure,tr,dl>*{break-inside:avoid}svg.wide{display:block;max-width:16cm}
    svg.narrow,.keys,details,.skip{display:none}@page{margin:1.8cm}}
    """
}
