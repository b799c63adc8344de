/** 纸质签发: the leader signed the printed form by pen; the scan is taken in, and a second account attests it. */
import { limits } from "../../limits.ts";
import type { Caller } from "../../people/types.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { actingAs, assertFree, assertOwnBoards, changeAs, holders } from "./persons.ts";
import { assertAsRegistered } from "./register.ts";
import { assertAnswered, assertPixels, revisionOf, seal } from "./sealing.ts";
import { assertLooked, assertPassword, resetBefore, type Secret } from "./sign.ts";
import { addStep, at, caseOf, isOpen, readWords } from "./steps.ts";
import type { CasePixels, ReviewCase } from "./types.ts";

export interface PaperVerbs {
  /** A picture or PDF of the signed form; `leader`: whose pen it was. Takes the place of one that was uploaded before. */
  uploadScan(caller: Caller, id: string, leader: string, bytes: Uint8Array): Promise<ReviewCase>;
  /** The name (SHA-256) of a scanned page, from 1; that this caller has seen it is kept. */
  lookAtScan(caller: Caller, id: string, page: number): Promise<string>;
  /**
   * By an account that has no other step: the scan is of this form, and signed. Seals in the leader's name. FaultError
   * `review/not-looked` unless every page of the scan as it is now was looked at, and every board.
   */
  attest(caller: Caller, id: string, secret: Secret | null): Promise<ReviewCase>;
}

const off = { zh: "这里不用纸质签发", en: "signing on paper is off here" };

export function paperVerbs(parts: ReviewParts): PaperVerbs {
  const { store, clock, rules } = parts;
  const assertOn = () => {
    if (rules.kind !== "chain" || !rules.paper) refuse({ code: "review/off", what: off });
  };

  return {
    async uploadScan(caller, id, given, bytes) {
      assertOn();
      const acting = await actingAs(parts, caller, ["maker", "reviewer", "operator"]);
      const before = await caseOf(parts, id);
      const leader = readWords(before.notice, "leader", given.slice(0, 100), true);
      const held = [...before.hands, ...before.steps.flatMap(({ by, instead }) => (instead ? [by, instead] : [by]))];
      // The pen is a step too.
      if (held.some(({ name }) => plain(name) === plain(leader)))
        refuse({ code: "review/two-steps", notice: before.notice, name: leader });
      const taken = await parts.taking.take(bytes, "scan");
      if (!taken.ok) return refuse({ code: "review/not-ready", notice: before.notice, faults: taken.faults });
      if (taken.pictures.length > limits.picturesPerNotice)
        refuse({ code: "review/too-many", what: { zh: "扫描页", en: "scanned pages" }, max: limits.picturesPerNotice });
      const record = await store.notices.revision(before.notice, before.number);
      if (record === null) return refuse({ code: "review/altered", case: id });
      const { pictures } = await store.notices.prepare({ ...record, messages: [], pictures: taken.pictures });
      const scans = taken.pictures.map(({ sha256 }) => sha256);
      return changeAs(parts, acting, async (tx) => {
        const review = await at(tx, id, ["signature"]);
        await assertAsRegistered(tx, review);
        await tx.cases.addPictures(pictures);
        const next = { ...review, paper: { leader, scans } };
        const step = { step: "uploaded", state: "signature", words: leader, action: "review/scan-uploaded" } as const;
        return addStep(tx, next, acting, { ...step, at: clock.now(), more: { leader, scans } });
      });
    },

    async lookAtScan(caller, id, page) {
      const review = await caseOf(parts, id);
      const seen = scanPages(review)[page - 1];
      if (!seen) return refuse({ code: "review/unknown", what: "scan", id: `${id} ${page}` });
      if (caller.account !== null && isOpen(review))
        await store.cases.looked({ case: id, account: caller.account, ...seen, at: clock.now() });
      return seen.message;
    },

    async attest(caller, id, secret) {
      assertOn();
      const before = await caseOf(parts, id);
      const roles = ["reviewer", "signer", "operator", "administrator"] as const;
      const acting = await actingAs(parts, caller, [...roles], { taken: holders(before) });
      await assertPassword(parts, caller, acting, secret);
      await assertPixels(parts, before);
      const reset = await resetBefore(parts, acting.by.account);
      const done = await changeAs(parts, acting, async (tx) => {
        const review = await at(tx, id, ["signature"]);
        await assertAsRegistered(tx, review);
        const uploaded = review.steps.findLast(({ step }) => step === "uploaded");
        if (review.paper === null || !uploaded || review.kind === "warning")
          return refuse({ code: "review/state", case: id, state: review.state });
        assertFree(review, acting);
        await assertOwnBoards(parts, tx, caller, acting, review.notice, review.envelope?.boards ?? []);
        assertAnswered(review);
        // By their hashes: a scan that took another's place since then was not looked at.
        await assertLooked(tx, review, acting.by.account, scanPages(review));
        await revisionOf(tx, review);
        const { leader, scans } = review.paper;
        const now = clock.now();
        const by = `${leader} (纸质签发 on paper: ${uploaded.by.account}, ${acting.by.account})`;
        await seal(parts, tx, review, { by, at: now, kind: review.kind === "template" ? "template" : "signed" });
        const step = { step: "attested", state: "signed", words: leader, action: "review/signed", at: now } as const;
        return addStep(tx, review, acting, {
          ...step,
          reset,
          more: { leader, scans, uploadedBy: uploaded.by.account },
        });
      });
      await parts.changed();
      return done;
    },
  };
}

/** A name however it was typed: full-width letters and spaces make nobody else of it. */
const plain = (name: string) => name.normalize("NFKC").replace(/\s/gu, "").toLowerCase();

/** Scanned pages as things to be looked at, beside the boards' messages; no board is named so. */
function scanPages({ paper }: Pick<ReviewCase, "paper">): readonly CasePixels[] {
  return (paper?.scans ?? []).map((message, index) => ({ board: `scan:${index + 1}`, message }));
}
