/** 审核: who may do which step, when; by table. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verdict } from "../../src/notices/seal.ts";
import type { CaseState } from "../../src/notices/review/types.ts";
import { at } from "../store/small-office.ts";
import {
  chain,
  codeOf,
  drafted,
  faultOf,
  goodDocument,
  lookedAt,
  names,
  openReview,
  secret,
  signed,
  type SmallReview,
  submitted,
} from "./small-review.ts";

let review: SmallReview;
beforeAll(async () => {
  review = await openReview({ ...chain, office: true });
});
beforeEach(async () => {
  await review.endDeputies();
  review.clock.set(at("2017-11-06T08:30"));
});
afterAll(() => review.close());

type Verb = "review" | "sign" | "sendBack" | "withdrawCase";
const verbs: Readonly<Record<Verb, (id: string, who: string) => Promise<unknown>>> = {
  review: (id, who) => review.desk.review(review.caller(who), id, "同意"),
  sign: (id, who) => review.desk.sign(review.caller(who), [id], secret(`${who}-pass`)),
  sendBack: (id, who) => review.desk.sendBack(review.caller(who), id, "改落款"),
  withdrawCase: (id, who) => review.desk.withdrawCase(review.caller(who), id, "不发了"),
};

const reach: Readonly<Record<CaseState, (id: string) => Promise<unknown>>> = {
  "office-review": async () => {},
  signature: (id) => verbs.review(id, "rev"),
  signed: async (id) => {
    await verbs.review(id, "rev");
    await lookedAt(review, id);
    await verbs.sign(id, "sig");
  },
  returned: (id) => verbs.sendBack(id, "rev"),
  withdrawn: (id) => verbs.withdrawCase(id, "mai"),
};

/** What becomes of a case at each state by each verb, by the right person; "-": refused. */
const table: Readonly<Record<CaseState, Readonly<Record<Verb, CaseState | "-">>>> = {
  "office-review": { review: "signature", sign: "-", sendBack: "returned", withdrawCase: "withdrawn" },
  signature: { review: "-", sign: "signed", sendBack: "returned", withdrawCase: "withdrawn" },
  signed: { review: "-", sign: "-", sendBack: "-", withdrawCase: "withdrawn" },
  returned: { review: "-", sign: "-", sendBack: "-", withdrawCase: "-" },
  withdrawn: { review: "-", sign: "-", sendBack: "-", withdrawCase: "-" },
};
const rightPerson: Readonly<Record<Verb, readonly string[]>> = {
  review: ["rev", "all"],
  sign: ["sig", "sun", "all"],
  sendBack: ["rev", "sig", "sun", "all"],
  withdrawCase: ["mai", "mo", "sig", "sun", "ope", "all"],
};

describe("each state by each verb", () => {
  const cases = Object.entries(table).flatMap(([state, row]) =>
    Object.entries(row).map(([verb, to]) => [state as CaseState, verb as Verb, to] as const),
  );
  test.each(cases)("%s, %s: %s", async (state, verb, to) => {
    const { id } = await submitted(review);
    await reach[state](id);
    if (state === "signature") await lookedAt(review, id);
    const who =
      verb === "sendBack" && state === "office-review"
        ? "rev"
        : { review: "rev", sign: "sig", sendBack: "sig", withdrawCase: "ope" }[verb];
    if (to === "-") expect(await codeOf(verbs[verb](id, who))).toBe("review/state");
    else await verbs[verb](id, who);
    expect((await review.store.cases.get(id))?.state).toBe(to === "-" ? state : to);
  });
});

describe("each person", () => {
  test.each(names.flatMap((who) => (Object.keys(verbs) as Verb[]).map((verb) => [who, verb] as const)))(
    "%s, %s",
    async (who, verb) => {
      const { id } = await submitted(review);
      if (verb === "sign" || (verb === "sendBack" && who !== "rev")) await verbs.review(id, "rev");
      await lookedAt(review, id, who);
      if (rightPerson[verb].includes(who)) await verbs[verb](id, who);
      else expect(await codeOf(verbs[verb](id, who))).toBe("review/role");
    },
  );
});

describe("no person holds two steps of one notice", () => {
  test("who submits does not review, who reviews does not sign, though they have all roles", async () => {
    const { id } = await submitted(review, "all");
    expect(await faultOf(verbs.review(id, "all"))).toMatchObject({ code: "review/two-steps", name: "all姓名" });
    await verbs.review(id, "rev");
    await lookedAt(review, id, "all");
    expect(await codeOf(verbs.sign(id, "all"))).toBe("review/two-steps");
    const other = await submitted(review);
    await verbs.review(other.id, "all");
    await lookedAt(review, other.id, "all");
    expect(await codeOf(verbs.sign(other.id, "all"))).toBe("review/two-steps");
  });

  test("who wrote on the draft, though another submitted it; and still after it was sent back", async () => {
    const draft = await drafted(review, "all");
    const again = await review.desk.saveDraft(review.caller("mai"), draft.notice, draft.version, goodDocument("改"));
    const { id } = await review.desk.submit(review.caller("mai"), again.notice, again.version);
    expect(await codeOf(verbs.review(id, "all"))).toBe("review/two-steps");
    await verbs.sendBack(id, "rev");
    const back = await review.store.drafts.get(draft.notice);
    const second = await review.desk.submit(review.caller("mo"), draft.notice, back?.version ?? 0);
    expect(await codeOf(verbs.review(second.id, "all"))).toBe("review/two-steps");
  });

  test("a contributor's draft: the contributor too", async () => {
    const draft = await drafted(review, "con");
    expect(await codeOf(review.desk.saveDraft(review.caller("mai"), draft.notice, draft.version, {}))).toBe(
      "review/not-yours",
    );
    const handed = await review.desk.handIn(review.caller("con"), draft.notice, draft.version);
    expect(await codeOf(review.desk.saveDraft(review.caller("con"), draft.notice, handed.version, {}))).toBe(
      "review/not-yours",
    );
    const { hands } = await review.desk.submit(review.caller("mai"), draft.notice, handed.version);
    expect(hands.map(({ account }) => account)).toEqual(["con", "mai"]);
  });

  test("a deputy's step counts for both, and only within its dates", async () => {
    const [from, until] = [at("2017-11-06T00:00"), at("2017-11-07T00:00")];
    await review.lend({ id: "1", of: "sig", deputy: "rev", role: "signer", from, until });
    const { id } = await submitted(review);
    await verbs.review(id, "rev");
    await lookedAt(review, id, "rev");
    // Reviewed it, and would sign for another.
    expect(await codeOf(verbs.sign(id, "rev"))).toBe("review/two-steps");
    await review.endDeputies();
    await review.lend({ id: "2", of: "sig", deputy: "mo", role: "signer", from, until });
    const other = await submitted(review);
    await verbs.review(other.id, "rev");
    await lookedAt(review, other.id, "mo");
    await verbs.sign(other.id, "mo");
    const step = (await review.store.cases.get(other.id))?.steps.at(-1);
    expect([step?.by.account, step?.instead?.account]).toEqual(["mo", "sig"]);
    const record = await review.store.notices.get(other.notice);
    expect(record?.seal?.body.by).toBe("mo姓名 代 sig姓名 (mo)");
    review.clock.set(until);
    const late = await submitted(review);
    await verbs.review(late.id, "rev");
    await lookedAt(review, late.id, "mo");
    expect(await codeOf(verbs.sign(late.id, "mo"))).toBe("review/role");
  });
});

describe("the signature", () => {
  test("seals what was submitted, in the envelope that was submitted", async () => {
    const { id, notice, pixels, revision, form } = await submitted(review);
    await verbs.review(id, "rev");
    await lookedAt(review, id);
    review.clock.set(at("2017-11-06T10:00"));
    await verbs.sign(id, "sig");
    const record = await review.store.notices.get(notice);
    expect(record?.seal?.body).toMatchObject({
      revision,
      pixels,
      form,
      kind: "signed",
      by: "sig姓名 (sig)",
      at: at("2017-11-06T10:00"),
      envelope: { boards: ["B1", "B2"], from: at("2017-11-06T09:00"), until: at("2017-11-08T18:00"), bestPriority: 5 },
    });
    expect(record && verdict(record, review.key.publicKey).ok).toBe(true);
    expect(form).toMatch(/^BM2017-\d{3}$/);
    expect(id).toMatch(/^2017-\d{5}$/);
  });

  test("not with a wrong password, not unlooked, not by the looks of another", async () => {
    const { id } = await submitted(review);
    await verbs.review(id, "rev");
    await lookedAt(review, id, "sun");
    expect(await faultOf(verbs.sign(id, "sig"))).toMatchObject({ code: "review/not-looked", boards: ["B1", "B2"] });
    await review.desk.look(review.caller("sig"), id, "B1");
    expect(await faultOf(verbs.sign(id, "sig"))).toMatchObject({ boards: ["B2"] });
    await review.desk.look(review.caller("sig"), id, "B2");
    for (const password of [secret("sun-pass"), secret(""), null])
      expect(await codeOf(review.desk.sign(review.caller("sig"), [id], password))).toBe("review/password");
    expect((await review.store.notices.get((await review.store.cases.get(id))?.notice ?? ""))?.seal).toBeNull();
  });

  test("several in one go: all, or none", async () => {
    const both = [await submitted(review), await submitted(review)];
    for (const { id } of both) await verbs.review(id, "rev");
    const ids = both.map(({ id }) => id);
    await lookedAt(review, ids[0] ?? "");
    expect(await codeOf(review.desk.sign(review.caller("sig"), ids, secret("sig-pass")))).toBe("review/not-looked");
    expect((await review.store.notices.get(both[0]?.notice ?? ""))?.seal).toBeNull();
    await lookedAt(review, ids[1] ?? "");
    expect(await review.desk.sign(review.caller("sig"), ids, secret("sig-pass"))).toHaveLength(2);
  });

  test("not with a check unanswered, or answered with a problem", async () => {
    const answers = { ...(goodDocument().answers as object), privacy: undefined };
    const { id } = await submitted(review, "mai", goodDocument("一", { answers: JSON.parse(JSON.stringify(answers)) }));
    await verbs.review(id, "rev");
    await lookedAt(review, id);
    expect(await faultOf(verbs.sign(id, "sig"))).toMatchObject({
      code: "review/checks",
      checks: ["privacy"],
      found: false,
    });
    const sign = (answer: string) =>
      review.desk.sign(review.caller("sig"), [id], secret("sig-pass"), "", { privacy: { answer, note: "有电话" } });
    expect(await faultOf(sign("found"))).toMatchObject({ code: "review/checks", checks: ["privacy"], found: true });
    await sign("handled");
  });

  test("two signers at once: one signature", async () => {
    const { id, notice } = await submitted(review);
    await verbs.review(id, "rev");
    for (const who of ["sig", "sun"]) await lookedAt(review, id, who);
    const outcomes = await Promise.allSettled([verbs.sign(id, "sig"), verbs.sign(id, "sun")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const rows = (await review.store.ledger.about("register", notice)).filter(
      ({ action }) => action === "review/signed",
    );
    expect(rows).toHaveLength(1);
  });

  test("signed and sent back at once: one of the two", async () => {
    for (let round = 0; round < 8; round++) {
      const { id, notice } = await submitted(review);
      await verbs.review(id, "rev");
      await lookedAt(review, id);
      const both = [() => verbs.sign(id, "sig"), () => verbs.sendBack(id, "sun")];
      if (round % 2 === 1) both.reverse();
      const outcomes = await Promise.allSettled(both.map((work) => work()));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const state = (await review.store.cases.get(id))?.state;
      expect((await review.store.notices.get(notice))?.seal !== null).toBe(state === "signed");
    }
  });
});

describe("R02: an edit of a shown notice", () => {
  test("leaves the signed revision up until the new one is signed, and asks for the date of change", async () => {
    const short = await openReview();
    const first = await signed(short);
    const draft = await short.desk.editNotice(short.caller("mo"), first.notice);
    expect(await codeOf(short.desk.submit(short.caller("mo"), draft.notice, draft.version))).toBe("review/not-ready");
    const changed = { ...goodDocument("停水通知(改期)"), ofSubstance: true };
    const saved = await short.desk.saveDraft(short.caller("mo"), draft.notice, draft.version, changed);
    const refused = await faultOf(short.desk.submit(short.caller("mo"), draft.notice, saved.version));
    expect(JSON.stringify(refused)).toContain("changedOn");
    const dated = await short.desk.saveDraft(short.caller("mo"), draft.notice, saved.version, {
      ...changed,
      changedOn: "2017-11-07",
    });
    const second = await short.desk.submit(short.caller("mo"), draft.notice, dated.version);
    expect((await short.store.notices.get(first.notice))?.revisionNumber).toBe(1);
    expect([first.dueOn, second.dueOn]).toEqual(["2017-11-27", "2017-11-28"]);
    await lookedAt(short, second.id);
    await short.desk.sign(short.caller("sig"), [second.id], secret("sig-pass"));
    expect(await short.store.notices.get(first.notice)).toMatchObject({
      revisionNumber: 2,
      // What is signed says from when its time counts.
      content: { title: "停水通知(改期)", changedOn: "2017-11-07" },
    });
    await short.close();
  });
});
