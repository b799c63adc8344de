/** What stands behind a form, without a browser: kinds and their fields, undo, what a browser keeps, what was found where. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentSchema } from "../../src/notices/review/format.ts";
import { submittedSchedule } from "../../src/notices/submitted-schedule.ts";
import { everyDay } from "../../src/notices/schedule-format.ts";
import type { OpenDocument } from "../../src/web/notice/open-document.ts";
import { useFields } from "../../src/web/notice/fields.ts";
import { changedIn, History } from "../../src/web/notice/history.ts";
import { copyOf, dropCopy, keepCopy, lastUsed, rememberLast, type Shelf } from "../../src/web/notice/keeper.ts";
import { blankOf, fieldsOf, kindIds } from "../../src/web/notice/kinds.ts";
import { stateOf } from "../../src/web/notice/list.ts";
import { notesOf } from "../../src/web/notice/notes.ts";
import type { FaultJson } from "../../src/web/review-api.ts";

const zone = "Asia/Shanghai";
const now = Date.parse("2017-07-14T09:20:30+08:00");
const beginning = { zone, now, org: "青石港办事处", last: {}, boards: ["B1", "B6", "B7"] };

describe("kinds", () => {
  test("each begins as a draft may be, with under ten fields, most of them filled in", () => {
    for (const kind of kindIds) {
      const { content, schedule } = blankOf(kind, beginning);
      const parsed = documentSchema.safeParse({ content, schedule });
      expect(parsed.error?.issues, kind).toBeUndefined();
      expect(submittedSchedule.safeParse({ ...everyDay, ...schedule, boards: ["B1"] }).success, kind).toBe(true);
      expect(fieldsOf(content, false).length, kind).toBeLessThan(10);
      expect(content.openness).toBe("主动公开");
      expect([content.signature, schedule.from]).toEqual([
        { org: "青石港办事处", date: "2017-07-14" },
        Date.parse("2017-07-14T09:00+08:00"),
      ]);
    }
  });

  test("N21 has title, text, head, which opening, boards, end and the secrecy form to fill in", () => {
    const { content, schedule } = blankOf("notice", beginning);
    expect(fieldsOf(content, false)).toEqual(["title", "body", "category", "fiveOpen", "boards", "until", "checks"]);
    expect(content).toMatchObject({ category: "便民服务", track: "政府信息", formedOn: "2017-07-14", fiveOpen: null });
    expect(schedule.until).toBe(Date.parse("2017-07-21T18:00+08:00"));
  });

  test("government information is asked for its opening whatever its kind; an edit, what it changes", () => {
    const slogan = blankOf("slogan", beginning).content;
    expect(fieldsOf(slogan, false)).not.toContain("fiveOpen");
    expect(fieldsOf({ ...slogan, track: "政府信息" }, false)).toEqual(expect.arrayContaining(["fiveOpen", "category"]));
    expect(fieldsOf({ ...blankOf("notice", beginning).content, track: "党务" }, true)).toEqual(
      expect.arrayContaining(["ofSubstance", "title"]),
    );
    expect(fieldsOf({ ...blankOf("notice", beginning).content, track: "党务" }, false)).not.toContain("fiveOpen");
  });

  test("what was chosen last is chosen again, but for boards that have gone", () => {
    const last = { boards: ["B7", "B9", "B6"], category: "重点工作", org: "民政办" };
    const { content, schedule } = blankOf("notice", { ...beginning, last });
    expect([schedule.boards, content.category, content.signature?.org]).toEqual([["B6", "B7"], "重点工作", "民政办"]);
  });

  test("a countdown counts to the day on which it ends", () => {
    expect(blankOf("countdown", beginning).content.body).toContain("{{daysTo:2017-08-13}}");
  });
});

describe("undo and redo", () => {
  const body = (text: string) => JSON.stringify({ content: { body: text } });
  const bodyOf = (state: string | null) => (state === null ? null : JSON.parse(state).content.body);

  test("what is typed in one go is one step; a pause, or what is done by a click, begins another", () => {
    const history = new History();
    history.start(body(""));
    for (const [at, text] of [
      [0, "停"],
      [100, "停水"],
      [2000, "停水通"],
      [2100, "停水通知"],
    ] as const)
      history.note(body(text), at);
    history.note(body("masked"), 2150, true);
    history.note(body("masked."), 2200);
    const undone = () => bodyOf(history.undo());
    expect([undone(), undone(), undone(), undone(), undone()]).toEqual(["masked", "停水通知", "停水", "", null]);
    expect([bodyOf(history.redo()), bodyOf(history.redo())]).toEqual(["停水", "停水通知"]);
    history.note(body("new"), 9000);
    expect([history.canRedo, history.redo(), undone()]).toEqual([false, null, "停水通知"]);
  });

  test("fields that are filled in quickly, one after another, are a step each", () => {
    const history = new History();
    const state = (content: object, schedule: object = {}) => JSON.stringify({ content, schedule, answers: {} });
    const states = [
      state({}),
      state({ title: "停" }),
      state({ title: "停", body: "水" }),
      state({ title: "停", body: "水" }, { boards: ["B6"] }),
    ];
    history.start(states[0] ?? "");
    for (const [index, one] of states.slice(1).entries()) history.note(one, index * 10);
    expect([history.undo(), history.undo(), history.undo()]).toEqual([states[2], states[1], states[0]]);
    expect(changedIn(states[1] ?? "", states[3] ?? "")).toBe("content.body schedule.boards");
  });

  test("whatever is done, undoing all and redoing all comes back, within bounds", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.nat(2000)), { maxLength: 60 }), (steps) => {
        const history = new History({ steps: 10, chars: 400 });
        history.start(body("start"));
        let [at, last] = [0, "start"];
        for (const [text, ms] of steps) {
          at += ms;
          history.note(body(text), at);
          last = text;
        }
        let undone = 0;
        while (history.undo() !== null) undone++;
        expect(undone).toBeLessThanOrEqual(10);
        let end: string | null = undone === 0 ? body(last) : null;
        for (let state = history.redo(); state !== null; state = history.redo()) end = state;
        expect(bodyOf(end)).toBe(last);
      }),
    );
  });
});

describe("what a browser keeps", () => {
  const shelf = (): Shelf & { readonly size: number } => {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
      key: (index) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size;
      },
      get size() {
        return [...kept.values()].reduce((sum, { length }) => sum + length, 0);
      },
    };
  };
  const owner = { mode: "practice", account: "P01" };
  const document = documentSchema.parse({ content: { title: "停水" } }) as Parameters<typeof keepCopy>[3]["document"];
  const copy = { at: 5, version: 3, document };

  test("comes back to whom it belongs, in practice or the real, and is gone when it was dropped", () => {
    const here = shelf();
    expect(keepCopy(here, owner, "2017-0001", copy)).toBe(true);
    expect(copyOf(here, owner, "2017-0001")).toEqual(copy);
    expect(copyOf(here, { ...owner, account: "P02" }, "2017-0001")).toBeNull();
    expect(copyOf(here, { ...owner, mode: "real" }, "2017-0001")).toBeNull();
    dropCopy(here, owner, "2017-0001");
    expect(copyOf(here, owner, "2017-0001")).toBeNull();
  });

  test("is bounded: the oldest goes, what is too long is not kept, and what somebody else put there is nothing", () => {
    const here = shelf();
    here.setItem("another", "thing");
    for (let n = 0; n < 40; n++) keepCopy(here, owner, `2017-${n}`, { ...copy, at: n });
    expect(here.length).toBe(13);
    expect([copyOf(here, owner, "2017-27"), copyOf(here, owner, "2017-28")?.at]).toEqual([null, 28]);
    const long = { ...document, content: { body: "长".repeat(500_000) } };
    expect(keepCopy(here, owner, "2017-99", { ...copy, document: long })).toBe(false);
    for (const text of ["", "null", "{}", '{"at":1,"version":1,"document":{}}', "["]) {
      here.setItem("boardcast.draft practice P01 x", text);
      expect(copyOf(here, owner, "x")).toBeNull();
    }
    const full: Shelf = {
      ...shelf(),
      setItem: () => {
        throw new Error("quota");
      },
    };
    expect(keepCopy(full, owner, "x", copy)).toBe(false);
  });

  test("what was chosen last is kept by kind", () => {
    const here = shelf();
    rememberLast(here, owner, "notice", { boards: ["B6"] });
    rememberLast(here, owner, "duty", { boards: ["B1"] });
    expect(lastUsed(here, owner)).toEqual({ notice: { boards: ["B6"] }, duty: { boards: ["B1"] } });
    expect(lastUsed(here, { ...owner, mode: "real" })).toEqual({});
    here.setItem("boardcast.last practice P01", "nonsense");
    expect(lastUsed(here, owner)).toEqual({});
  });
});

describe("what was found", () => {
  const said = { zh: "一", en: "one" };
  const hit = (rest: object): FaultJson => ({
    code: "review/hit",
    what: said,
    remedy: said,
    why: said,
    explain: true,
    proposal: null,
    ...rest,
  });
  const mobile = hit({ key: "mobile:body:0", part: "body", index: 2, length: 11, proposal: "138****8000" });

  test("is said at its field and place, also after the text has moved on", () => {
    const kept = "电话13800138000。";
    const notes = (text: string) => notesOf("content.body", [mobile], false, kept, text);
    expect(notes(kept)[0]?.place).toEqual({ from: 2, to: 13, before: "电话", found: "13800138000", after: "。" });
    expect(notes(`请打${kept}`)[0]?.place).toMatchObject({ from: 4, to: 15 });
    expect(notes("电话无")[0]?.place).toBeNull();
    expect(notesOf("content.title", [mobile], true, kept, kept)).toEqual([]);
  });

  test("what is missing is said at the field that mends it, and not to somebody who has only begun", () => {
    const missing = hit({ key: "five-open:record:0", part: "record", index: 0 });
    const field: FaultJson = { code: "review/field", field: "content.title", what: said, remedy: said };
    expect(notesOf("content.fiveOpen", [missing], false, "", "")).toEqual([]);
    expect(notesOf("content.fiveOpen", [missing], true, "", "")).toHaveLength(1);
    expect([
      notesOf("content.title", [field], false, "", ""),
      notesOf("content.title", [field], true, "", "").length,
    ]).toEqual([[], 1]);
  });
});

test("a notice in the list is what it is doing now", () => {
  const notice = {
    state: "signed",
    displayable: true,
    from: "2017-07-15T00:00:00Z",
    until: "2017-07-18T00:00:00Z",
  } as Parameters<typeof stateOf>[0];
  const at = (day: number) => Date.parse(`2017-07-${day}T12:00:00Z`);
  expect([14, 16, 18].map((day) => stateOf(notice, at(day)))).toEqual(["coming", "showing", "over"]);
  expect(stateOf({ ...notice, state: "withdrawn" }, at(16))).toBe("withdrawn");
  expect(stateOf({ ...notice, state: "draft" }, at(16))).toBe("waiting");
  expect(stateOf({ ...notice, displayable: false }, at(16))).toBe("refused");
});

test("each kind has its name, its use and its picture's words", () => {
  const { notice } = JSON.parse(
    readFileSync(new URL("../../src/web/locales/notice.zh-CN.json", import.meta.url), "utf8"),
  );
  expect(Object.keys(notice.kinds)).toEqual([...kindIds]);
});

test("what a code holds is a field of its own: the braces in the body are nobody's business", () => {
  const document = { content: { body: "{{qr:}}\n扫码办事" } } as unknown as OpenDocument;
  const { qr } = useFields(
    () => document,
    () => zone,
  );
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (typed) => {
      qr.value = typed;
      const held = typed.replace(/[{}\r\n]/g, "");
      expect(document.content.body).toBe(`{{qr:${held}}}\n扫码办事`);
    }),
  );
  document.content.body = "扫码";
  qr.value = "https://example.cn/$&";
  expect(document.content.body).toBe("{{qr:https://example.cn/$&}}\n扫码");
});
