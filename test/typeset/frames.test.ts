import { describe, expect, it } from "vitest";
import type { Shape } from "../../src/message/index.ts";
import { askedFilms } from "./asked-films.ts";
import { formFrames, type Golden } from "./form-frames.ts";
import { expectFilm, expectFrame, frameFiles } from "./golden.ts";
import { moreFrames } from "./more-frames.ts";
import { films } from "./motion-films.ts";
import { instant, request, sampleRequest } from "./samples.ts";

const mono = (width: number, height: number): Shape => ({ width, height, colour: "mono" });
const dual = (width: number, height: number): Shape => ({ width, height, colour: "dual" });
const rgb = (width: number, height: number): Shape => ({ width, height, colour: "rgb" });

const goldens: readonly Golden[] = [
  ...formFrames,
  ...moreFrames,
  {
    file: "slogan-one-line.txt",
    shows: "a slogan of one line, centred both ways",
    request: request(mono(128, 32), { displayKind: "slogan", body: "为人民服务" }),
  },
  {
    file: "slogan-two-lines.txt",
    shows: "the two halves of N01 as the two lines of B7",
    request: sampleRequest("N01", mono(192, 32)),
  },
  {
    file: "slogan-enlarged.txt",
    shows: "a short slogan, as large as the panel's height and side margins allow",
    request: request(mono(96, 40), { displayKind: "slogan", body: "慎独" }),
  },
  {
    file: "slogan-moving.txt",
    shows: "a slogan that two lines cannot hold, moved by ten dots",
    request: request(mono(64, 16), { displayKind: "slogan", body: "森林防火人人有责" }),
    elapsedMs: 1500 + 25 * 10,
  },
  {
    file: "full-stop-never-first.txt",
    shows: "a full stop never begins a line",
    request: request(mono(112, 48), { title: "公示", body: "低保评定结果。", signature: { org: "", date: null } }),
  },
  {
    file: "notice-page.txt",
    shows: "a notice: title centred, two characters of indent, sign-off to the right",
    request: request(mono(160, 64), { title: "停水通知", body: "今日检修,停水至17:30。" }),
  },
  {
    file: "notice-colours.txt",
    shows: "a two-colour panel: title red, body yellow, sign-off green",
    request: request(dual(128, 64), { title: "停水通知", body: "今日停水。" }),
  },
  {
    file: "emergency-colours.txt",
    shows: "a warning on a full-colour panel",
    request: request(rgb(96, 48), { displayKind: "emergency", title: "暴雨预警", body: "远离河道。" }),
  },
  {
    file: "salutation.txt",
    shows: "a salutation stands flush",
    request: request(mono(128, 64), { title: "通知", body: "各社区:\n明日开会。", signature: { org: "", date: null } }),
  },
  {
    file: "table-first-columns.txt",
    shows: "N09 on 128 x 64: heading, first row, the number right",
    request: sampleRequest("N09", dual(128, 64)),
    elapsedMs: 4200,
  },
  {
    file: "table-decimals.txt",
    shows: "numbers with and without decimals, their points under one another",
    request: request(mono(128, 64), {
      displayKind: "table",
      title: "补贴",
      body: "户主|金额\n何*发|436.8\n夏*|1546",
      signature: { org: "", date: null },
    }),
  },
  {
    file: "clock.txt",
    shows: "the date and time of the panel's clock, without a leading zero in the date",
    request: sampleRequest("N17", mono(128, 32)),
    at: "2017-11-06T08:05",
  },
  {
    file: "low-sign.txt",
    shows: "letters and figures on a sign of seven rows",
    request: request(mono(80, 7), { displayKind: "slogan", body: "OPEN 8:30" }),
  },
  {
    file: "pillar.txt",
    shows: "a column one character wide",
    request: request(mono(16, 80), { displayKind: "slogan", body: "欢迎光临" }),
  },
  {
    file: "name-list.txt",
    shows: "names in even columns, those of two characters spaced out",
    request: request(mono(160, 48), {
      title: "",
      body: "张三 欧阳成 李四\n王小明 赵五",
      signature: { org: "", date: null },
    }),
  },
  {
    file: "sign-off.txt",
    shows: "the organisation two characters from the right, the date two after its beginning",
    request: request(mono(256, 64), {
      title: "",
      body: "特此通知。",
      signature: { org: "青石港街道办事处", date: "2017-03-06" },
    }),
  },
  {
    file: "countdown.txt",
    shows: "nine days before",
    request: sampleRequest("N18", mono(160, 48)),
    at: "2017-11-21T10:00",
  },
];

describe("golden frames", () => {
  it.each(goldens)("$shows", ({ file, request, elapsedMs = 0, at }) =>
    expectFrame(file, request, elapsedMs, at === undefined ? request.window.from : instant(at)),
  );

  it.each([...films, ...askedFilms])("$shows", ({ file, message, instants }) => expectFilm(file, message, instants));

  it("are all looked at", () => {
    expect(frameFiles()).toEqual([...goldens, ...films, ...askedFilms].map(({ file }) => file).sort());
  });
});
