/** The sample notices and boards as the typesetter sees them. */
import { readFileSync } from "node:fs";
import type { Shape } from "../../src/message/index.ts";
import type { CivilDate, Content } from "../../src/notices/types.ts";
import { parseCivil } from "../../src/time/zone.ts";
import type { TypesetRequest } from "../../src/typeset/index.ts";

interface SampleBoard {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly color: "mono-red" | "dual-red-green" | "rgb";
  readonly default: { readonly lines: readonly string[] };
}
interface SampleNotice extends Omit<Content, "opennessReason" | "publicity" | "alert"> {
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly boards: readonly string[];
}

export const zone = "Asia/Shanghai";

const folder = new URL("../../fixtures/", import.meta.url);
const file: { readonly boards: readonly SampleBoard[]; readonly notices: readonly SampleNotice[] } = JSON.parse(
  readFileSync(new URL("sample-notices.json", folder), "utf8"),
);
export const annualReport = readFileSync(new URL("annual-report-2017.txt", folder), "utf8");

const colours = { "mono-red": "mono", "dual-red-green": "dual", rgb: "rgb" } as const;

export const boards = file.boards.map((board) => ({
  id: board.id,
  name: board.name,
  lines: board.default.lines,
  shape: { width: board.width, height: board.height, colour: colours[board.color] } satisfies Shape,
}));

/** Each shape of the samples once. */
export const sampleShapes: readonly Shape[] = [
  ...new Map(boards.map(({ shape }) => [`${shape.width}x${shape.height}:${shape.colour}`, shape])).values(),
];

export const noticeIds = file.notices.map((notice) => notice.id);

export function boardShape(id: string): Shape {
  const board = boards.find((one) => one.id === id);
  if (!board) throw new Error(`no board ${id}`);
  return board.shape;
}

export function sampleContent(id: string): Content {
  const notice = file.notices.find((one) => one.id === id);
  if (!notice) throw new Error(`no notice ${id}`);
  return { ...notice, opennessReason: null, publicity: null, alert: null };
}

export function sampleRequest(id: string, shape: Shape): TypesetRequest {
  const notice = file.notices.find((one) => one.id === id);
  const window = { from: instant(notice?.from), until: instant(notice?.until) };
  return { notice: id, content: sampleContent(id), shape, zone, window };
}

export function instant(civil: string | undefined): number {
  const at = parseCivil(zone, civil ?? "");
  if (at === null) throw new Error(`no such time ${civil}`);
  return at;
}

/** Every notice on every board that it names. */
export const samplePairs: readonly { readonly notice: string; readonly board: string }[] = file.notices.flatMap(
  (notice) => notice.boards.map((board) => ({ notice: notice.id, board })),
);

const day: CivilDate = "2017-03-06";

/** A plain content with the given differences. */
export function content(differences: Partial<Content>): Content {
  return {
    title: "标题",
    body: "正文",
    category: "通知",
    track: "政府信息",
    openness: "主动公开",
    opennessReason: null,
    fiveOpen: null,
    displayKind: "notice",
    formedOn: day,
    signature: { org: "青石港办事处", date: day },
    publicity: null,
    alert: null,
    ...differences,
  };
}

export function request(shape: Shape, differences: Partial<Content>): TypesetRequest {
  return {
    notice: "T1",
    content: content(differences),
    shape,
    zone,
    window: { from: instant("2017-03-06T00:00"), until: instant("2017-03-16T00:00") },
  };
}
