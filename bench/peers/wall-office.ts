/** Nine boards of which none ever stands still: strips run sideways, all others upwards, day and night. */
import { deflateSync } from "node:zlib";
import { emptyBitmap, makeMessage, programmeId } from "../../src/message/index.ts";
import type { Instant, Message, Programme, Shape } from "../../src/message/types.ts";
import type { BoardProgramme } from "../../src/preview/types.ts";
import { type FakeOffice, fakeOffice } from "../../test/preview/fake-office.ts";

const dayMs = 86_400_000;
/** As the typesetter scrolls: about ten characters a second, and reading pace. */
const paces = { "scroll-left": 20, "scroll-up": 40 } as const;
const why = { zh: "全天", en: "All day" };

export async function scrollingOffice(): Promise<FakeOffice> {
  const office = await fakeOffice();
  const state = office.preview();
  const messages = new Map<string, Message>();
  const played = new Map<string, BoardProgramme>();
  for (const { id, programme } of state.boards) {
    const message = scrolling(programme.shape);
    messages.set(message.hash, message);
    played.set(id, allDay(message, programme.base));
  }
  const programmeOf = (id: string): BoardProgramme => {
    const found = played.get(id);
    if (!found) throw new Error(`no board ${id}`);
    return found;
  };
  return {
    ...office,
    messages,
    programme: async (id) => programmeOf(id),
    message: async (hash) => deflateSync(messages.get(hash)?.bytes ?? new Uint8Array()),
    preview() {
      const now = office.preview();
      return { ...now, boards: now.boards.map((board) => ({ ...board, ...programmeOf(board.id) })) };
    },
  };
}

/** A quarter of the dots lit, in patches the size of strokes. */
function scrolling(shape: Shape): Message {
  const motion = shape.width / shape.height >= 4 ? "scroll-left" : "scroll-up";
  const [width, height] = motion === "scroll-left" ? [shape.width * 3, shape.height] : [shape.width, shape.height * 3];
  const format = shape.colour === "mono" ? "mono1" : shape.colour === "dual" ? "dual2" : "index1";
  const palette = format === "index1" ? Uint8Array.of(0, 0, 0, 255, 196, 40) : undefined;
  const bitmap = emptyBitmap(width, height, format, palette);
  const stride = Math.ceil(width / 8);
  const strokes = [0x00, 0x7e, 0x18, 0x66, 0x00, 0x24, 0x00];
  const patch = Math.max(1, Math.round(shape.height / 16));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < stride; x++)
      bitmap.pixels[y * stride + x] = strokes[(Math.floor(y / patch) * 3 + Math.floor(x / patch) * 5) % 7] ?? 0;
  return makeMessage(shape, [{ bitmap, motion, msPerPx: paces[motion], holdMs: 0, step: 0, window: null, fields: [] }]);
}

function allDay({ hash, durationMs, shape }: Message, base: Instant): BoardProgramme {
  const turns = [{ message: 0, endMs: durationMs }];
  const programme: Programme = {
    shape,
    base,
    endMs: dayMs,
    messages: [hash],
    spans: [{ startMs: 0, endMs: dayMs, leadMs: 0, turns, utcOffsetMin: 480 }],
  };
  programmeId(programme);
  return { programme, owners: [["N01"]], notices: { N01: { title: "滚动的信息", why } } };
}
