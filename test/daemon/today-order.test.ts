/** 今日待办: whose each thing is, and in which order they come; any office, any person. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { todayGroups } from "../../src/api/today.ts";
import { arrangeToday, type Me, type Open } from "../../src/daemon/today-order.ts";
import { Unchecked } from "../../src/daemon/unchecked.ts";
import { limits } from "../../src/limits.ts";
import type { Waiting } from "../../src/notices/review/index.ts";
import type { Account, Role } from "../../src/people/types.ts";

const now = Date.parse("2017-11-06T08:30:00+08:00");
const hour = 3_600_000;
const account = (id: string, ...roles: Role[]): Account => ({
  ...{ id, login: id, name: `甲${id}`, unit: "", roles, boards: null, active: true, mustChange: false },
});
const accounts = [
  account("m1", "maker"),
  account("m2", "maker"),
  account("r1", "reviewer"),
  account("s1", "signer"),
  account("s2", "signer"),
  account("o1", "operator"),
  account("a1", "auditor"),
  account("x1", "administrator"),
  account("c1", "contributor"),
];
const empty: Open = {
  ...{ now, accounts, waiting: [], drafts: [], received: [], periods: [], boards: [] },
  ...{ dark: [], takedowns: [], reports: [], postings: [], cards: [], titleOf: () => null },
  ...{ places: 1, officeReview: true },
};
const me = (id: string | null, differences: Partial<Me> = {}): Me => ({
  account: id,
  roles: new Set(accounts.find((one) => one.id === id)?.roles ?? []),
  ...{ deputyOf: [], boards: null, ...differences },
});
const waits = (differences: Partial<Waiting>): Waiting => ({
  ...{ what: "signature", notice: "N1", case: "2017-0001", title: "题", since: now - hour, until: null },
  ...{ role: "signer", people: [], holders: ["m1"], late: false, ...differences },
});
const draft = (notice: string, differences: Partial<Open["drafts"][number]> = {}): Open["drafts"][number] => {
  const owner = { account: "m1", name: "甲m1" };
  const rest = { title: "题", held: null, owner, hands: [owner], returned: null, changedAt: now };
  return { ...rest, notice, state: "open", ...differences };
};
const seen = (open: Partial<Open>, who: Me) =>
  arrangeToday({ ...empty, ...open }, who).groups.flatMap(({ group, items }) =>
    items.map((item) => `${group}: ${item.kind} ${item.notice ?? item.number ?? item.boards.join(" ")}`.trim()),
  );

describe("a board that was added", () => {
  const row = (seq: number, action: string, data: object = {}) => ({ seq, action, data, boardAt: now + seq });
  const added = "installation/board-added";
  const watching = (rows: () => readonly object[], kind = "tcp-out") => {
    const ledger = {
      about: async (_: string, __: string, after = 0) => rows().filter((one) => (one as { seq: number }).seq > after),
    };
    return new Unchecked({ site: { boards: [{ id: "B10", link: { kind } }] }, store: { ledger } } as never);
  };

  test("waits for the last picture of its check, from then on not any more; one of the first installation does not", async () => {
    const rows = [row(1, added), row(2, "board/maintained", { pattern: "label" })];
    const unchecked = watching(() => rows);
    expect(unchecked.faults("B10")).toEqual([]);
    expect(await unchecked.look()).toBe(true);
    expect(unchecked.faults("B10")).toEqual([{ fault: { code: "board/unchecked", board: "B10" }, at: now + 1 }]);
    expect(await unchecked.look()).toBe(false);
    rows.push(row(3, "board/maintained", { pattern: "all" }));
    expect(await unchecked.look()).toBe(true);
    expect([unchecked.faults("B10"), await unchecked.look()]).toEqual([[], false]);
    const first = watching(() => [row(1, "board/darkened")]);
    expect([await first.look(), first.faults("B10")]).toEqual([false, []]);
    // Nobody can stand before what a stick is carried to and see a picture come.
    const carried = watching(() => [row(1, added)], "carried");
    expect([await carried.look(), carried.faults("B10")]).toEqual([false, []]);
    // Taken down and put up again it is a new one.
    const again = watching(() => [row(1, added), row(2, "board/maintained", { pattern: "all" }), row(3, added)]);
    expect(await again.look()).toBe(true);
  });
});

describe("an office that has only begun", () => {
  const first = account("x1", "administrator");
  const says = (differences: Partial<Open>, who = me("x1")) =>
    arrangeToday({ ...empty, ...differences }, who).groups.flatMap(({ group, items }) =>
      group === "begin" ? items.map(({ kind, says: said }) => `${kind}: ${said?.en ?? ""}`) : [],
    );

  test("tells its administrator who is missing and that there is no board; nobody else, and not where one is alone", () => {
    const none = { accounts: [first], places: 0 };
    expect(says(none)).toEqual([
      expect.stringMatching(/^people: There is no maker, no reviewer, no signer, no operator yet\./),
      expect.stringMatching(/^first-board: /),
    ]);
    expect(says({ ...none, officeReview: false })[0]).toContain("no maker, no signer, no operator yet");
    expect(says(none, me("m1"))).toEqual([]);
    expect(says(none, me(null))).toEqual([expect.stringMatching(/^first-board: /)]);
    expect(says({})).toEqual([]);
  });

  test("whoever has left counts no more, and one person is not two", () => {
    const gone = accounts.map((one) => (one.roles.includes("signer") ? { ...one, active: false } : one));
    expect(says({ accounts: gone })).toEqual([expect.stringContaining("There is no signer yet")]);
    const both = account("b1", "maker", "signer", "operator");
    const one = { officeReview: false, accounts: [first, both] };
    expect(says(one)).toEqual([expect.stringContaining("one person")]);
    expect(says({ ...one, accounts: [...one.accounts, account("s3", "signer")] })).toEqual([]);
    expect(says({ ...one, accounts: [...one.accounts, account("m3", "maker")] })).toEqual([]);
  });
});

describe("whose it is", () => {
  test("a signature is a signer's who holds no other step; the others are named, the holders are not", () => {
    const waiting = [waits({ holders: ["m1", "s2"] })];
    expect(seen({ waiting }, me("s1"))).toEqual(["sign: signature N1"]);
    for (const id of ["s2", "m1", "r1", "o1", "a1", "x1", "c1"]) expect(seen({ waiting }, me(id)), id).toEqual([]);
    const free = arrangeToday({ ...empty, waiting: [waits({})] }, me("s1")).groups[0]?.items[0];
    expect(free?.people).toEqual(["甲s2"]);
    const [item] = arrangeToday({ ...empty, waiting }, me("s1")).groups[0]?.items ?? [];
    expect(item?.people).toEqual([]);
  });

  test("a deputy signs where neither of both holds a step", () => {
    const deputy = (of: string) =>
      me("r1", {
        roles: new Set(["reviewer", "signer"]),
        deputyOf: [{ id: "d", of, deputy: "r1", role: "signer", from: 0, until: now + hour }],
      });
    const waiting = [waits({ holders: ["m1", "s2"] })];
    expect(seen({ waiting }, deputy("s1"))).toEqual(["sign: signature N1"]);
    expect(seen({ waiting }, deputy("s2"))).toEqual([]);
    expect(seen({ waiting: [waits({ holders: ["m1", "r1"] })] }, deputy("s1"))).toEqual([]);
  });

  test("drafts: my own, whoever left's, those handed in, and what came back with its reason", () => {
    const gone = { account: "g1", name: "走了" };
    const returned = { by: "甲s1", words: "落款日期有误", at: now - 2 * hour };
    const contributor = { account: "c1", name: "甲c1" };
    const its = { owner: contributor, hands: [contributor] };
    const drafts = [
      draft("D1"),
      draft("D2", { owner: gone, hands: [gone] }),
      draft("D3", { returned }),
      draft("D4", its),
      draft("D5", { ...its, state: "contributed" }),
    ];
    const handedIn = waits({ what: "handed-in", notice: "D4", case: null, holders: [] });
    const open = { drafts, waiting: [handedIn] };
    expect(seen(open, me("m1")).sort()).toEqual([
      "submit: draft D1",
      "submit: draft D2",
      "submit: handed-in D4",
      "submit: returned D3",
    ]);
    expect(seen(open, me("m2")).sort()).toEqual(["submit: draft D2", "submit: handed-in D4"]);
    expect(seen(open, me("c1"))).toEqual(["submit: draft D5"]);
    expect(seen(open, me("s1"))).toEqual([]);
    const [item] = arrangeToday({ ...empty, drafts: [draft("D3", { returned })] }, me("m1")).groups[0]?.items ?? [];
    expect(item?.says?.zh).toBe("甲s1\uff1a落款日期有误");
    expect(item?.since).toBe(returned.at);
  });

  test("what was held is late only when its day has passed", () => {
    const held = { note: "请示上级", reviewBy: "2017-11-03" };
    const drafts = [draft("D1", { held })];
    const decision = { what: "decision", notice: "D1", case: null, until: now + hour } as const;
    expect(seen({ drafts, waiting: [waits({ ...decision, late: true })] }, me("m1"))).toEqual(["late: held D1"]);
    expect(seen({ drafts, waiting: [waits(decision)] }, me("m1"))).toEqual(["submit: decision D1"]);
  });

  test("a board that waits for its check is its operators' to see to, and what a fault is about is told with it", () => {
    const boards = [{ id: "B10", faults: [{ fault: { code: "board/unchecked", board: "B10" }, at: now } as const] }];
    expect(seen({ boards }, me("o1"))).toEqual(["reminders: reminder B10"]);
    for (const id of ["m1", "s1", "x1", "a1"]) expect(seen({ boards }, me(id)), id).toEqual([]);
    expect(seen({ boards }, me("o1", { boards: ["B1"] }))).toEqual([]);
    const slot = { code: "board/empty-slot", board: "B1", day: "2017-11-07", notice: "N7" } as const;
    const open = { boards: [{ id: "B1", faults: [{ fault: slot, at: now }] }], titleOf: () => "题" };
    const item = (drafts: Open["drafts"]) =>
      arrangeToday({ ...empty, ...open, drafts }, me("m2")).groups.at(-1)?.items[0];
    expect(item([])).toMatchObject({ code: "board/empty-slot", notice: "N7", title: "题", draft: false });
    expect(item([draft("N7")])).toMatchObject({ draft: true });
  });

  test("faults are told once, whatever boards they are on, to whom they are about; an operator's boards alone", () => {
    const lost = (board: string) => ({ code: "link/lost", board, where: "tcp", detail: "" }) as never;
    const year = { code: "calendar/unknown", year: 2099 } as const;
    const faults = (id: string) => [
      { fault: year, at: now },
      ...(id === "B1" ? [{ fault: lost(id), at: now - 1 }] : []),
    ];
    const boards = ["B1", "B2"].map((id) => ({ id, faults: faults(id) }));
    expect(seen({ boards }, me("x1"))).toEqual(["trouble: fault B1", "trouble: calendar"]);
    expect(seen({ boards }, me("o1"))).toEqual(["trouble: fault B1"]);
    expect(seen({ boards }, me("o1", { boards: ["B2"] }))).toEqual([]);
    expect(seen({ boards }, me("s1"))).toEqual([]);
  });

  test("a board that is dark waits for whoever may resume it, in one line", () => {
    const dark = ["B1", "B2"].map((board) => ({
      ...{
        board,
        since: now - hour,
        state: "confirmed",
        reason: "内容有误",
        by: "甲m1",
        says: { zh: "灭", en: "dark" },
      },
    })) as Open["dark"];
    expect(seen({ dark }, me("o1"))).toEqual(["trouble: dark B1 B2"]);
    expect(seen({ dark }, me("o1", { boards: ["B2"] }))).toEqual(["trouble: dark B2"]);
    expect(seen({ dark }, me("m1"))).toEqual([]);
  });

  test("paper: to be posted by its end, to be taken down since it; an operator's places alone", () => {
    const sheet = { title: "公示", place: "村委会", since: now - hour, until: now + hour, late: false };
    const word = { name: "甲o1" } as never;
    const postings: Open["postings"] = [
      { ...sheet, notice: "N1", board: "B1", posted: null },
      { ...sheet, notice: "N2", board: "B2", posted: word, until: now, late: true },
    ];
    for (const id of ["o1", "m1", "s1"])
      expect(seen({ postings }, me(id)), id).toEqual(["post: post N1", "take-down: take-down N2"]);
    expect(seen({ postings }, me("o1", { boards: ["B2"] }))).toEqual(["take-down: take-down N2"]);
    for (const id of ["r1", "a1", "x1", "c1"]) expect(seen({ postings }, me(id)), id).toEqual([]);
    const [post, down] = arrangeToday({ ...empty, postings }, me("o1")).groups.map(({ items }) => items[0]);
    expect([post?.until, down?.until, post?.late, down?.late]).toEqual([now + hour, null, false, true]);
    const asked = [{ ...sheet, notice: "N3", board: "B1", posted: null, until: now }];
    expect(seen({ postings: asked }, me("o1"))).toEqual(["take-down: take-down N3"]);
    const [perhaps] = arrangeToday({ ...empty, postings: asked }, me("o1")).groups;
    expect(perhaps?.items[0]?.says?.en).toBe("Nobody confirmed that it was posted; if it was, take it down: 村委会");
  });

  test("alone, everything is theirs", () => {
    const drafts = [draft("D1", { owner: { account: "local", name: "x" }, hands: [] })];
    const received = [{ number: 3, title: "暴雨", receivedAt: now, expires: null }];
    expect(seen({ drafts, received, accounts: [] }, me(null))).toEqual(["warnings: received 3", "submit: draft D1"]);
  });
});

describe("the order", () => {
  const role = fc.constantFrom<Role>(
    "contributor",
    "maker",
    "reviewer",
    "signer",
    "operator",
    "auditor",
    "administrator",
  );
  const what = fc.constantFrom<Waiting["what"]>(
    "office-review",
    "signature",
    "countersignature",
    "decision",
    "handed-in",
  );
  const some = fc.record({
    ...{ what, since: fc.integer({ min: 0, max: 50 }), late: fc.boolean() },
    until: fc.option(fc.integer({ min: 0, max: 50 })),
    holders: fc.subarray(["m1", "s1", "s2", "r1"]),
  });

  test("groups as they are listed, none empty, none beyond its bound; in each the late ones first, then the nearest end", () => {
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 60 }),
        fc.uniqueArray(role),
        fc.constantFrom("s1", "r1", "m1"),
        (all, roles, id) => {
          const waiting = all.map((one, index) => waits({ ...one, notice: `N${index}`, case: `C${index}` }));
          const who = me(id, { roles: new Set(roles) });
          const { groups } = arrangeToday({ ...empty, waiting }, who);
          const names = groups.map(({ group }) => group);
          expect(names).toEqual(todayGroups.filter((group) => names.includes(group)));
          for (const { items, more } of groups) {
            expect(items.length).toBeGreaterThan(0);
            expect(items.length <= limits.todayItems && (more === 0 || items.length === limits.todayItems)).toBe(true);
            const keys = items.map(({ late, until, since }) => [late ? 0 : 1, until ?? 1e9, since ?? 1e9]);
            const sorted = [...keys].sort(([a = 0, b = 0, c = 0], [d = 0, e = 0, f = 0]) => a - d || b - e || c - f);
            expect(keys).toEqual(sorted);
          }
          const mine = waiting.filter(({ notice }) =>
            groups.some(({ items }) => items.some((item) => item.notice === notice)),
          );
          expect(mine.every(({ holders }) => !holders.includes(id))).toBe(true);
        },
      ),
    );
  });
});
