/** Generated notices of every kind that is set in type, with what a reader must be able to read of each, in order. */
import fc from "fast-check";
import type { ColourKind, Shape } from "../../src/message/index.ts";
import type { Content, DisplayKind } from "../../src/notices/types.ts";
import { officeText } from "./office-text.ts";
import { content } from "./samples.ts";

export interface Written {
  readonly content: Content;
  /** All that is told, in order; where panels may differ in the order, each way. */
  readonly told: readonly string[];
  /** Set again on further pages: a warning's bar, a table's headings. */
  readonly again: string;
  /** Table cells that stand whole on one line each, row by row. */
  readonly cells: readonly string[];
  /** Texts of which the lines are looked at. None of tables: their cells have lines of their own. */
  readonly running: readonly string[];
}

const widthLeast = 16;
const heightLeast = 7;

export const shapes: fc.Arbitrary<Shape> = fc.record({
  width: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: widthLeast, max: 400 }) },
    { weight: 1, arbitrary: fc.constantFrom(16, 32, 64, 80, 128, 160, 192, 256, 384) },
  ),
  height: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: heightLeast, max: 200 }) },
    { weight: 2, arbitrary: fc.constantFrom(7, 8, 16, 32, 64, 80, 192) },
  ),
  colour: fc.constantFrom<ColourKind>("mono", "dual", "rgb"),
});

/** On which most lines hold whatever must stay whole. */
export const wideShapes: fc.Arbitrary<Shape> = fc.record({
  width: fc.integer({ min: 160, max: 640 }),
  height: fc.integer({ min: 24, max: 240 }),
  colour: fc.constantFrom<ColourKind>("mono", "dual", "rgb"),
});

export const screens: fc.Arbitrary<Shape> = fc.constantFrom(
  { width: 1920, height: 1080, colour: "rgb" },
  { width: 1080, height: 1920, colour: "rgb" },
);

const org = "青石港办事处";
const date = { iso: "2017-03-06", said: "2017年3月6日" };
const signature = { org, date: date.iso };

const word = fc.constantFrom(
  ..."街道 社区 居委会 群众 便民服务 政务公开 危房改造 医疗保险 低保 惠农补贴 环境卫生 义务植树".split(" "),
);
const words = (minLength: number, maxLength: number) =>
  fc.array(word, { minLength, maxLength }).map((parts) => parts.join(""));
const title: fc.Arbitrary<string> = fc.oneof(
  words(1, 2),
  fc.tuple(words(1, 3), fc.constantFrom("通知", "公告", "公示")).map((parts) => parts.join("")),
  fc.tuple(words(3, 9), fc.constantFrom("的通知", "(征求意见稿)的公告")).map(([about, kind]) => `关于${about}${kind}`),
);
const surname = fc.constantFrom(..."王李张刘陈欧赵黄周吴".split(""));
const given = fc.constantFrom("喆", "堃", "*英", "**", "海", "知言", "静禾", "一舟");
const person = fc.tuple(surname, given).map((parts) => parts.join(""));

/** A paragraph ends with a mark, and begins with a word: marks at its own edges are its writer's. More than two dashes look like a rule. */
const paragraph = officeText.filter((text) => !/[\s\u3000]$|\u2014{3}/.test(text));
const body = fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("\n"));

function written(differences: Partial<Content>, told: readonly string[], more: Partial<Written> = {}): Written {
  return { content: content({ signature, ...differences }), told, again: "", cells: [], running: [], ...more };
}

const sign = org + date.said;

const centred = (displayKind: DisplayKind) =>
  paragraph.map((text) => written({ displayKind, body: text }, [text], { running: [text] }));

const welcome = fc
  .tuple(fc.constantFrom("热烈欢迎", "欢迎", "恭迎"), words(1, 4), fc.constantFrom("莅临指导", "一行", ""))
  .map((parts) => written({ displayKind: "welcome", body: parts.join("") }, [parts.join("")]));

const running = (displayKind: DisplayKind) =>
  fc.tuple(title, body).map(([head, text]) =>
    written({ displayKind, title: head, body: text }, [head + text + sign], {
      running: [head, ...text.split("\n"), org, date.said],
    }),
  );

const names = fc
  .tuple(title, fc.array(person, { minLength: 4, maxLength: 20 }))
  .map(([head, all]) =>
    written({ displayKind: "list", title: head, body: all.join("\n") }, [head + all.join("") + sign]),
  );

const colours = ["蓝", "黄", "橙", "红"] as const;
const emergency = fc
  .tuple(fc.constantFrom("暴雨", "大风", "雷电"), fc.constantFrom(...colours), body, fc.boolean())
  .map(([what, colour, text, isNamed]) => {
    const head = isNamed ? `${what}${colour}色预警` : `${what}预警`;
    const bar = isNamed ? head : `${head}${colour}色预警`;
    const alert = { msgType: "Alert", identifier: "T", references: null, colour } as const;
    return written({ displayKind: "emergency", title: head, body: text, alert }, [bar + text + sign], {
      again: bar,
      running: text.split("\n"),
    });
  });

const cover = fc
  .tuple(fc.constantFrom("党务政务公开栏", "政务公开"), fc.array(words(1, 4), { maxLength: 5 }))
  .map(([head, items]) => {
    const all = items.join("");
    const text = ["第4期", ...items].join("\n");
    const ways = [`${org}${head}第4期${all}${date.said}`, `${head}第4期${all}${sign}`];
    return written({ displayKind: "cover", title: head, body: text }, ways, { running: items });
  });

const amount = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom("", ".5", ".80"))
  .map((parts) => parts.join(""));

interface Rows {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const rows: fc.Arbitrary<Rows> = fc.integer({ min: 1, max: 4 }).chain((columns) =>
  fc.record({
    headings: fc.constant(["户主", "人数", "金额", "等级", "年度"].slice(0, columns + 1)),
    rows: fc.array(
      fc
        .tuple(person, fc.array(amount, { minLength: columns, maxLength: columns }))
        .map(([name, all]) => [name, ...all]),
      {
        minLength: 1,
        maxLength: 8,
      },
    ),
  }),
);

function bodyOf({ headings, rows: all }: Rows): string {
  return [headings, ...all].map((row) => row.join("|")).join("\n");
}

const tables = (displayKind: DisplayKind) =>
  fc.tuple(title, rows, paragraph).map(([head, set, text]) =>
    written(
      { displayKind, title: head, body: `${text}\n${bodyOf(set)}` },
      [head + text + bodyOf(set).replaceAll("|", "") + sign],
      {
        again: set.headings.join(""),
        cells: set.rows.flat(),
      },
    ),
  );

/** The window of `samples.ts`' requests, in which there are eight working days. */
const period = "公示时间：2017年3月6日至3月15日(不少于5个工作日)";
const publicity = fc
  .tuple(title, paragraph, fc.array(person, { minLength: 4, maxLength: 12 }), fc.boolean())
  .map(([head, text, all, hasNames]) => {
    const parts = hasNames ? [text, ...all] : [text];
    const posted = { required: 5, unit: "workday", phone: "0715-5331234", contact: "街道纪工委" } as const;
    const after = `${period}意见反映:${posted.contact}监督电话:${posted.phone}`;
    return written(
      { displayKind: "publicity", title: head, body: parts.join("\n"), publicity: posted },
      [head + parts.join("") + after + sign],
      {
        running: [head, text, period, posted.contact, posted.phone, org, date.said],
      },
    );
  });

/** By kind: so that each has its own share of runs. */
export const notices: Readonly<Record<string, fc.Arbitrary<Written>>> = {
  slogan: centred("slogan"),
  welcome,
  notice: running("notice"),
  list: running("list"),
  names,
  emergency,
  cover,
  table: tables("table"),
  duty: tables("duty"),
  publicity,
};

export const anyNotice: fc.Arbitrary<Written> = fc.oneof(...Object.values(notices));

/** What people paste, and what nobody should: much of it no panel can show. */
const odd = fc.oneof(
  officeText,
  fc.constantFrom(
    "\n",
    "|",
    "\t",
    "\u3000",
    "e\u0301",
    "……",
    "——",
    "《《《",
    "。。。。",
    "1".repeat(60),
    "\u200b",
    "\ufe0f",
  ),
  fc.string({ unit: fc.constantFrom(..."aZ09.,:;()[]<>+=*%&/\\\"'的一中国 "), maxLength: 12 }),
);
const wild = fc.oneof(
  odd,
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom("\ud800", "\0", "👨‍👩‍👧", "\u202e", "שלום"),
);
const pasted = (piece: fc.Arbitrary<string>) => fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
const kinds = ["slogan", "notice", "table", "list", "duty", "welcome", "publicity", "emergency", "cover"] as const;

const contentOf = (text: fc.Arbitrary<string>, kind: fc.Arbitrary<DisplayKind>): fc.Arbitrary<Content> =>
  fc
    .record({
      title: text,
      body: text,
      displayKind: kind,
      signature: fc.record({ org: text, date: fc.constantFrom(null, date.iso) }),
    })
    .map((made) => content(made));

export const junk = contentOf(pasted(wild), fc.constantFrom<DisplayKind>(...kinds));
/** Kinds that set their text as it comes. */
export const oddText = contentOf(pasted(odd), fc.constantFrom<DisplayKind>("notice", "list"));
