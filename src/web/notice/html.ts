/**
 * HTML as it comes from the clipboard, read as a stream of words and marks. Word, WPS and Excel write what no parser of
 * theirs would accept; nothing of it is shown as HTML here, so it need not be built: it is read once, from left to right.
 */
export type Piece =
  | { readonly text: string }
  | { readonly open: string; readonly attributes: string }
  | { readonly close: string };

/** What stands in these is not for people to read. */
const unread = new Set(["style", "script", "head", "title", "xml", "noscript", "template", "svg", "math"]);

const named: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", ensp: "\u2002", emsp: "\u2003" },
  ...{ ldquo: "\u201c", rdquo: "\u201d", lsquo: "\u2018", rsquo: "\u2019", mdash: "\u2014", ndash: "\u2013" },
  ...{ middot: "\u00b7", hellip: "\u2026", times: "\u00d7", yen: "\u00a5", deg: "\u00b0", thinsp: "\u2009" },
};

export function* piecesOf(html: string): Generator<Piece> {
  for (let at = 0; at < html.length; ) {
    const mark = html.indexOf("<", at);
    if (mark !== at) {
      const text = html.slice(at, mark < 0 ? html.length : mark);
      yield { text: decoded(text) };
      if (mark < 0) return;
    }
    if (html.startsWith("<!--", mark)) {
      const end = html.indexOf("-->", mark + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const end = tagEnd(html, mark);
    const [, slash = "", name = "", attributes = ""] =
      /^<(\/?)([a-z][\w:-]*)([\s\S]*?)\/?>?$/i.exec(html.slice(mark, end)) ?? [];
    at = end;
    const tag = name.toLowerCase();
    if (tag === "") {
      // `<![if !supportLists]>` and the like say nothing; a lone `<` is one.
      if (!/^<[!?/]/.test(html.slice(mark, mark + 2))) yield { text: "<" };
      if (!/^<[!?/]/.test(html.slice(mark, mark + 2))) at = mark + 1;
      continue;
    }
    if (slash === "" && unread.has(tag)) {
      const end = new RegExp(`</${tag}`, "gi");
      end.lastIndex = at;
      const close = end.exec(html)?.index ?? -1;
      at = close < 0 ? html.length : tagEnd(html, close);
      continue;
    }
    yield slash === "" ? { open: tag, attributes } : { close: tag };
  }
}

/** Behind the tag that begins at `from`; a `>` between quotes does not end it. */
function tagEnd(html: string, from: number): number {
  let quote = "";
  for (let at = from + 1; at < html.length; at++) {
    const one = html.charAt(at);
    if (quote !== "") {
      if (one === quote) quote = "";
    } else if (one === ">") return at + 1;
    else if ((one === '"' || one === "'") && html.charAt(at - 1) === "=") quote = one;
  }
  return html.length;
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi,
    (whole, hex?: string, digits?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      const isText = code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isText ? String.fromCodePoint(code) : "";
    },
  );
}
