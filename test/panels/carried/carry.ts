/** From signed messages to the folder that a person carries, and how a card lights a frame. */
import { type Frame, type Message, rowStride, type Shape } from "../../../src/message/index.ts";
import { folderOf, picturesOf } from "../../../src/panels/carried/files.ts";
import { type ClearedItem, clearItems, loadId } from "../../../src/panels/carried/load.ts";
import type { CarriedFile } from "../../../src/panels/carried/zip.ts";
import { epoch } from "../../message/arbitrary.ts";
import { FakeSeals } from "../town.ts";

const hour = 3_600_000;
export const itemOf = (notice: string, pixels: Message) => ({
  ...{ notice, number: 1, title: `标题 ${notice}, "x"`, message: pixels.hash, pixels },
  ...{ from: epoch - hour, until: epoch + hour, signedBy: "丙", signedAt: epoch - hour },
});
/** Each for `board` alone. */
export const signedFor = (board: string, pixels: readonly Message[], until = epoch + hour) => {
  const seals = new FakeSeals();
  for (const [index, message] of pixels.entries())
    seals.verdicts.set(`R${index}`, {
      ...{ ok: true, signedAt: epoch - hour, withdrawnAt: null, supersededAt: null },
      envelope: { boards: [board], from: epoch - hour, until, bestPriority: 0 },
      pixels: new Map([[board, message.hash]]),
    });
  return seals;
};

/** The whole folder of a load of these, cleared as it is before it leaves. */
export async function carried(board: string, all: readonly Message[]): Promise<readonly CarriedFile[]> {
  const [first] = all;
  if (!first) throw new Error("nothing");
  const items = all.map((message, index) => itemOf(`R${index}`, message));
  const looked = clearItems(board, first.shape, items, signedFor(board, all), epoch);
  if (looked.faults.length > 0) throw new Error(looked.faults[0]?.code);
  const load = loadId(board, first.shape, looked.items);
  return folderWith(board, first.shape, looked.items, load);
}

/** With a play list of the pictures' names alone, which is all that a card is told. */
export async function folderWith(
  board: string,
  shape: Shape,
  items: readonly ClearedItem[],
  load: string,
): Promise<readonly CarriedFile[]> {
  const made = await picturesOf(items, epoch);
  let line = 0;
  const rows = made.items.flatMap(({ pages }) => pages.map(({ file }) => `${++line},${file}`));
  const papers = [{ name: "playlist.csv", bytes: Buffer.from(`heads\r\n${rows.join("\r\n")}\r\n`) }];
  const facts = { board, name: "村口", shape, load, since: "2017-11-06T00:30:00.000Z", practice: false };
  return folderOf(facts, made, papers);
}

/** As a card's lamps are: red, green, blue; a mono panel's are white in the picture. */
export function lamps({ shape, pixels }: Frame): Uint8Array {
  const { width, height, colour } = shape;
  if (colour === "rgb") return pixels;
  const stride = rowStride(width, "mono1");
  const bit = (plane: number, x: number, y: number) =>
    ((pixels[(plane * height + y) * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 255 : 0;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [red, other] = [bit(0, x, y), colour === "dual" ? bit(1, x, y) : bit(0, x, y)];
      rgb.set([red, other, colour === "dual" ? 0 : red], (y * width + x) * 3);
    }
  return rgb;
}
