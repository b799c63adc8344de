/** Golden films: a small page at a few instants of each motion, each way that it may go. */
import {
  type Direction,
  makeMessage,
  type Message,
  type Page,
  sha256Hex,
  type TransitionName,
} from "../../src/message/index.ts";
import { Canvas } from "../../src/typeset/canvas.ts";
import { typeset } from "../../src/typeset/index.ts";
import { request } from "./samples.ts";

export interface Film {
  readonly file: string;
  readonly shows: string;
  readonly message: Message;
  /** Since the message began, ms. */
  readonly instants: readonly number[];
}

const shape = { width: 20, height: 16, colour: "mono" } as const;
const black = { wide: 12, tall: 8 } as const;
const msPerPx = 100;
const holdMs = 1000;

function still(): Page {
  const set = typeset(request(shape, { displayKind: "slogan", body: "正" }));
  const page = set.ok ? set.message.pages[0] : undefined;
  if (page?.motion !== "hold") throw new Error("the page does not stand");
  return { ...page, holdMs };
}

function messageOf(change: Partial<Page>): Message {
  return makeMessage(shape, [{ ...still(), ...change }], sha256Hex);
}

/** The page, and after it some black. */
function strip(side: "wide" | "tall"): Partial<Page> {
  const canvas = new Canvas(
    shape.width + (side === "wide" ? black.wide : 0),
    shape.height + (side === "tall" ? black.tall : 0),
    shape.colour,
  );
  canvas.picture(still().bitmap, 0, 0);
  return { bitmap: canvas.bitmap(), msPerPx };
}

function scroll(motion: "scroll-left" | "scroll-right" | "scroll-up" | "scroll-down", side: "wide" | "tall"): Film {
  const travel = side === "wide" ? shape.width + black.wide : shape.height + black.tall;
  const message = messageOf({ motion, ...strip(side) });
  const instants = [holdMs - 1, holdMs + 5 * msPerPx, holdMs + (travel - 5) * msPerPx];
  return {
    file: `film-${motion}.txt`,
    shows: `${motion}: at rest, five dots on, five dots before it is round`,
    message,
    instants,
  };
}

/** Enters and leaves the same way. */
function passage(name: TransitionName, direction: Direction, travel: number): Film {
  const transition = { name, direction, msPerPx };
  const message = messageOf({ entry: transition, exit: transition });
  const part = Math.floor(travel * 0.6);
  const instants = [part * msPerPx, travel * msPerPx, travel * msPerPx + holdMs + part * msPerPx];
  return {
    file: `film-${name}-${direction}.txt`,
    shows: `${name} ${direction}: most of the way in, whole, most of the way out`,
    message,
    instants,
  };
}

export const films: readonly Film[] = [
  {
    file: "film-blink.txt",
    shows: "blink: lit, black",
    message: messageOf({ motion: "blink", msPerPx: 500 }),
    instants: [0, 500],
  },
  scroll("scroll-left", "wide"),
  scroll("scroll-right", "wide"),
  scroll("scroll-up", "tall"),
  scroll("scroll-down", "tall"),
  passage("wipe", "right", shape.width),
  passage("wipe", "up", shape.height),
  passage("push", "left", shape.width),
  passage("push", "down", shape.height),
  passage("reveal", "horizontal", shape.width / 2),
  passage("reveal", "vertical", shape.height / 2),
];
