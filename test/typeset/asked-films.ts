/** Golden films of what notices ask for themselves: from the content's `motion` to dots. */
import type { Message, Shape } from "../../src/message/index.ts";
import type { Content } from "../../src/notices/types.ts";
import { typeset } from "../../src/typeset/index.ts";
import type { Film } from "./motion-films.ts";
import { request } from "./samples.ts";

function set(shape: Shape, change: Partial<Content>): Message {
  const result = typeset(request(shape, { displayKind: "slogan", body: "正", ...change }));
  if (!result.ok || result.warnings.length > 0) throw new Error("not as asked");
  return result.message;
}

const mono: Shape = { width: 20, height: 16, colour: "mono" };
const dual: Shape = { width: 20, height: 16, colour: "dual" };

export const askedFilms: readonly Film[] = [
  {
    file: "film-asked-entry.txt",
    shows: "a slogan that asks to be pushed in from the right and drawn out by a curtain",
    // 40 ms a dot of 20, 6 s, 80 ms a dot of 10.
    message: set(mono, { motion: { entry: { name: "push" }, exit: { name: "reveal" } } }),
    instants: [400, 800, 6800 + 400],
  },
  {
    file: "film-asked-right.txt",
    shows: "a two-colour slogan that asks to move right: at rest, ten dots on, wholly gone, its loop's last ten dots",
    message: set(dual, { motion: { moving: "scroll-right" } }),
    instants: [1499, 1500 + 10 * 25, 1500 + 30 * 25, 1500 + (84 - 10) * 25],
  },
  {
    file: "film-asked-up.txt",
    shows: "a slogan that asks to rise: at rest, half gone, coming in at the foot",
    message: set(mono, { motion: { moving: "scroll-up" } }),
    instants: [1499, 1500 + 188 * 8, 1500 + 188 * 24],
  },
];
