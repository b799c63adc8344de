import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PreviewBoard } from "../../src/preview/types.ts";
import { arrange } from "../../src/web/arrange.ts";
import { judgeFacts } from "../../src/web/facts.ts";
import { playingAt } from "../../src/web/playing.ts";
import { fakeBoards } from "../preview/fake-boards.ts";
import { fakeOffice, practiceStart } from "../preview/fake-office.ts";

const web = new URL("../../src/web/", import.meta.url).pathname;
const locales = readdirSync(join(web, "locales"));
const wordsIn = (file: string) => JSON.parse(readFileSync(join(web, "locales", file), "utf8")) as object;
const all = (language: string) => locales.filter((file) => file.endsWith(`${language}.json`));
const zh: object = Object.assign({}, ...all("zh-CN").map(wordsIn));
const en: object = Object.assign({}, ...all("en").map(wordsIn));

describe("two languages", () => {
  const entries = (value: unknown, path = ""): [string, unknown][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => entries(inner, `${path}.${key}`))
      : [[path, value]];
  const placeholders = (text: unknown) => [...String(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

  test("every file has its twin, and no two of them a key in common", () => {
    const areas = (language: string) =>
      all(language)
        .map((file) => file.replace(`${language}.json`, ""))
        .sort();
    expect(areas("en")).toEqual(areas("zh-CN"));
    expect([...areas("en"), ...areas("zh-CN")]).toHaveLength(locales.length);
    const keys = all("zh-CN").flatMap((file) => Object.keys(wordsIn(file)));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test("have the same keys, none empty, with the same places to fill", () => {
    const english = new Map(entries(en));
    expect([...english.keys()].sort()).toEqual(
      entries(zh)
        .map(([key]) => key)
        .sort(),
    );
    for (const [key, text] of entries(zh)) {
      expect([key, placeholders(english.get(key))]).toEqual([key, placeholders(text)]);
      expect(String(text).trim() && String(english.get(key)).trim(), key).not.toBe("");
    }
  });

  test("every key that the page uses is there, and every key there is used", () => {
    const code = sources()
      .map(([, text]) => text)
      .join("\n");
    const known = entries(zh).map(([key]) => key.slice(1));
    const used = [...code.matchAll(/\bt\(\s*["'`]([\w.-]+)["'`]/g)].map(([, key]) => key ?? "");
    expect(used.filter((key) => !known.includes(key))).toEqual([]);
    // Keys made of a part that varies: `fact.state.${state}`.
    const families = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map(([, family]) => family ?? "");
    const mentioned = (key: string) =>
      code.includes(`"${key}"`) || code.includes(`'${key}'`) || families.some((family) => key.startsWith(family));
    expect(known.filter((key) => !mentioned(key) && !key.startsWith("weekday."))).toEqual([]);
  });

  test("no words of the page stand in its code", () => {
    const chinese = sources().filter(([, text]) => /\p{Script=Han}/u.test(text));
    expect(chinese.map(([path]) => path)).toEqual([]);
  });

  function sources(folder = web): [string, string][] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return /\.(vue|ts)$/.test(entry.name) ? [[path.slice(web.length), readFileSync(path, "utf8")]] : [];
    });
  }
});

describe("what a tile says", () => {
  const at = (time: string) => Date.parse(`2017-11-06T${time}+08:00`);
  const said = async (board: string, time: string) => {
    const programme = await (await fakeOffice()).programme(board, at(time));
    return programme && playingAt(programme, at(time));
  };

  test("a default picture stands until the slot, whatever turns it makes", async () => {
    expect(await said("B1", "08:29:50")).toMatchObject({
      owner: "default:B1",
      until: at("08:30:00"),
      open: false,
      next: { owner: "N05" },
    });
  });

  test("in a slot, notices take turns", async () => {
    const first = await said("B2", "08:30:00");
    expect(first).toMatchObject({ owner: "N05", others: 2, next: { owner: "N36" }, title: "任前公示(虚构)" });
    expect(first?.until).toBeLessThan(at("08:35:00"));
    expect(first?.why?.en).toContain("priority 5");
  });

  test("dark before the hours, and at least until the programme's end after them", async () => {
    expect(await said("B1", "05:00:00")).toMatchObject({ owner: null, until: at("07:30:00"), next: { owner: "N05" } });
    expect(await said("B1", "23:00:00")).toMatchObject({ owner: null, open: true, next: null });
  });
});

describe("three facts, judged", () => {
  const judge = async (
    change: Partial<PreviewBoard["facts"]>,
    options: { link?: "serial" | "browser" | "carried"; readBack?: boolean; online?: boolean } = {},
  ) => {
    const office = await fakeOffice();
    const board = office.preview().boards[1];
    if (!board) throw new Error("no B2");
    const { link = "serial", readBack = true, online = true } = options;
    const reach = { link: { kind: link }, capabilities: { readBack } };
    const facts = judgeFacts({ ...board, facts: { ...board.facts, ...change } }, reach, practiceStart + 2000, online);
    return facts.map(({ state }) => state);
  };
  const hash = "0".repeat(64);
  const wrong = { message: hash, notice: "N99", at: practiceStart };

  test("what was read back lately is compared with what was intended then", async () => {
    expect(await judge({})).toEqual(["planned", "sent", "same"]);
    expect(await judge({ confirmed: wrong })).toEqual(["planned", "sent", "different"]);
    expect(await judge({ confirmed: { ...wrong, at: practiceStart - 20_000 } })).toEqual(["planned", "sent", "stale"]);
    expect(await judge({ sent: wrong })).toEqual(["planned", "outdated", "same"]);
    expect(await judge({ confirmed: null, sent: null })).toEqual(["planned", "not-sent", "never"]);
  });

  test("what was not read back is never called confirmed", async () => {
    const nothing = { sent: null, confirmed: null };
    expect(await judge({ ...nothing, link: "browser" }, { link: "browser" })).toEqual([
      "planned",
      "needless",
      "no-panel",
    ]);
    expect(await judge({ ...nothing, link: "waiting" }, { link: "browser" })).toEqual(["planned", "not-sent", "never"]);
    expect(await judge({ confirmed: null }, { link: "carried" })).toEqual(["planned", "written", "by-person"]);
    const blind = { readBack: false };
    expect(await judge({ confirmed: null }, blind)).toEqual(["planned", "sent-unread", "no-read-back"]);
    expect(await judge(nothing, blind)).toEqual(["planned", "not-sent", "no-read-back"]);
  });

  test("a sign that is loaded by stick goes round what was put in, and is never said to be right", async () => {
    const board = (await fakeOffice()).preview().boards[1] ?? expect.fail();
    const reach = { link: { kind: "carried" }, capabilities: { readBack: false } } as const;
    const states = (loaded: number | null, state: "said" | "to-carry" | "to-take-off") => {
      const card = { state, put: 0, off: 0, late: false };
      const facts = { ...board.facts, confirmed: null, ...(loaded === null && { sent: null }) };
      const judged = judgeFacts({ ...board, facts, loaded, card }, reach, practiceStart + 2000, true);
      expect(judged.some(({ tone }) => tone === "good")).toBe(false);
      return judged.map((one) => one.state);
    };
    expect(states(null, "to-carry")).toEqual(["not-loaded", "to-carry", "by-person"]);
    expect(states(practiceStart, "said")).toEqual(["loops", "written", "by-person"]);
    expect(states(practiceStart, "to-carry")).toEqual(["loops", "load-due", "by-person"]);
    expect(states(practiceStart, "to-take-off")).toEqual(["loops", "load-due", "by-person"]);
  });

  test("without the daemon nothing is said of now", async () => {
    expect(await judge({}, { online: false })).toEqual(["offline", "offline", "offline"]);
  });
});

describe("the wall", () => {
  test("the nine boards fill whole rows", () => {
    const places = arrange(fakeBoards.map(({ id, shape }) => ({ id, ...shape })));
    expect(places.map(({ id, columns, rows }) => `${id}:${columns}${rows === 2 ? "x2" : ""}`)).toEqual([
      "B1:12",
      "B2:5",
      "B7:4",
      "B9:3",
      "B3:4",
      "B4:4",
      "B8:4x2",
      "B5:4",
      "B6:4",
    ]);
  });

  test("any boards are all there once, in rows of twelve", () => {
    const side = fc.integer({ min: 16, max: 2000 });
    fc.assert(
      fc.property(fc.array(fc.record({ width: side, height: side }), { minLength: 1, maxLength: 12 }), (shapes) => {
        const places = arrange(shapes.map((shape, index) => ({ ...shape, id: `B${index}` })));
        expect(places.map(({ id }) => id).sort()).toEqual(shapes.map((_, index) => `B${index}`).sort());
        for (const { columns } of places) expect(columns >= 3 && columns <= 12).toBe(true);
      }),
    );
  });
});

test("words stand out from their grounds as WCAG AA asks", () => {
  const css = readFileSync(join(web, "styles/base.css"), "utf8");
  const colour = (name: string) => {
    const match = new RegExp(`--${name}: #([0-9a-f]{6})`).exec(css);
    if (!match?.[1]) throw new Error(`no --${name}`);
    return Number.parseInt(match[1], 16);
  };
  const light = (value: number) =>
    [16, 8, 0]
      .map((shift) => ((value >> shift) & 255) / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
      .reduce((sum, channel, index) => sum + channel * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  for (const words of ["words", "quiet", "accent", "good", "warn", "bad"])
    for (const ground of ["ground", "tile", "raised"]) {
      const ratio = (light(colour(words)) + 0.05) / (light(colour(ground)) + 0.05);
      expect(ratio, `${words} on ${ground}`).toBeGreaterThan(4.5);
    }
});
