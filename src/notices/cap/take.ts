/** Inside a change: a received warning is sealed and shown, and those that it names go. */
import type { Recorder } from "../../ledger/types.ts";
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/types.ts";
import { revisionHash } from "../revision.ts";
import { type Acting, signature } from "../review/persons.ts";
import { addStep, isOpen } from "../review/steps.ts";
import { openCase } from "../review/submit.ts";
import { showingOf } from "../review/take-down.ts";
import type { Person } from "../review/types.ts";
import { signSeal } from "../seal.ts";
import type { PreparedEntry } from "../store.ts";
import type { Envelope, NoticeId, Schedule, SealBody } from "../types.ts";
import type { BoardReach } from "./boards.ts";
import { untilOf } from "./judge.ts";
import type { CapChange, CapParts, Read } from "./parts.ts";
import type { ReceivedWarning } from "./store.ts";

type Tx = CapChange & Recorder;

export interface Taking {
  readonly read: Read;
  readonly acting: Acting;
  /** As the seal says who. */
  readonly by: string;
  /** Nobody of them countersigns it. */
  readonly hands: readonly Person[];
  readonly now: Instant;
  readonly words: string;
  /** Where it is shown; none: nowhere. */
  readonly boards: readonly BoardReach[];
  readonly prepared: PreparedEntry | null;
  /** Of the warnings that it names: what panels have of them, from before the change. */
  readonly showing: ReadonlyMap<NoticeId, Awaited<ReturnType<typeof showingOf>>>;
  /** Where nobody else is, nobody countersigns. */
  readonly alone: boolean;
  /** Warnings from elsewhere of the same CAP identifier go too: a person has seen that it says so. */
  readonly others: boolean;
}

/** Notices of a received warning are named so. */
export const noticeOf = (key: string): NoticeId => `cap-${key}`;

/** Before the change: it is typeset, packed, and panels are asked what they have. `key`: of the notice's name. */
export async function prepareTaking(
  parts: CapParts,
  key: string,
  read: Read,
  boards: readonly BoardReach[],
  now: Instant,
  account: string,
): Promise<Pick<Taking, "prepared" | "showing" | "boards">> {
  const showing = new Map<NoticeId, Awaited<ReturnType<typeof showingOf>>>();
  // Also what another text under its own number has on the boards: that goes when this is shown.
  for (const { sender, identifier } of [...read.alert.references, read.alert])
    for (const { notice } of await parts.store.received.named(sender, identifier))
      if (notice !== null) showing.set(notice, await showingOf(parts, notice));
  const lit = boards.filter(({ message }) => message !== null);
  if (read.laid === null || lit.length === 0) return { prepared: null, showing, boards: [] };
  const { content } = read.laid;
  const envelope = envelopeOf(read, lit, now);
  const schedule: Schedule = {
    boards: envelope.boards,
    from: envelope.from,
    until: envelope.until,
    cron: null,
    slotMinutes: 1,
    calendar: "everyday",
    priority: 0,
    weight: 1,
  };
  const prepared = await parts.store.notices.prepare({
    id: noticeOf(key),
    content,
    revision: revisionHash(content),
    schedule,
    makerId: account,
    importedAt: now,
    seal: null,
    messages: lit.flatMap(({ message }) => message ?? []),
    anew: true,
  });
  return { prepared, showing, boards: lit };
}

function envelopeOf({ judged }: Read, boards: readonly BoardReach[], now: Instant): Envelope {
  const expires = judged.kind === "noted" ? null : judged.expires;
  return {
    boards: boards.map(({ board }) => board),
    from: now,
    until: untilOf(expires ?? now, now),
    bestPriority: 0,
  };
}

/** The row as it is from now on. */
export async function take(parts: CapParts, tx: Tx, row: ReceivedWarning, taking: Taking): Promise<ReceivedWarning> {
  const { read, acting, now, words, boards, prepared } = taking;
  await endNamed(tx, row, taking);
  let notice: NoticeId | null = null;
  if (prepared !== null) {
    notice = prepared.entry.id;
    await show(parts, tx, taking, prepared);
  }
  const done: ReceivedWarning = {
    ...row,
    state: "taken",
    notice,
    decided: { by: acting.by.name, at: now, words },
    pixels:
      notice === null
        ? []
        : boards.flatMap(({ board, message }) => (message ? [{ board, message: message.hash }] : [])),
  };
  await tx.received.put(done);
  await tx.record({
    action: read.judged.kind === "cancel" ? "warning/cancelled" : "warning/shown",
    subject: notice ?? subjectOf(row),
    data: {
      received: row.number,
      sender: row.sender,
      identifier: row.identifier,
      digest: row.digest,
      signature: row.signature,
      name: acting.by.name,
      boards: done.pixels.map(({ board }) => board),
      words,
    },
  });
  return done;
}

/** What the register calls a received warning that is no notice. */
export const subjectOf = ({ number }: Pick<ReceivedWarning, "number">): string => `received ${number}`;

async function show(parts: CapParts, tx: Tx, taking: Taking, prepared: PreparedEntry): Promise<void> {
  const { acting, by, hands, boards, read, now, alone } = taking;
  const { id: notice, content, revision } = prepared.entry;
  const envelope = envelopeOf(read, boards, now);
  const pixels = boards.flatMap(({ board, message }) => (message ? [{ board, message: message.hash }] : []));
  const opened = await openCase(
    parts,
    tx,
    acting,
    {
      notice,
      revision,
      kind: "warning",
      title: content.title,
      state: "signature",
      version: 1,
      unit: read.alert.sender.slice(0, 60),
      hands,
      answers: {},
      document: { source: null, changedOn: null, ofSubstance: null, carrier: "CAP 1.2", explanations: {} },
      envelope,
      pixels,
      dueOn: null,
      paper: null,
      remindedAt: null,
    },
    prepared,
  );
  const body: SealBody = {
    v: 1,
    installation: parts.key.installation,
    revision,
    notice,
    envelope,
    pixels,
    form: opened.form,
    by,
    at: now,
    kind: "emergency",
  };
  await tx.notices.seal(notice, opened.number, signSeal(body, parts.key));
  if (!alone) return;
  const step = { step: "countersigned", state: "signed", words: "", action: "review/countersigned", at: now } as const;
  await addStep(tx, opened, acting, step);
}

/** Those that it updates or cancels: off the boards in the same change, or never on them. */
async function endNamed(tx: Tx, row: ReceivedWarning, taking: Taking): Promise<void> {
  const { alert } = taking.read;
  if (alert.msgType !== "Update" && alert.msgType !== "Cancel") return;
  const words = `${alert.msgType} ${row.sender} ${row.identifier}`;
  for (const { sender, identifier, sent } of alert.references) {
    for (const named of await tx.received.named(sender, identifier))
      if (named.sent === sent) await endReceived(tx, named, taking, words);
    if (!taking.others) continue;
    for (const { id } of (await tx.notices.warnings(identifier)).slice(0, limits.capVersions))
      if (!id.startsWith("cap-")) await endNotice(tx, id, taking, words);
  }
}

/** Also of one that is displaced by a message whose signature verifies. */
export async function endReceived(
  tx: Tx,
  named: ReceivedWarning,
  taking: Pick<Taking, "acting" | "now" | "showing">,
  words: string,
): Promise<void> {
  const { acting, now } = taking;
  if (named.state !== "waiting" && named.state !== "taken") return;
  if (named.notice !== null) await endNotice(tx, named.notice, taking, words);
  const decided = named.decided ?? { by: acting.by.name, at: now, words };
  await tx.received.put({ ...named, state: "cancelled", decided });
  if (named.notice === null)
    await tx.record({ action: "warning/ended", subject: subjectOf(named), data: { name: acting.by.name, words } });
}

async function endNotice(
  tx: Tx,
  notice: NoticeId,
  { acting, now, showing }: Pick<Taking, "acting" | "now" | "showing">,
  words: string,
): Promise<void> {
  const record = await tx.notices.get(notice);
  if (record === null || record.withdrawnAt !== null || record.schedule.until <= now) return;
  for (const review of (await tx.cases.of(notice)).filter((one) => isOpen(one) || one.state === "signed")) {
    const step = { step: "withdrawn", state: "withdrawn", words, action: "review/withdrawn", at: now } as const;
    await addStep(tx, review, acting, step);
  }
  await tx.notices.withdraw(notice, now, words);
  const boards = showing.get(notice) ?? [];
  await tx.takedowns.open({ kind: "cancelled", notice, by: acting.by.name, reason: words, at: now, boards });
}

export const sealedBy = (acting: Acting): string =>
  acting.by.account.startsWith("cap:") ? acting.by.account : signature(acting);
