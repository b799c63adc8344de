/** Contents to typeset: the annual report's sentences as office notices, each different. */
import { readFileSync } from "node:fs";
import type { Content } from "../../src/notices/types.ts";
import type { Shape } from "../../src/message/index.ts";
import type { TypesetRequest } from "../../src/typeset/typeset.ts";

const report = readFileSync(new URL("../../fixtures/annual-report-2017.txt", import.meta.url), "utf8").replace(
  /\s+/g,
  "",
);
const step = 37;

/** The n-th notice, its body of `characters` characters in two paragraphs; no two are alike. */
export function noticeOf(n: number, characters: number): Content {
  const from = (n * step) % (report.length - characters);
  const body = report.slice(from, from + characters - 1 - String(n).length);
  const middle = Math.floor(body.length / 3);
  return {
    title: "关于政府信息公开工作情况的公示",
    body: `${body.slice(0, middle)}${n}\n${body.slice(middle)}`,
    category: "公示",
    track: "政府信息",
    openness: "主动公开",
    opennessReason: null,
    fiveOpen: null,
    displayKind: "notice",
    formedOn: null,
    signature: { org: "赤马港街道办事处", date: "2017-12-05" },
    publicity: null,
    alert: null,
  };
}

export function requestOf(n: number, characters: number, shape: Shape): TypesetRequest {
  const window = { from: 1_512_435_600_000, until: 1_513_040_400_000 };
  return { notice: `N${n}`, content: noticeOf(n, characters), shape, zone: "Asia/Shanghai", window };
}
