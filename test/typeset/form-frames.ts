/** Golden frames of the forms: publicity, rosters, welcomes, warnings, covers and default pictures. */
import type { Shape } from "../../src/message/index.ts";
import type { Content } from "../../src/notices/types.ts";
import type { TypesetRequest } from "../../src/typeset/index.ts";
import { request, sampleRequest } from "./samples.ts";

export interface Golden {
  readonly file: string;
  readonly shows: string;
  readonly request: TypesetRequest;
  readonly elapsedMs?: number;
  /** Civil. */
  readonly at?: string;
}

const mono = (width: number, height: number): Shape => ({ width, height, colour: "mono" });
const dual = (width: number, height: number): Shape => ({ width, height, colour: "dual" });
const rgb = (width: number, height: number): Shape => ({ width, height, colour: "rgb" });

const unsigned = { signature: { org: "", date: null } };
const publicity: Partial<Content> = {
  displayKind: "publicity",
  title: "任前公示",
  body: "拟任下列同志。\n许宁\n梅一舟\n欧阳明\n罗静",
  publicity: { required: 8, unit: "workday", phone: "0715-0000000" },
  ...unsigned,
};
const orange: Partial<Content> = { displayKind: "emergency", title: "暴雨橙色预警", body: "远离河道。", ...unsigned };
const cover: Partial<Content> = {
  displayKind: "cover",
  title: "党务政务公开栏",
  body: "2017年第4期\n一、三公经费\n二、任前公示",
  ...unsigned,
};
const board = { displayKind: "default", body: "柳林村公开栏\n监督电话 0715-0000000" } as const;
const guests = { displayKind: "welcome", body: "热烈欢迎检查组莅临指导" } as const;

export const formFrames: readonly Golden[] = [
  { file: "publicity.txt", shows: "publicity: names in columns", request: request(dual(160, 80), publicity) },
  {
    file: "publicity-set-off.txt",
    shows: "publicity's second page: its period and telephone",
    request: request(dual(160, 80), publicity),
    elapsedMs: 5500,
  },
  {
    file: "roster-today.txt",
    shows: "a day of N16 on B6",
    request: sampleRequest("N16", dual(160, 80)),
    elapsedMs: 3100,
    at: "2017-10-02T10:00",
  },
  {
    file: "roster-nobody.txt",
    shows: "a day of N16 without duty on B1",
    request: sampleRequest("N16", mono(384, 32)),
    elapsedMs: 3100,
    at: "2017-09-30T19:00",
  },
  { file: "welcome-two-sizes.txt", shows: "guests larger than their welcome", request: request(dual(160, 80), guests) },
  { file: "welcome-low.txt", shows: "two lines of one size, no name broken", request: request(mono(128, 32), guests) },
  { file: "warning-orange.txt", shows: "orange in two colours: red edges", request: request(dual(128, 64), orange) },
  { file: "warning-mono.txt", shows: "a bar in one colour", request: request(mono(128, 32), orange) },
  {
    file: "warning-over.txt",
    shows: "an end: a frame, no bar",
    request: request(rgb(160, 64), { ...orange, title: "解除暴雨橙色预警", body: "雨已停。" }),
  },
  { file: "cover.txt", shows: "a cover's first page", request: request(rgb(192, 96), cover) },
  { file: "cover-strip.txt", shows: "a cover on a strip: one line", request: request(mono(256, 32), cover) },
  { file: "default.txt", shows: "a board's name, its telephone smaller", request: request(dual(160, 80), board) },
  {
    file: "default-low.txt",
    shows: "the same where there is room for no margin",
    request: request(mono(128, 32), board),
  },
];
