/** A text put on a board at once where nobody reviews: sealed and on record like any notice, and nothing where somebody signs. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { FaultError, remedy, sentence } from "../../src/fault.ts";
import { verdict } from "../../src/notices/seal.ts";
import { type Caller, nobody, type Role, type Scope } from "../../src/people/index.ts";
import { boards as small } from "../store/small-office.ts";
import { codeOf, openReview, type SmallReview } from "./small-review.ts";

let alone: SmallReview;
let chained: SmallReview;
beforeAll(async () => {
  alone = await openReview({ kind: "none" }, (parts) => ({ ...parts, office: "工作台" }));
  chained = await openReview();
});
afterAll(async () => {
  await alone.close();
  await chained.close();
});
beforeEach(async () => {
  for (const board of ["B1", "B2"]) await alone.desk.removeBoardText(alone.caller("local"), board);
});

const minute = 60_000;
const put = (text: string, minutes: number | null = null, board = "B1") =>
  alone.desk.putBoardText(alone.caller("local"), board, text, minutes);
const stands = (board = "B1") => alone.desk.boardText(board);
const rows = async () => (await alone.store.ledger.head("register")).seq;
const recordOf = async (notice: string) => {
  const record = await alone.store.notices.get(notice);
  if (record === null) throw new Error(`no ${notice}`);
  return record;
};
const actions = async (notice: string) =>
  (await alone.store.ledger.about("register", notice)).map(({ action }) => action);

describe("直接放上的文字", () => {
  test("is submitted, sealed and on record; it stands until it is taken down", async () => {
    const text = await put("HELLO");
    expect(text).toMatchObject({ board: "B1", text: "HELLO", from: alone.clock.now(), until: null });
    const record = await recordOf(text.notice);
    expect(record.content).toMatchObject({ displayKind: "slogan", body: "HELLO", signature: { org: "工作台" } });
    expect(record.schedule).toMatchObject({ boards: ["B1"], cron: null, pinned: true });
    const judged = verdict(record, alone.key.publicKey);
    expect(judged.ok && [...judged.pixels.keys()]).toEqual(["B1"]);
    expect(await actions(text.notice)).toEqual(
      expect.arrayContaining(["review/submitted", "review/signed", "notice/sealed"]),
    );
    alone.clock.set(alone.clock.now() + 400 * 86_400_000);
    expect(await stands()).toEqual(text);
    expect(await stands("B2")).toBeNull();
  });

  test("the same again is nothing; another takes its place at the very instant", async () => {
    const first = await put("一");
    const before = await rows();
    expect(await put("一\r\n")).toEqual(first);
    expect(await rows()).toBe(before);
    const second = await put("二\n三");
    expect((await recordOf(second.notice)).content).toMatchObject({ displayKind: "default", title: "二" });
    const seal = (await recordOf(second.notice)).seal;
    expect((await recordOf(first.notice)).withdrawnAt).toBe(seal?.body.at);
    expect(await stands()).toEqual(second);
    const [withdrawn] = (await alone.store.ledger.about("register", first.notice)).filter(
      ({ action }) => action === "review/withdrawn",
    );
    expect(withdrawn?.data).toMatchObject({ words: second.notice });
  });

  test("minutes: it ends by itself; the same for longer is put anew, within the same minute it is there already", async () => {
    const ten = await put("十分钟", 10);
    expect(ten.until).toBe(alone.clock.now() + 10 * minute);
    alone.clock.set(alone.clock.now() + minute - 1);
    expect(await put("十分钟", 10)).toEqual(ten);
    alone.clock.set(alone.clock.now() + 1);
    const longer = await put("十分钟", 10);
    expect(longer.until).toBe((ten.until ?? 0) + minute);
    alone.clock.set((longer.until ?? 0) - 1);
    expect(await stands()).toEqual(longer);
    alone.clock.set(longer.until ?? 0);
    expect(await stands()).toBeNull();
  });

  test("two at once do not both stand; each board has its own", async () => {
    const [one, other] = await Promise.all([put("甲"), put("乙"), put("丙", null, "B2")]);
    const withdrawn = await Promise.all([one, other].map(async ({ notice }) => (await recordOf(notice)).withdrawnAt));
    expect(withdrawn.filter((at) => at === null)).toHaveLength(1);
    expect([(await stands())?.text, (await stands("B2"))?.text]).toEqual(["乙", "丙"]);
  });

  test("taken down at once, and once more is nothing", async () => {
    const text = await put("走");
    expect(await alone.desk.removeBoardText(alone.caller("local"), "B1")).toEqual(text);
    expect((await recordOf(text.notice)).withdrawnAt).toBe(alone.clock.now());
    expect(await stands()).toBeNull();
    const before = await rows();
    expect(await alone.desk.removeBoardText(alone.caller("local"), "B1")).toBeNull();
    expect(await rows()).toBe(before);
  });

  test("what screening finds is not put up, and what stood there stands", async () => {
    const text = await put("欢迎");
    expect(await codeOf(put("电话 13812345678"))).toBe("review/not-ready");
    expect(await stands()).toEqual(text);
  });

  test("of a board that is called like another with a year behind it, only its own", async () => {
    const [like] = small;
    if (!like) throw new Error("no board");
    const boards = ["B1", "B1-2017"].map((id) => ({ ...like, id }));
    const other = await openReview({ kind: "none" }, (parts) => ({ ...parts, boards }));
    await other.desk.putBoardText(other.caller("local"), "B1-2017", "别的", null);
    expect(await other.desk.boardText("B1")).toBeNull();
    await other.desk.putBoardText(other.caller("local"), "B1", "自己的", null);
    expect((await other.desk.boardText("B1-2017"))?.text).toBe("别的");
    await other.close();
  });
});

describe("where somebody signs", () => {
  test("nothing is put up just so: it says why, and what to do instead", async () => {
    const verbs = [
      () => chained.desk.putBoardText(chained.caller("all"), "B1", "一", null),
      () => chained.desk.removeBoardText(chained.caller("all"), "B1"),
      () => chained.desk.boardText("B1"),
    ];
    for (const verb of verbs) expect(await codeOf(verb())).toBe("board/text-signed");
    const fault = await verbs[0]?.().catch((error: unknown) => (error instanceof FaultError ? error.fault : null));
    if (fault == null || !("code" in fault)) throw new Error("let in");
    expect(sentence(fault).en).toContain("signed by somebody");
    expect(remedy(fault).en).toMatch(/POST \/api\/v1\/review\/drafts.*review: none/);
  });

  test("and who is not at this computer is nobody there either", async () => {
    expect(await codeOf(alone.desk.putBoardText(alone.caller("mai"), "B1", "一", null))).toBe("review/role");
    expect(await codeOf(alone.desk.removeBoardText(alone.caller("mai"), "B1"))).toBe("review/role");
    expect(await codeOf(put("一", null, "B77"))).toBe("board/unknown");
    // A key for one board is none for another, and none for anything where somebody signs.
    const key: Caller = {
      ...{ ...nobody, name: "门铃", via: "token" },
      ...{ roles: new Set<Role>(["maker"]), scopes: new Set<Scope>(["text", "text:B2"]) },
    };
    expect(await codeOf(alone.desk.putBoardText(key, "B1", "一", null))).toBe("review/role");
    expect(await codeOf(chained.desk.putBoardText(key, "B2", "一", null))).toBe("board/text-signed");
    const there = await alone.desk.putBoardText(key, "B2", "门铃响了", 5);
    const rows = await alone.store.ledger.about("register", there.notice, 0);
    expect(JSON.stringify(rows)).toContain("门铃");
    expect((await alone.desk.removeBoardText(key, "B2"))?.text).toBe("门铃响了");
  });
});
