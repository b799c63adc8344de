/** Anybody does anything, in any order: what the rules promise holds after each step. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { FaultError } from "../../src/fault.ts";
import { verdict } from "../../src/notices/seal.ts";
import type { ReviewCase } from "../../src/notices/review/types.ts";
import { at, pixelsOf, boards } from "../store/small-office.ts";
import { chain, goodDocument, names, openReview, type SmallReview, secret } from "./small-review.ts";

const verbs = [
  "create",
  "edit",
  "save",
  "handIn",
  "submit",
  "look",
  "review",
  "sign",
  "back",
  "withdraw",
  "move",
] as const;
/** Who could do every step alone comes up most, and so do the steps that lead on. */
const command = fc.record({
  verb: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...verbs) },
    { weight: 5, arbitrary: fc.constantFrom("create", "submit", "review", "sign", "sign" as const) },
  ),
  who: fc.oneof(
    { weight: 5, arbitrary: fc.constant("all") },
    { weight: 2, arbitrary: fc.constantFrom("mai", "rev", "sig") },
    { weight: 1, arbitrary: fc.constantFrom(...names, "local") },
  ),
  pick: fc.nat(5),
  text: fc.constantFrom("甲", "乙", "丙"),
  right: fc.integer({ min: 0, max: 9 }).map((one) => one > 0),
});
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

async function run(review: SmallReview, { verb, who, pick, text, right }: Command): Promise<void> {
  const { desk, store } = review;
  const caller = review.caller(who);
  const one = <T>(all: readonly T[]): T | undefined => all[pick % Math.max(1, all.length)];
  const draft = one(await store.drafts.list());
  const found = one(await store.cases.open()) ?? one(await store.cases.list());
  const version = (draft?.version ?? 1) - (right ? 0 : 1);
  if (verb === "create") {
    const { notice } = await desk.createDraft(caller);
    if (right) await desk.saveDraft(caller, notice, 1, goodDocument(text));
  }
  if (verb === "edit" && found) await desk.editNotice(caller, found.notice);
  if (verb === "save" && draft)
    await desk.saveDraft(caller, draft.notice, version, { ...goodDocument(text), ofSubstance: false });
  if (verb === "handIn" && draft) await desk.handIn(caller, draft.notice, version);
  if (verb === "submit" && draft) await desk.submit(caller, draft.notice, version);
  if (!found) return;
  if (verb === "look") for (const { board } of found.pixels) await desk.look(caller, found.id, board);
  if (verb === "review") await desk.review(caller, found.id, "好");
  if (verb === "sign") {
    if (right) for (const { board } of found.pixels) await desk.look(caller, found.id, board);
    await desk.sign(caller, [found.id], secret(right ? `${who}-pass` : "wrong"));
  }
  if (verb === "back") await desk.sendBack(caller, found.id, "退");
  if (verb === "withdraw") await desk.withdrawCase(caller, found.id, "撤");
  if (verb === "move") {
    const schedule = {
      boards: ["B1"],
      from: at("2017-11-06T10:00"),
      until: at("2017-11-07T10:00"),
      cron: null,
      slotMinutes: 0,
      calendar: "everyday",
      priority: right ? 6 : 1,
      weight: 1,
    };
    await desk.move(caller, found.notice, schedule);
  }
}

/** Fixed at submission, whatever is done afterwards. */
const fixed = ({ notice, number, revision, pixels, envelope, form, hands }: ReviewCase) =>
  JSON.stringify({ notice, number, revision, pixels, envelope, form, hands });

async function check(
  { store, key }: SmallReview,
  before: Map<string, string>,
  ended: Map<string, string>,
): Promise<void> {
  const cases = await store.cases.list();
  for (const one of cases) {
    expect(before.get(one.id) ?? fixed(one)).toBe(fixed(one));
    before.set(one.id, fixed(one));
    // What is sent back or withdrawn stays so; what is signed is signed or withdrawn.
    const end = ended.get(one.id);
    if (end === "returned" || end === "withdrawn") expect(one.state).toBe(end);
    if (end === "signed") expect(["signed", "withdrawn"]).toContain(one.state);
    ended.set(one.id, one.state);
    const record = await store.notices.revision(one.notice, one.number);
    const wasSigned = one.steps.some(({ step }) => step === "signed");
    expect(record?.seal !== null).toBe(wasSigned);
    if (!record?.seal) continue;
    expect(verdict(record, key.publicKey).ok).toBe(true);
    const steps = one.steps.filter(({ step }) => ["submitted", "reviewed", "signed"].includes(step));
    expect(steps.map(({ step }) => step)).toEqual(["submitted", "reviewed", "signed"]);
    const [, reviewer, signer] = steps.map(({ by }) => by.account);
    const writers = one.hands.map(({ account }) => account);
    expect(new Set([...writers, reviewer, signer]).size).toBe(writers.length + 2);
    const { title, body } = record.content;
    for (const { board, message } of record.seal.body.pixels) {
      const shape = boards.find(({ id }) => id === board)?.shape;
      expect(shape && pixelsOf(`${title}\n${body}`, shape).hash).toBe(message);
      expect(await store.messages.get(message)).not.toBeNull();
    }
  }
  const open = cases.filter(({ state }) => state === "office-review" || state === "signature");
  expect(new Set(open.map(({ notice }) => notice)).size).toBe(open.length);
}

test("no revision is sealed without all steps by different people, whoever does whatever", async () => {
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 30, maxLength: 60 }), async (commands) => {
      const review = await openReview({ ...chain, office: true });
      const [before, ended] = [new Map<string, string>(), new Map<string, string>()];
      try {
        for (const one of commands) {
          try {
            await run(review, one);
            reached.add(one.verb);
          } catch (error) {
            if (!(error instanceof FaultError)) throw error;
          }
          await check(review, before, ended);
        }
      } finally {
        await review.close();
      }
    }),
    { numRuns: Number(process.env.BOARDCAST_REVIEW_RUNS ?? 25) },
  );
  // It would prove nothing if nobody ever got that far.
  expect([...reached].sort()).toEqual([...verbs].sort());
}, 120_000);
