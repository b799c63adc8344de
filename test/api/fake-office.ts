/** An office of three boards whose answers are known: what the API's tests talk to. */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateSync } from "node:zlib";
import { type ApiOptions, createApi, type BoardView, type Office } from "../../src/api/index.ts";
import type { Withheld } from "../../src/api/office.ts";
import type { BoardConfig, Site } from "../../src/config/index.ts";
import { createFits } from "../../src/daemon/fits.ts";
import { plainContent } from "../../src/notices/draft.ts";
import type { NoticeRecord } from "../../src/notices/types.ts";
import { UnknownYear } from "../../src/time/calendar.ts";
import type { Frame, Shape } from "../../src/message/index.ts";
import { capabilitiesOf } from "../../src/panels/capabilities.ts";
import { emptyFrame } from "../../src/message/index.ts";

export const now = Date.parse("2017-11-06T08:29:50.125+08:00");
export const bytes = new TextEncoder().encode("canonical bytes of a message ".repeat(20));
export const hash = createHash("sha256").update(bytes).digest("hex");

function board(id: string, shape: Shape, link: BoardConfig["link"]): BoardConfig {
  return {
    id,
    name: `${id}屏`,
    place: "大门",
    model: "P10 单红",
    device: "led",
    shape,
    ledColour: shape.colour === "mono" ? "#ff2a12" : null,
    link,
    hours: { fromMinute: 450, untilMinute: 1260, days: "workday" },
    defaultLines: [id],
    custodian: "P04",
  };
}

export const boards: readonly BoardConfig[] = [
  board("B1", { width: 16, height: 8, colour: "mono" }, { kind: "tcp-out", host: "127.0.0.1", port: 5005, address: 1 }),
  {
    ...board("B2", { width: 8, height: 2, colour: "dual" }, { kind: "serial", path: "/dev/x", baud: 9600, address: 2 }),
    quiet: [{ fromMinute: 1320, untilMinute: 420, days: "everyday", shows: "nothing" }],
    allows: ["党务"],
  },
  board("B3", { width: 10, height: 1, colour: "rgb" }, { kind: "browser" }),
  board("B4", { width: 4096, height: 4096, colour: "mono" }, { kind: "carried", folder: "usb" }),
];

/** Mono: a diagonal. Dual: red, green, yellow. Rgb: one dot of each colour, a dim red, an orange. */
export function frameOf(shape: Shape): Frame {
  const frame = emptyFrame(shape);
  if (shape.colour === "mono") for (let y = 0; y < 8; y += 1) frame.pixels[y * Math.ceil(shape.width / 8)] = 128 >> y;
  if (shape.colour === "dual") frame.pixels.set([0b10100000, 0, 0b01100000, 0]);
  if (shape.colour === "rgb") {
    const colours = [0xff0000, 0x00ff00, 0xffff00, 0x0000ff, 0xff00ff, 0x00ffff, 0xffffff, 0, 0x200000, 0xff5010];
    for (const [x, colour] of colours.entries())
      frame.pixels.set([colour >> 16, (colour >> 8) & 255, colour & 255], x * 3);
  }
  return frame;
}

function view(config: BoardConfig): BoardView {
  const fact = { message: hash, notice: "N13", at: now - 1000 };
  return {
    config,
    linkNote: { zh: "TCP 127.0.0.1:5005(模拟)", en: "TCP 127.0.0.1:5005 (simulated)" },
    capabilities: capabilitiesOf(config),
    facts: {
      intended: fact,
      sent: fact,
      confirmed: config.id === "B1" ? { ...fact, notice: null } : null,
      faults: [{ fault: { code: "panel/clock", board: config.id, errorMs: 900 }, at: now - 5000 }],
      link: config.link.kind === "browser" ? "browser" : "connected",
    },
  };
}

const fits = createFits(
  { zone: "Asia/Shanghai", readingCharactersPerSecond: 5 } as Site,
  // A notice of this office has none.
  { get: async () => null },
);
const record: NoticeRecord = {
  id: "N01",
  revision: hash,
  revisionNumber: 1,
  content: { ...plainContent, title: "停水通知", body: "因管道检修，明天上午八时起停水。".repeat(6) },
  schedule: {
    boards: ["B5"],
    from: now,
    until: now + 86_400_000,
    cron: "0 8 * * *",
    slotMinutes: 1,
    calendar: "everyday",
    priority: 5,
    weight: 1,
  },
  seal: null,
  makerId: null,
  importedAt: now,
  withdrawnAt: null,
  supersededAt: null,
};

const withheld: Readonly<Record<string, Withheld>> = { N27: "unsigned", N04: "not-yet", N05: "withdrawn" };

export const fakeOffice: Office = {
  name: "青石港办事处",
  practice: true,
  zone: "Asia/Shanghai",
  clockId: "c1",
  now: () => now,
  boards: () => boards.map(view),
  async playlist(id, from, until) {
    if (from >= Date.parse("2019-01-01T00:00:00+08:00")) throw new UnknownYear(2019);
    return {
      board: id,
      from,
      until,
      intervals: [{ start: from, end: until, priority: 5, notices: ["N01"], suspended: null }],
      suspensions: [],
      reasons: [
        {
          notice: "N01",
          title: "鄂南首善之区",
          reason: { code: "shown", until, with: 1 },
          suspended: null,
          sentence: { zh: "正在播放", en: "shown" },
        },
      ],
    };
  },
  async programme(id, at) {
    const shape = boards.find((one) => one.id === id)?.shape;
    if (shape === undefined) return null;
    return {
      programme: {
        shape,
        base: at,
        endMs: 1000,
        messages: [hash],
        spans: [{ startMs: 0, endMs: 1000, leadMs: 0, turns: [{ message: 0, endMs: 500 }], utcOffsetMin: 480 }],
      },
      owners: [["N01"]],
      notices: { N01: { title: "鄂南首善之区", why: { zh: "优先级 5", en: "priority 5" } } },
    };
  },
  async frame(id, at) {
    const shape = boards.find((one) => one.id === id)?.shape;
    if (at === 99_999_999_999) throw new Error("a secret detail");
    return shape === undefined ? null : frameOf(shape);
  },
  message: async (name) => (name === hash ? deflateSync(bytes) : null),
  notices: async function* (at) {
    yield* [
      {
        id: "N01",
        title: "鄂南首善之区",
        revision: hash,
        track: "屏幕服务",
        openness: "主动公开",
        state: "signed",
        boards: ["B1"],
        from: at - 1000,
        until: at + 1000,
        priority: 5,
        dueOn: null,
        late: null,
        displayable: true,
        why: null,
      },
    ];
  },
  fitOf: async (notice, board) => (notice === "N01" ? fits.notice(record, board) : (withheld[notice] ?? null)),
  fitsOfDraft: (draft) => fits.draft(draft, now),
  preview: () => ({ v: 1, clockId: "c1", now, boards: [] }),
  onChange: () => () => {},
  health: () => ({ ok: true, clock: now, boards: 4, confirmed: 1, faults: 4, ledger: "whole" }),
};

/** Listens on a free loopback port. */
export async function serve(options: Partial<ApiOptions> = {}, office = fakeOffice) {
  const server = createServer(createApi(office, { webFolder: null, metrics: async () => "up 1\n", ...options }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    get: (path: string, init?: RequestInit) => fetch(`${url}${path}`, init),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
