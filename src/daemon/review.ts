/** Review as this office has it: the desk's store and typesetter, the people, and what is done when boards change. */
import type { CaseView, Review } from "../api/review.ts";
import type { Site } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import { createReview, reviewRules, type ReviewDesk, type ReviewParts } from "../notices/review/index.ts";
import { isOpen } from "../notices/review/steps.ts";
import type { ReviewCase } from "../notices/review/types.ts";
import type { OnPanels } from "../notices/takedown.ts";
import type { People } from "../people/index.ts";
import type { Caller } from "../people/types.ts";
import { parseCron } from "../playlist/cron.ts";
import type { Desk } from "./desk.ts";
import { cardGlyphs } from "./card-glyphs.ts";
import { PartLooks } from "./part-looks.ts";
import { casePast, isTextPast } from "./personal.ts";
import { rulesOf } from "./screening.ts";
import { MessageShelf } from "./shelf.ts";

/** Messages that are looked at before they are signed, decoded. */
const lookedAtBytesMax = 64 * 1024 * 1024;

export interface ReviewOptions {
  readonly site: Site;
  readonly desk: Desk;
  readonly people: People;
  readonly onPanels?: OnPanels;
  /** Boards may show something else now. */
  changed(): Promise<void>;
}

/** `erased`: whoever has these in memory. */
export function reviewParts(
  { site, desk, people, onPanels, changed }: ReviewOptions,
  erased: NonNullable<ReviewParts["erased"]>,
): ReviewParts & { readonly store: Desk["store"] } {
  const { store, clock, calendar, key, typesetting, taking } = desk;
  return {
    store,
    people: {
      account: (id) => people.store.account(id),
      accounts: () => people.store.accounts(),
      verifyPassword: (id, password, address) => people.passwords.confirm(id, password, address),
      async resetOf(id) {
        const found = await people.store.resetOf(id);
        if (!found || found.changed || people.wall.now() - found.at >= limits.passwordResetToldMs) return null;
        const by = (await people.store.accounts()).find((one) => one.id === found.by)?.name ?? found.by;
        return { by, at: found.at };
      },
    },
    rules: reviewRules(site.review),
    practice: site.practice,
    typesetting,
    taking,
    key,
    boards: [...site.boards, ...(site.cabinets ?? [])],
    zone: site.zone,
    office: site.office,
    promises: site.disclosure ?? [],
    calendar,
    get calendarConfig() {
      return calendar.config;
    },
    charactersPerSecond: site.readingCharactersPerSecond,
    clock,
    screeningRules: () => rulesOf(store),
    checkCron(expression) {
      const parsed = parseCron(expression);
      return parsed.ok ? null : parsed;
    },
    glyphsMissing: cardGlyphs,
    erased,
    ...(onPanels && { onPanels }),
    changed,
  };
}

export function openReview(options: ReviewOptions): Review {
  const { site, desk, people } = options;
  const { store, clock } = desk;
  const looks = new PartLooks();
  const shelf = new MessageShelf(store.messages, lookedAtBytesMax);
  const parts = reviewParts(options, (messages) => {
    for (const kept of [shelf, desk.programmes]) kept.forget(messages);
  });
  const { rules } = parts;
  const verbs: ReviewDesk = createReview(parts);
  const unitOf = async (account: string | null) =>
    account === null ? null : ((await people.store.account(account))?.unit ?? null);

  /** The newest signed one before this case's. Who works on an open case needs it beside the new one, whatever its age. */
  const signedBefore = async (caller: Caller, review: ReviewCase): Promise<CaseView["before"]> => {
    const { records, earlier } = await store.notices.about([review.notice]);
    const [newest] = [...records, ...earlier]
      .filter(({ seal, revisionNumber }) => seal !== null && revisionNumber < review.number)
      .sort((one, other) => other.revisionNumber - one.revisionNumber);
    if (!newest || (!isOpen(review) && isTextPast(review, newest, clock.now(), caller))) return null;
    return { content: newest.content, schedule: newest.schedule };
  };

  return {
    ...verbs,
    rules,
    async withdrawNotice(caller, notice, reason, boards) {
      // It would come back with no start, and no edit of it can be signed: the file is where it is changed.
      const own = site.boards.find(({ id }) => notice === `default:${id}`);
      if (own) throw new FaultError({ code: "board/default-stays", board: own.id });
      return verbs.withdrawNotice(caller, notice, reason, boards);
    },
    async drafts(caller) {
      const all = await store.drafts.list();
      if (caller.roles.has("maker") || caller.roles.has("auditor")) return all;
      const unit = await unitOf(caller.account);
      return all.filter((draft) => draft.unit === unit);
    },
    async draft(caller, id) {
      const draft = await store.drafts.get(id);
      const isTheirs = caller.roles.has("maker") || caller.roles.has("auditor");
      // Whether another unit writes on something is not for them to know either.
      if (draft === null || (!isTheirs && draft.unit !== (await unitOf(caller.account))))
        throw new FaultError({ code: "review/unknown", what: "draft", id });
      return draft;
    },
    cases: (before) => store.cases.list(before),
    async case(caller, id) {
      const review = await store.cases.get(id);
      if (review === null) throw new FaultError({ code: "review/unknown", what: "case", id });
      const record = await store.notices.revision(review.notice, review.number);
      if (record && isTextPast(review, record, clock.now(), caller))
        throw new FaultError({ code: "review/personal-past", case: id });
      const { content = null, schedule = null, takenOff } = record ?? {};
      const before = await signedBefore(caller, review);
      return { review, content, schedule, ...(takenOff && { takenOff }), before };
    },
    async looked(caller, cases) {
      const account = caller.account ?? (caller.via === "local" ? "local" : null);
      const looked = new Map<string, readonly string[]>();
      for (const { id, pixels } of account === null ? [] : cases.filter(isOpen)) {
        const mine = (await store.cases.looks(id)).filter((look) => look.account === account);
        const seen = pixels.filter(({ board, message }) =>
          mine.some((look) => look.board === board && look.message === message),
        );
        looked.set(
          id,
          seen.map(({ board }) => board),
        );
      }
      return looked;
    },
    async scan(caller, id, page) {
      const bytes = await store.pictures.get(await verbs.lookAtScan(caller, id, page));
      if (bytes === null) throw new FaultError({ code: "review/unknown", what: "scan", id: `${id} ${page}` });
      return bytes;
    },
    async pages(caller, id, board) {
      const review = await store.cases.get(id);
      const record = review && (await store.notices.revision(review.notice, review.number));
      if (review && record && casePast(review, record, clock.now(), caller) !== null)
        throw new FaultError({ code: "review/personal-past", case: id });
      if (review === null) throw new FaultError({ code: "review/unknown", what: "case", id });
      const pixels = review.pixels.find((one) => one.board === board);
      if (pixels === undefined) throw new FaultError({ code: "review/unknown", what: "board", id: board });
      const message = await shelf.get(pixels.message);
      if (message === null) throw new FaultError({ code: "review/pixels", case: id, board });
      return message;
    },
    async sent(caller, id, board, { hash, pages }, from, to) {
      const who = caller.account ?? caller.via;
      if (looks.sent(`${who} ${id} ${board} ${hash}`, from, to, pages.length)) await verbs.look(caller, id, board);
    },
  };
}
