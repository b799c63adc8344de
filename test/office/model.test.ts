/**
 * Promise 1 as one property: whoever asks the API for whatever, in whatever order, no board lights a dot that was not signed,
 * by other people than those who wrote, handed in or reviewed it, for this board and this time. BOARDCAST_LONG=1 takes
 * 100,000 steps; BOARDCAST_MODEL_STEPS any number; BOARDCAST_MODEL_COUNTS=1 tells how often each route did what was asked.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { found, type Founded, freshTime } from "./cast.ts";
import { Dice, somebody } from "./dice.ts";
import { copyOf, openOffice, siteWith } from "./living-office.ts";
import type { Model } from "./model.ts";
import { movesFor, type Moves, never } from "./moves.ts";
import { Play } from "./play.ts";

const isLong = process.env.BOARDCAST_LONG === "1";
const steps = Number(process.env.BOARDCAST_MODEL_STEPS ?? (isLong ? 100_000 : 1000));
const seed = Number(process.env.BOARDCAST_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const movesPerRun = 70;
/** So many steps between two lines that say how far it is. */
const told = 5000;
type ReviewConfig = ReturnType<typeof reviewed> extends fc.Arbitrary<infer T> ? T : never;
/** The site's rules of review; warnings that wait for an hour only are soon taken down. */
const reviewed = () =>
  fc.record({
    office: fc.boolean(),
    paper: fc.constantFrom(true, true, false),
    countersignHours: fc.constantFrom(1, 4),
  });
/** Done in every run of a few thousand steps; the long one does everything. */
const essential = [
  "PUT /api/v1/review/drafts/{id}",
  "POST /api/v1/review/drafts/{id}/submit",
  "POST /api/v1/review/cases/{id}/review",
  "POST /api/v1/review/sign",
  "POST /api/v1/notices/{id}/edit",
  "POST /api/v1/notices/{id}/withdraw",
  "POST /api/v1/deputies",
  "POST /api/v1/notices/{id}/warn",
  "POST /api/v1/review/cases/{id}/attest",
  "PUT /api/v1/review/drafts/{id}/pictures",
  "POST /api/v1/dark",
  "POST /api/v1/dark/resume",
  "POST /api/v1/boards/{id}/maintenance",
  "POST /api/v1/cap",
  "POST /api/v1/cap/{id}/confirm",
];

/** Without these nothing is ever lit, or dark. */
const vital = [...essential.slice(0, 6), "POST /api/v1/dark"];

let founded: Founded;
let moves: Moves;
beforeAll(async () => {
  founded = await found();
  const place = copyOf(founded.folder);
  const office = await openOffice(place.folder, freshTime());
  moves = movesFor(office.routes);
  await office.close();
  place.remove();
});
afterAll(() => founded.remove());

const asked = () =>
  fc.record({
    name: fc.oneof(
      ...[...moves.all].map(([name, { weight }]) => ({
        weight: Math.round(weight * 10),
        arbitrary: fc.constant(name),
      })),
    ),
    dice: fc.noBias(fc.array(fc.nat(65_535), { minLength: 12, maxLength: 12 })),
  });

/** What became of what was signed, or lit before it was. */
function* outcomes({ revisions }: Model): Generator<(typeof worthSeeing)[number]> {
  for (const { kind, state, document, writers, uploaders, sentBy, number, scan, ...times } of revisions) {
    const { signedAt, supersededAt, withdrawnAt, takenOff } = times;
    if (signedAt === null) continue;
    if (kind === "template") yield "templates";
    if (kind === "pixels") yield "new pixels";
    if (kind !== "warning" && scan.length > 0 && uploaders.size > 0 && state === "signed") yield "on paper";
    if (document.content.pictures) yield "pictures";
    if (document.content.alert?.msgType === "Cancel") yield "cancellations";
    if (takenOff.size === 1 && withdrawnAt === null) yield "off single boards";
    if (kind !== "warning") continue;
    if (sentBy === null) yield "received warnings";
    if (sentBy === null && [...writers].some((one) => one.startsWith("cap:"))) yield "believed senders";
    yield "warnings";
    if (state === "signed") yield "countersigned";
    if (withdrawnAt !== null) yield "warnings taken down";
    if (number === 1 && supersededAt !== null) yield "warnings cancelled";
  }
}
const worthSeeing = [
  ...(["templates", "new pixels", "on paper", "pictures", "cancellations"] as const),
  ...(["warnings", "countersigned", "warnings taken down", "warnings cancelled"] as const),
  ...(["off single boards", "received warnings", "believed senders"] as const),
] as const;

/** A run's end and its last moves: the whole of it comes again by the seed. */
function tell({
  failed,
  seed: drawn,
  counterexamplePath,
  counterexample,
  errorInstance,
}: fc.RunDetails<[ReviewConfig, { name: string; dice: number[] }[]]>) {
  if (!failed) return;
  const moved = (counterexample?.[1] ?? [])
    .map(({ name }) => name)
    .slice(0, 200)
    .join("; ");
  throw new Error(`seed ${drawn}, path ${counterexamplePath}: ${moved}\n${(errorInstance as Error)?.message}`, {
    cause: errorInstance,
  });
}

test("every route of the router is among what is asked", () => {
  expect(moves.missing, "give each a move in test/office/moves-*.ts and a rule in learn.ts").toEqual([]);
  expect(moves.idle, "the router has it no more: take it out").toEqual([]);
});

test(
  `whatever anybody asks: only what others signed is lit (seed ${seed}, ${steps} steps)`,
  async () => {
    console.info(`model: BOARDCAST_TEST_SEED=${seed}`);
    const done = new Map<string, number>();
    const came = new Map<string, number>();
    let signed = 0;
    let taken = 0;
    const run = fc.asyncProperty(
      reviewed(),
      fc.array(asked(), { minLength: movesPerRun, maxLength: movesPerRun }),
      async (review, all) => {
        if (taken >= steps) return;
        const play = new Play(founded, siteWith({ review, calendar: { kind: "state-council", overrides: [] } }));
        await play.open();
        try {
          await play.look("opening");
          for (const { name, dice: numbers } of all) {
            const dice = new Dice(numbers);
            const move = moves.all.get(name);
            await move?.make(play, dice, somebody(play, dice, move.by));
          }
        } finally {
          const before = taken;
          taken += play.steps;
          if (Math.floor(taken / told) > Math.floor(before / told)) console.info(`model: ${taken} steps so far`);
          await play.close();
        }
        for (const [name, count] of play.reached) done.set(name, (done.get(name) ?? 0) + count.done);
        for (const what of outcomes(play.model)) came.set(what, (came.get(what) ?? 0) + 1);
        signed += play.model.revisions.filter(({ signedAt }) => signedAt !== null && signedAt > 0).length;
      },
    );
    // Enough runs for the steps, whatever a run takes.
    await fc.assert(run, {
      seed,
      numRuns: Math.ceil(steps / 60),
      endOnFailure: process.env.BOARDCAST_MODEL_SHRINK !== "1",
      reporter: tell,
    });
    console.info(`model: ${taken} steps, ${signed} signed`);
    console.info(`model: ${essential.map((name) => `${done.get(name) ?? 0} ${name}`).join(", ")}`);
    console.info(`model: ${[...came].map(([what, count]) => `${count} ${what}`).join(", ")}`);
    if (process.env.BOARDCAST_MODEL_COUNTS === "1")
      for (const name of moves.all.keys()) console.info(`model: ${done.get(name) ?? 0} ${name}`);
    const counted = isLong ? [...moves.all.keys()].filter((name) => /^[A-Z]+ \//.test(name)) : essential;
    const idle = counted.filter((name) => !never.includes(name) && !done.get(name));
    // It would prove nothing if nobody ever got that far.
    const missing = idle.filter((name) => isLong || vital.includes(name));
    expect(missing, "never once done").toEqual([]);
    // Drawn anew each run: two of the rarer ones may stay out of one of them.
    expect(idle.length, idle.join(", ")).toBeLessThanOrEqual(2);
    if (isLong) expect(worthSeeing.filter((what) => !came.get(what))).toEqual([]);
    expect(signed).toBeGreaterThan(steps / 250);
  },
  Math.max(240_000, steps * 72),
);
