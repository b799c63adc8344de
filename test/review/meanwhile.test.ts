/** What somebody may do is judged inside the change too: nothing gets through on a role that was lost on the way there. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Account } from "../../src/people/types.ts";
import { at } from "../store/small-office.ts";
import {
  chain,
  codeOf,
  drafted,
  goodDocument,
  lookedAt,
  openReview,
  secret,
  type SmallReview,
  submitted,
} from "./small-review.ts";

const scan = new TextEncoder().encode("scan");
const sha256 = createHash("sha256").update(scan).digest("hex");
let review: SmallReview;
/** Happens once, after everything was judged outside and just before the change begins. */
let meanwhile: (() => Promise<void>) | null = null;

beforeAll(async () => {
  review = await openReview({ ...chain, office: true, paper: true }, (parts) => ({
    ...parts,
    taking: { take: async () => ({ ok: true, pictures: [{ sha256, bytes: scan }], warnings: [] }) },
    store: {
      ...parts.store,
      async change(by, work) {
        const happens = meanwhile;
        meanwhile = null;
        await happens?.();
        return parts.store.change(by, work);
      },
    },
  }));
});
beforeEach(async () => {
  meanwhile = null;
  await review.endDeputies();
  for (const who of ["mai", "rev", "sig", "ope", "con", "adm"]) await review.alter(who, {});
});
afterAll(() => review.close());

const me = (who: string) => review.caller(who);

/** Each step by its right person, up to where it is taken. */
const steps: Readonly<Record<string, readonly [who: string, prepared: () => Promise<() => Promise<unknown>>]>> = {
  submit: [
    "mai",
    async () => {
      const { notice, version } = await drafted(review);
      return () => review.desk.submit(me("mai"), notice, version);
    },
  ],
  review: [
    "rev",
    async () => {
      const { id } = await submitted(review);
      return () => review.desk.review(me("rev"), id, "");
    },
  ],
  "send back": [
    "rev",
    async () => {
      const { id } = await submitted(review);
      return () => review.desk.sendBack(me("rev"), id, "改");
    },
  ],
  sign: [
    "sig",
    async () => {
      const { id } = await toSigner();
      await lookedAt(review, id);
      return () => review.desk.sign(me("sig"), [id], secret("sig-pass"));
    },
  ],
  "upload a scan": [
    "ope",
    async () => {
      const { id } = await toSigner();
      return () => review.desk.uploadScan(me("ope"), id, "王主任", scan);
    },
  ],
  attest: [
    "adm",
    async () => {
      const { id } = await toSigner();
      await review.desk.uploadScan(me("ope"), id, "王主任", scan);
      await lookedAt(review, id, "adm");
      await review.desk.lookAtScan(me("adm"), id, 1);
      return () => review.desk.attest(me("adm"), id, secret("adm-pass"));
    },
  ],
  "withdraw a case": [
    "mai",
    async () => {
      const { id } = await submitted(review);
      return () => review.desk.withdrawCase(me("mai"), id, "不发了");
    },
  ],
  "withdraw a notice": [
    "ope",
    async () => {
      const { notice } = await onBoards();
      return () => review.desk.withdrawNotice(me("ope"), notice, "撤");
    },
  ],
  move: [
    "ope",
    async () => {
      const { notice } = await onBoards();
      const schedule = (await review.store.notices.get(notice))?.schedule;
      return () => review.desk.move(me("ope"), notice, { ...schedule, priority: 7 });
    },
  ],
  "renew pixels": [
    "mai",
    async () => {
      const { notice } = await onBoards();
      return () => review.desk.renewPixels(me("mai"), notice, ["B1"]);
    },
  ],
  "hand in": [
    "con",
    async () => {
      const { notice, version } = await drafted(review, "con");
      return () => review.desk.handIn(me("con"), notice, version);
    },
  ],
};

async function toSigner() {
  const opened = await submitted(review);
  await review.desk.review(me("rev"), opened.id, "");
  return opened;
}

async function onBoards() {
  const opened = await toSigner();
  await lookedAt(review, opened.id);
  await review.desk.sign(me("sig"), [opened.id], secret("sig-pass"));
  return opened;
}

const losses: Readonly<Record<string, Partial<Account>>> = {
  "the role was taken away": { roles: ["auditor"] },
  "the account was disabled": { active: false },
};

describe.each(Object.keys(losses))("%s on the way", (loss) => {
  test.each(Object.keys(steps))("%s: refused, and nothing is written", async (name) => {
    const [who, prepare] = steps[name] ?? ["", async () => async () => {}];
    const act = await prepare();
    const before = (await review.store.ledger.head("register")).seq;
    meanwhile = () => review.alter(who, losses[loss] ?? {});
    expect(await codeOf(act())).toBe("review/role");
    // The account's own row is the only one.
    expect((await review.store.ledger.head("register")).seq).toBe(before + 1);
    await review.alter(who, {});
    await act();
  });
});

describe("a deputy's step", () => {
  const [from, until] = [at("2017-11-06T00:00"), at("2017-11-07T00:00")];
  const ends: Readonly<Record<string, () => Promise<void>>> = {
    "the deputy was ended": () => review.endDeputies(),
    "the principal lost the role": () => review.alter("sig", { roles: ["maker"] }),
    "the principal was disabled": () => review.alter("sig", { active: false }),
    "the deputy was disabled": () => review.alter("mo", { active: false }),
    "the time was over": async () => review.clock.set(until),
  };
  test.each(Object.keys(ends))("%s on the way: refused", async (end) => {
    await review.alter("mo", {});
    review.clock.set(at("2017-11-06T08:30"));
    await review.lend({ id: `d ${end}`, of: "sig", deputy: "mo", role: "signer", from, until });
    const { id, notice } = await toSigner();
    await lookedAt(review, id, "mo");
    meanwhile = ends[end] ?? null;
    expect(await codeOf(review.desk.sign(me("mo"), [id], secret("mo-pass")))).toBe("review/role");
    expect((await review.store.notices.get(notice))?.seal).toBeNull();
    review.clock.set(at("2017-11-06T08:30"));
  });
});

test("an operator whose boards were cut down on the way moves nothing to another's", async () => {
  const { notice } = await onBoards();
  const schedule = (await review.store.notices.get(notice))?.schedule;
  meanwhile = () => review.alter("ope", { boards: ["B1"] });
  expect(await codeOf(review.desk.move(me("ope"), notice, { ...schedule, priority: 7 }))).toBe("review/others-boards");
});

test("a warning that was signed while its cancellation was being signed is taken down by it", async () => {
  const alert = (msgType: string, identifier: string, references: string | null) =>
    goodDocument(identifier, {
      content: { ...(goodDocument(identifier).content as object), alert: { msgType, identifier, references } },
    });
  const warning = await submitted(review, "mai", alert("Alert", "W-1", null));
  const cancel = await submitted(review, "mai", alert("Cancel", "C-1", "W-1"));
  for (const { id } of [warning, cancel]) {
    await review.desk.review(me("rev"), id, "");
    for (const who of ["sig", "sun"]) await lookedAt(review, id, who);
  }
  meanwhile = async () => void (await review.desk.sign(me("sun"), [warning.id], secret("sun-pass")));
  await review.desk.sign(me("sig"), [cancel.id], secret("sig-pass"));
  const record = await review.store.notices.get(warning.notice);
  expect([record?.seal !== null, record?.supersededAt]).toEqual([true, at("2017-11-06T09:00")]);
});
