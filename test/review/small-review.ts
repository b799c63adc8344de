/** The small office with people in it: a real database, tiny pixels, a clock that stands still until it is moved. */
import { FaultError, type Fault } from "../../src/fault.ts";
import { createReview, type ReviewDesk, type ReviewParts } from "../../src/notices/review/index.ts";
import { checkIds, type Answers, type ReviewRules } from "../../src/notices/review/types.ts";
import { defaultRules } from "../../src/notices/screening/index.ts";
import type { SigningKey } from "../../src/notices/seal.ts";
import type { AccountRecord } from "../../src/people/store.ts";
import type { Account, Caller, Deputy, Role } from "../../src/people/types.ts";
import { parseCron } from "../../src/playlist/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { at, boards, keyIn, scratch, typesetting, zone } from "../store/small-office.ts";

export const chain: Extract<ReviewRules, { kind: "chain" }> = {
  kind: "chain",
  office: false,
  reminderHours: 16,
  paper: false,
  countersignHours: 4,
  eraseDays: 30,
};

const people: Readonly<Record<string, readonly Role[]>> = {
  mai: ["maker"],
  mo: ["maker"],
  con: ["contributor"],
  rev: ["reviewer"],
  sig: ["signer"],
  sun: ["signer"],
  ope: ["operator"],
  aud: ["auditor"],
  adm: ["administrator"],
  /** Everything at once: the rules must hold by themselves. */
  all: ["maker", "reviewer", "signer", "operator"],
};
export type Name = keyof typeof people & string;
export const names = Object.keys(people);

const accountOf = (id: string): AccountRecord => ({
  id,
  login: id,
  name: `${id}姓名`,
  unit: id === "con" ? "社区" : "办公室",
  roles: people[id] ?? [],
  boards: null,
  active: true,
  mustChange: false,
  password: null,
});

export interface SmallReview {
  /** Where its database lies. */
  readonly folder: string;
  readonly store: Store;
  readonly key: SigningKey;
  readonly desk: ReviewDesk;
  readonly parts: ReviewParts;
  readonly clock: { now(): number; set(to: number): void };
  /** `deputy` in the place of `of`; told to the store and to callers made from now on. */
  lend(deputy: Deputy): Promise<void>;
  /** Nobody stands in for anybody any more. */
  endDeputies(): Promise<void>;
  /** What the account is from now on; callers made before know nothing of it. */
  alter(name: string, change: Partial<Account>): Promise<void>;
  caller(name: string): Caller;
  close(): Promise<void>;
}

export async function openReview(
  rules: ReviewRules = chain,
  change: (parts: ReviewParts) => ReviewParts = (parts) => parts,
): Promise<SmallReview> {
  const place = scratch();
  let now = at("2017-11-06T08:30");
  const clock = {
    now: () => now,
    set(to: number) {
      now = to;
    },
  };
  const store = await openStore(place.folder, () => ({ boardAt: now, wallAt: now }));
  const key = keyIn(place.folder);
  const deputies: Deputy[] = [];
  if (rules.kind === "chain")
    await store.change("system", async (tx) => {
      for (const name of names) await tx.people.putAccount(accountOf(name), "account/added", {});
    });
  const calendarConfig = { kind: "state-council", overrides: [] } as const;
  const parts = change({
    store,
    people: {
      account: (id) => store.people.account(id),
      accounts: () => store.people.accounts(),
      verifyPassword: async (id, password) => password === `${id}-pass`,
    },
    rules,
    practice: false,
    typesetting,
    taking: { take: async () => ({ ok: false, faults: [] }) },
    key,
    boards,
    zone,
    calendar: workCalendar(calendarConfig),
    calendarConfig,
    promises: [{ from: "2008-05-01", workingDays: 15, source: "本处承诺" }],
    clock,
    screeningRules: async () => defaultRules,
    checkCron(expression) {
      const parsed = parseCron(expression);
      return parsed.ok ? null : parsed;
    },
    changed: async () => {},
  });
  return {
    folder: place.folder,
    store,
    key,
    desk: createReview(parts),
    parts,
    clock,
    async lend(deputy) {
      deputies.push(deputy);
      await store.change("system", (tx) => tx.people.putDeputy(deputy, {}));
    },
    async endDeputies() {
      for (const { id } of deputies.splice(0)) await store.change("system", (tx) => tx.people.endDeputy(id, {}));
    },
    async alter(name, change) {
      const record = { ...accountOf(name), ...change };
      await store.change("system", (tx) => tx.people.putAccount(record, "account/changed", {}));
    },
    caller(name) {
      const deputyOf = deputies.filter(({ deputy, from, until }) => deputy === name && from <= now && now < until);
      const roles = new Set([...(people[name] ?? []), ...deputyOf.map(({ role }) => role)]);
      const local = name === "local";
      return {
        account: local ? null : name,
        name,
        roles,
        deputyOf,
        boards: null,
        via: local ? "local" : "session",
        reads: true,
      };
    },
    async close() {
      await store.close();
      place.remove();
    },
  };
}

/** A notice that lacks nothing: 政府信息, on both boards. */
export function goodDocument(title = "停水通知", more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    content: {
      title,
      body: "因管道检修\uff0c明天停水。",
      category: "通知",
      track: "政府信息",
      openness: "主动公开",
      fiveOpen: "服务公开",
      displayKind: "notice",
      formedOn: "2017-11-06",
      signature: { org: "办事处", date: "2017-11-06" },
    },
    schedule: {
      boards: ["B1", "B2"],
      from: at("2017-11-06T09:00"),
      until: at("2017-11-08T18:00"),
      cron: null,
      priority: 5,
    },
    answers: allClear,
    ...more,
  };
}

export const allClear: Answers = Object.fromEntries(checkIds.map((id) => [id, { answer: "clear", note: "" }]));

/** A new draft by `who`, filled in. */
export async function drafted(review: SmallReview, who = "mai", document = goodDocument()) {
  const draft = await review.desk.createDraft(review.caller(who));
  return review.desk.saveDraft(review.caller(who), draft.notice, draft.version, document);
}

export async function submitted(review: SmallReview, who = "mai", document = goodDocument()) {
  const { notice, version } = await drafted(review, who, document);
  return review.desk.submit(review.caller(who), notice, version);
}

/** Looks at every board. */
export async function lookedAt(review: SmallReview, id: string, who = "sig") {
  for (const { board } of (await review.store.cases.get(id))?.pixels ?? [])
    await review.desk.look(review.caller(who), id, board);
}

export async function signed(review: SmallReview, who = "mai", document = goodDocument(), signer = "sig") {
  const { id } = await submitted(review, who, document);
  await lookedAt(review, id, signer);
  const [done] = await review.desk.sign(review.caller(signer), [id], secret(`${signer}-pass`));
  if (!done) throw new Error("nothing was signed");
  return done;
}

/** The fault with which it is refused. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
  throw new Error("it was not refused");
}

export const codeOf = async (work: Promise<unknown>): Promise<string> => (await faultOf(work)).code;

export const secret = (password: string) => ({ password, address: "127.0.0.1" });
