/** A turn as the texts that a card shows one after the other, each on one page: all of them can be said, or none is. */
import type { OnbonKConfig } from "../../config/types.ts";
import { limits } from "../../limits.ts";
import type { Frame, Instant, Programme } from "../../message/index.ts";
import { standingAt, standingScenes } from "../cards/standing.ts";
import type { Wanted } from "../contract.ts";
import { type Alphabet, readPage, type Written } from "./cells.ts";
import { encodeText, marks } from "./text.ts";
import { type Trouble, troubles } from "./troubles.ts";

export interface PageText {
  readonly text: Uint8Array;
  /** From then on it is another one, or the turn's end. */
  readonly until: Instant;
}

/** null: nothing is on. */
export type TurnReader = (wanted: Wanted, now: Instant) => PageText | { readonly trouble: Trouble } | null;

type Texts = ReadonlyMap<Frame, Uint8Array> | { readonly trouble: Trouble };

export function turnReader(options: Pick<OnbonKConfig, "glyphs" | "font">, alphabet: Alphabet): TurnReader {
  /** A programme is of one turn, and read once. */
  const read = new WeakMap<Programme, Texts>();

  function textsOf(wanted: Wanted, now: Instant): Texts {
    const texts = new Map<Frame, Uint8Array>();
    const pictures = standingScenes(wanted, now).flatMap((scene) => scene.pictures);
    for (const [index, picture] of pictures.entries()) {
      const page = readPage(picture, alphabet);
      if (!page.ok) return { trouble: troubles.noText(index + 1, page) };
      const text = bytesOf(page.lines, picture.shape.colour === "dual", options);
      if (text.length > limits.onbonTextBytes) return { trouble: troubles.tooLong(text.length, limits.onbonTextBytes) };
      texts.set(picture, text);
    }
    return texts;
  }

  return (wanted, now) => {
    const standing = standingAt(wanted, now);
    if (!standing) return null;
    const texts = read.get(wanted.programme) ?? textsOf(wanted, now);
    read.set(wanted.programme, texts);
    if ("trouble" in texts) return texts;
    return { text: texts.get(standing.frame) ?? blankText(), until: standing.until };
  };
}

/** Nothing lit; the maker's stations send two spaces for that (vector bxk-station-blank). */
export const blankText = () => Uint8Array.of(0x20, 0x20);

/** Lines end with the card's own mark, colours where another one begins; an empty line is a space, so that it is one. */
function bytesOf(
  lines: readonly (readonly Written[])[],
  inColours: boolean,
  { glyphs, font }: Pick<OnbonKConfig, "glyphs" | "font">,
): Uint8Array {
  const last = lines.findLastIndex((line) => line.some(({ colour }) => colour !== null));
  if (last < 0) return blankText();
  let before = 0;
  const bytes = lines.slice(0, last + 1).flatMap((line, index) => {
    const ends = line.findLastIndex(({ colour }) => colour !== null);
    const said = line.slice(0, ends + 1).flatMap(({ character, colour }) => {
      const changes = inColours && colour !== null && colour !== before;
      if (changes) before = colour;
      return [...(changes ? marks.colour(colour) : []), ...encodeText(character, glyphs)];
    });
    return [...(index > 0 ? marks.lineEnd : []), ...(said.length > 0 ? said : [0x20])];
  });
  return Uint8Array.from([...(font === null ? [] : marks.font(font)), ...bytes]);
}
