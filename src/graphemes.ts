/** A text's graphemes: what a reader counts as one character (UAX #29), as `Intl.Segmenter` parts them. */

const segmenter = new Intl.Segmenter("zh", { granularity: "grapheme" });

/** Letters, marks, signs and ideographs of which none joins with its neighbour. */
const alone =
  " -~\\u00a0-\\u00ac\\u00ae-\\u02ff\\u0370-\\u0482\\u048a-\\u052f\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\u20cf\\u2100-\\u2bff\\u3000-\\u3029\\u3030-\\u3098\\u309b-\\u4dbf\\u4e00-\\u9fff\\uff01-\\uff9d";
const eachAlone = new RegExp(`^[${alone}]*$`);
/** Between these two there is a boundary, whatever stands before and behind. */
const certain = new RegExp(`[${alone}](?=[${alone}])`, "g");

/** The segmenter takes ten times as long for text that is one character a grapheme anyway. */
export function graphemesOf(text: string): readonly string[] {
  if (eachAlone.test(text)) return text.split("");
  if (text === lastLong.text) return lastLong.graphemes;
  const graphemes = piecesOf(text).flatMap((piece) =>
    eachAlone.test(piece) ? piece.split("") : Array.from(segmenter.segment(piece), ({ segment }) => segment),
  );
  if (text.length >= longFrom) lastLong = { text, graphemes };
  return graphemes;
}

/** A long text is parted once, though it is asked about again and again. UTF-16 units. */
const longFrom = 500;
let lastLong: { readonly text: string; readonly graphemes: readonly string[] } = { text: "", graphemes: [] };

/** UTF-16 units of a piece, or some more. With each step the segmenter hands out the whole text, and takes long ones apart anew. */
const pieceUnits = 256;

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > pieceUnits) {
    certain.lastIndex = from + pieceUnits;
    const found = certain.exec(text);
    if (found === null) break;
    pieces.push(text.slice(from, found.index + 1));
    from = found.index + 1;
  }
  pieces.push(text.slice(from));
  return pieces;
}
