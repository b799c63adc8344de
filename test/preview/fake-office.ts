/** An office without a daemon behind it: nine boards with known programmes, and a clock that the test sets. */
import { deflateSync } from "node:zlib";
import type { Office, PlaylistView } from "../../src/api/office.ts";
import type { BoardConfig } from "../../src/config/types.ts";
import { blankMessage, blankOwner, frameAt, lookup, programmeId } from "../../src/message/index.ts";
import type { Instant, Message, Programme, Span, Turn } from "../../src/message/types.ts";
import type { BoardFacts, Fact } from "../../src/panels/contract.ts";
import type { BoardProgramme, PreviewState } from "../../src/preview/types.ts";
import { fakeBoards } from "./fake-boards.ts";
import { capabilitiesOf } from "../../src/panels/capabilities.ts";
import { clockMessage, textMessage } from "./fake-messages.ts";

export { serveOffice } from "./serve-office.ts";

const dayMs = 86_400_000;
const zoneMs = 8 * 3_600_000;
export const practiceStart = Date.parse("2017-11-06T08:29:50+08:00");
export const welcomeAt = Date.parse("2017-12-05T09:00:00+08:00");

interface FakeNotice {
  readonly id: string;
  readonly title: string;
  readonly message: Message;
}
interface FakeBoard {
  readonly config: BoardConfig;
  readonly standby: FakeNotice;
  readonly blank: FakeNotice;
  readonly notices: readonly FakeNotice[];
  readonly welcome: FakeNotice | null;
}

export interface FakeOffice extends Office {
  /** What `onChange` listeners are called for. */
  change(): void;
  /** Replaces a board's facts; undefined puts the healthy ones back. */
  setFacts(board: string, facts: BoardFacts | undefined): void;
  /** Another clock: it stands `byMs` away, under a new id. */
  step(byMs: number): void;
  readonly messages: ReadonlyMap<string, Message>;
}

/** Their messages take a moment to draw and never change. */
let made: Promise<readonly FakeBoard[]> | null = null;

/** `startAt`: what the board clock says now; it then runs in real time. `count`: of boards; past the nine, more like them. */
export async function fakeOffice(startAt: Instant = practiceStart, count = fakeBoards.length): Promise<FakeOffice> {
  made ??= Promise.all(fakeBoards.map(toBoard));
  const nine = await made;
  const boards = Array.from({ length: count }, (_, index) => {
    const like = nine[index % nine.length] as FakeBoard;
    return index < nine.length ? like : { ...like, config: { ...like.config, id: `B${index + 1}` } };
  });
  const messages = new Map<string, Message>();
  for (const board of boards)
    for (const notice of [board.standby, board.blank, ...board.notices, ...(board.welcome ? [board.welcome] : [])])
      messages.set(notice.message.hash, notice.message);
  const listeners = new Set<() => void>();
  const overridden = new Map<string, BoardFacts>();
  let offsetMs = startAt - Math.floor(performance.now());
  let clock = 1;
  const now = () => Math.floor(performance.now()) + offsetMs;
  const change = () => {
    for (const listener of listeners) listener();
  };
  const find = (id: string) => boards.find(({ config }) => config.id === id) ?? null;
  const planned = new Map<string, BoardProgramme>();
  const programmeOf = (board: FakeBoard, at: Instant): BoardProgramme => {
    const day = Math.floor((at + zoneMs) / dayMs);
    const key = `${board.config.id} ${day}`;
    const known = planned.get(key) ?? plan(board, day * dayMs - zoneMs);
    planned.set(key, known);
    return known;
  };
  const factsOf = (board: FakeBoard): BoardFacts => {
    const set = overridden.get(board.config.id);
    if (set) return set;
    const at = now();
    const { programme, owners } = programmeOf(board, at);
    const fact = (when: Instant): Fact => {
      const found = lookup(programme, when);
      return {
        message: found.message ?? board.blank.message.hash,
        notice: owners[found.span]?.[found.turn] ?? null,
        at: when,
      };
    };
    const { kind } = board.config.link;
    const wired = kind !== "browser" && kind !== "carried";
    return {
      intended: fact(at),
      sent: kind === "browser" ? null : { ...fact(at), at: at - 340_000 },
      confirmed: wired ? fact(at - (at % 5000)) : null,
      faults: [],
      link: kind === "browser" ? "browser" : kind === "carried" ? "carried" : "connected",
    };
  };

  return {
    name: "青石港办事处",
    practice: true,
    zone: "Asia/Shanghai",
    get clockId() {
      return `clock-${clock}`;
    },
    now,
    messages,
    fitOf: async () => null,
    fitsOfDraft: () => Promise.reject(new Error("not asked")),
    boards: () =>
      boards.map((board) => ({
        config: board.config,
        linkNote: linkNote(board.config),
        capabilities: capabilitiesOf(board.config),
        facts: factsOf(board),
      })),
    async playlist(id, from, until) {
      const board = find(id);
      return board && playlistOf(board, programmeOf(board, from), from, until);
    },
    async programme(id, at) {
      const board = find(id);
      return board && programmeOf(board, at);
    },
    async frame(id, at) {
      const board = find(id);
      return board && frameAt(programmeOf(board, at).programme, (hash) => messages.get(hash), at);
    },
    async message(hash) {
      const found = messages.get(hash);
      return found ? deflateSync(found.bytes) : null;
    },
    notices: async function* () {},
    preview(): PreviewState {
      const at = now();
      return {
        v: 1,
        clockId: `clock-${clock}`,
        now: at,
        boards: boards.map((board) => ({
          id: board.config.id,
          facts: factsOf(board),
          ...programmeOf(board, at),
        })),
      };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    health: () => ({ ok: true, clock: now(), boards: boards.length, confirmed: 0, faults: 0, ledger: "whole" }),
    change,
    setFacts(board, facts) {
      if (facts) overridden.set(board, facts);
      else overridden.delete(board);
      change();
    },
    step(byMs) {
      offsetMs += byMs;
      clock++;
      change();
    },
  };
}

async function toBoard(config: BoardConfig): Promise<FakeBoard> {
  const { shape, id } = config;
  const text = async (notice: string, title: string, motion: "hold" | "scroll-left", lines: readonly string[]) => ({
    id: notice,
    title,
    message: await textMessage(shape, lines, motion),
  });
  const strip = shape.width / shape.height >= 4;
  return {
    config,
    standby: await text(`default:${id}`, "待机画面", "hold", [config.name, "监督电话 0715-0000000"]),
    blank: { id: blankOwner, title: "", message: blankMessage(shape) },
    notices: [
      await text("N05", "任前公示(虚构)", strip ? "scroll-left" : "hold", [
        "关于张三同志任职前公示的通知",
        "公示期 2017-11-06 至 2017-11-15",
      ]),
      { id: "N36", title: "日期时间", message: await clockMessage(shape) },
      await text("N11", "便民服务办事指南", "hold", ["便民服务办事指南", "城乡居民医保缴费 每日 9:00—16:30"]),
    ],
    welcome: id === "B1" ? await text("N15", "欢迎词", "scroll-left", ["热烈欢迎各位领导莅临检查指导工作"]) : null,
  };
}

/** Blank before and after hours; inside, standby, and at 0 and 30 past, five minutes of notices. */
function plan(board: FakeBoard, base: Instant): BoardProgramme {
  const messages: string[] = [];
  const owners: string[][] = [];
  const spans: Span[] = [];
  const used = new Map<string, FakeNotice>();
  const add = (startMinute: number, endMinute: number, ring: readonly FakeNotice[]) => {
    let endMs = 0;
    const turns = ring.map(({ message }): Turn => {
      let index = messages.indexOf(message.hash);
      if (index < 0) index = messages.push(message.hash) - 1;
      endMs += message.durationMs;
      return { message: index, endMs };
    });
    for (const notice of ring) used.set(notice.id, notice);
    owners.push(ring.map(({ id }) => id));
    spans.push({ startMs: startMinute * 60_000, endMs: endMinute * 60_000, leadMs: 0, turns, utcOffsetMin: 480 });
  };
  const { fromMinute, untilMinute } = board.config.hours;
  add(0, fromMinute, [board.blank]);
  for (let minute = fromMinute; minute < untilMinute; minute += 30) {
    const welcome = board.welcome && base + minute * 60_000 === welcomeAt ? board.welcome : null;
    add(minute, minute + 5, welcome ? [welcome] : board.notices);
    add(minute + 5, Math.min(minute + 30, untilMinute), [board.standby]);
  }
  add(untilMinute, 1440, [board.blank]);
  const programme: Programme = { shape: board.config.shape, base, endMs: dayMs, messages, spans };
  programmeId(programme);
  return {
    programme,
    owners,
    notices: Object.fromEntries(
      [...used].map(([id, { title }]) => [
        id,
        {
          title,
          why: {
            zh: "每小时第 0、30 分起播 5 分钟 · 优先级 5",
            en: "5 minutes from :00 and :30 every hour · priority 5",
          },
        },
      ]),
    ),
  };
}

function playlistOf(board: FakeBoard, planned: BoardProgramme, from: Instant, until: Instant): PlaylistView {
  const { programme, owners } = planned;
  return {
    board: board.config.id,
    from,
    until,
    intervals: programme.spans.map((span, index) => {
      const ids = owners[index] ?? [];
      const blank = ids[0] === blankOwner;
      const standby = ids[0]?.startsWith("default:");
      return {
        start: programme.base + span.startMs,
        end: programme.base + span.endMs,
        priority: blank ? null : standby ? 10 : 5,
        notices: blank ? [] : [...ids],
        suspended: null,
      };
    }),
    suspensions: [],
    reasons: board.notices.map(({ id, title }, index) => ({
      notice: id,
      title,
      suspended: null,
      reason: index === 0 ? { code: "shown", until, with: 3 } : { code: "between-slots", next: until },
      sentence:
        index === 0
          ? { zh: "正在播放,和另外 2 条轮流", en: "Shown, in turn with 2 others" }
          : { zh: "不在时段内,下次 09:00", en: "Between slots, next at 09:00" },
    })),
  };
}

function linkNote({ link }: BoardConfig): { zh: string; en: string } {
  switch (link.kind) {
    case "tcp-out":
      return { zh: `TCP ${link.host}:${link.port}(模拟)`, en: `TCP ${link.host}:${link.port} (simulated)` };
    case "tcp-in":
      return { zh: `TCP 由屏连入 :${link.port}(模拟)`, en: `TCP, panel dials in :${link.port} (simulated)` };
    case "serial":
      return { zh: `串口 ${link.path}(模拟)`, en: `Serial ${link.path} (simulated)` };
    case "udp":
      return { zh: `UDP ${link.host}:${link.port}`, en: `UDP ${link.host}:${link.port}` };
    case "browser":
      return { zh: "浏览器播放", en: "Plays in the browser" };
    case "carried":
      return { zh: "U盘卡:由人携带", en: "USB card: carried by a person" };
  }
}
