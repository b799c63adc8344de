/** Records made into stored, typeset and, where that is allowed, sealed notices. One record is one transaction. */
import type { BoardConfig, CalendarConfig, CardCells, Place } from "../config/types.ts";
import { type Fault, type Sentence, sentence } from "../fault.ts";
import type { Instant, Message, Shape, Window } from "../message/types.ts";
import { notAllowed, notAllowing } from "./categories.ts";
import type { ImportRecord, ParsedImport, Refusal } from "./import.ts";
import { hangingNowhere, lightsOnly, surfacesOf } from "./paper.ts";
import { type KeptBytes, type PictureTaking, type ReadBeside, takeUploads } from "./pictures.ts";
import type { IndexPlace } from "./index-number.ts";
import { revisionHash } from "./revision.ts";
import { screenContent } from "./screening/index.ts";
import { signSeal, type SigningKey } from "./seal.ts";
import type { NoticeStore } from "./store.ts";
import type { Content, NoticeId, NoticeRecord, RevisionHash, Schedule, Seal, SealBody } from "./types.ts";

/** Stage 3, as stage 1 needs it. */
export interface Typesetting {
  ask(request: {
    readonly notice: NoticeId;
    readonly content: Content;
    readonly shape: Shape;
    readonly zone: string;
    readonly calendar: CalendarConfig;
    readonly window: Window;
    readonly charactersPerSecond?: number;
    readonly pictures?: readonly KeptBytes[];
    /** Of a card that is sent characters. */
    readonly cells?: CardCells;
    readonly lettering?: {
      readonly sizePx: number;
      readonly weight: "regular" | "bold";
      readonly leading: number;
    };
  }): Promise<
    | { readonly ok: true; readonly message: Message; readonly warnings?: readonly Sentence[] }
    | { readonly ok: false; readonly faults: readonly Fault[] }
  >;
}

/** Who answers for the notices of a file. `practice` believes the file's own signer and time. */
export interface SignAs {
  readonly kind: "practice" | "imported";
  readonly by: string;
}

export interface ImportParts {
  readonly store: NoticeStore;
  readonly typesetting: Typesetting;
  readonly key: SigningKey;
  readonly boards: readonly Place[];
  readonly zone: string;
  /** Of countdowns in working days. */
  readonly calendar: CalendarConfig;
  /** How fast people read off a board; absent: as the typesetter has it. */
  readonly charactersPerSecond?: number;
  readonly now: Instant;
  /** null: drafts, whatever the file says. */
  readonly signAs: SignAs | null;
  /** Absent where no record has pictures. */
  readonly taking?: PictureTaking;
  /** Of a text for these boards: what is worth mending before anybody signs it. */
  readonly remarksOn?: (content: Content, boards: readonly Place[]) => readonly Sentence[];
  /** Where a signed notice's index number is taken from; absent: none is given. */
  readonly placeOf?: (content: Content, signedAt: Instant) => Promise<IndexPlace | null>;
  /** Absent: records name no files. */
  readonly readBeside?: ReadBeside;
}

export interface ImportSummary {
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly sealed: number;
  readonly refused: readonly Refusal[];
  /** What went in otherwise than the file says: drafts, missing glyphs, personal numbers. */
  readonly notes: readonly { readonly id: NoticeId; readonly why: Sentence }[];
}

const signerCharsMax = 200;

/** Throws if `signAs` names nobody. */
export async function importNotices(parsed: ParsedImport, parts: ImportParts): Promise<ImportSummary> {
  const signer = parts.signAs?.by.trim() ?? null;
  if (signer !== null && (signer === "" || signer.length > signerCharsMax))
    throw new Error(
      `签发人应写 1 至 ${signerCharsMax} 个字 / the signer's name must have 1 to ${signerCharsMax} characters`,
    );
  const count = { added: 0, revised: 0, unchanged: 0, sealed: 0 };
  const notes: { id: NoticeId; why: Sentence }[] = [];
  const refused = [...parsed.refused];
  for (const record of parsed.accepted) {
    const taken = await takeUploads(record, parts.taking ?? null, parts.readBeside ?? null);
    if (!taken.ok) {
      refused.push(...taken.refused);
      continue;
    }
    const { content, pictures } = taken;
    for (const why of taken.notes) notes.push({ id: record.id, why });
    const revision = revisionHash(content);
    const before = await parts.store.get(record.id);
    if (before && sameAs(before, revision, record.schedule) && (before.seal !== null || parts.signAs === null)) {
      count.unchanged++;
      continue;
    }
    const targeted = parts.boards.filter(({ id }) => record.schedule.boards.includes(id));
    for (const why of parts.remarksOn?.(content, targeted) ?? []) notes.push({ id: record.id, why });
    const made = await sealFor({ ...record, content }, pictures, revision, before?.seal?.body.at ?? null, parts);
    for (const why of made.notes) notes.push({ id: record.id, why });
    const place = made.seal && (await parts.placeOf?.(content, made.seal.body.at));
    const outcome = await parts.store.save({
      id: record.id,
      content,
      revision,
      schedule: record.schedule,
      makerId: record.claimed.makerId,
      importedAt: parts.now,
      seal: made.seal,
      messages: made.messages,
      ...(place && { place }),
      ...(pictures.length > 0 && { pictures }),
    });
    if (outcome === "added") count.added++;
    else if (outcome === "revised") count.revised++;
    else if (outcome === "unchanged") count.unchanged++;
    if (made.seal) count.sealed++;
  }
  await supersedeCancelled(parsed.accepted, parts.store);
  return { ...count, refused, notes };
}

function sameAs(before: NoticeRecord, revision: string, schedule: Schedule): boolean {
  return before.revision === revision && JSON.stringify(before.schedule) === JSON.stringify(schedule);
}

interface Made {
  readonly seal: Seal | null;
  readonly messages: readonly Message[];
  readonly notes: readonly Sentence[];
}

/** Typesets for every targeted board and seals what may be sealed; otherwise says why it stays a draft. */
async function sealFor(
  record: ImportRecord,
  pictures: readonly KeptBytes[],
  revision: RevisionHash,
  sealedBefore: Instant | null,
  parts: ImportParts,
): Promise<Made> {
  const draft = (zh: string, en: string): Made => ({ seal: null, messages: [], notes: [{ zh, en }] });
  const { content, schedule, claimed } = record;
  if (content.openness !== "主动公开")
    return draft(`${content.openness}的信息只登记，不上屏`, "not for proactive disclosure: registered, never shown");
  const [shut] = notAllowing(parts.boards, schedule.boards, content);
  if (shut) return { seal: null, messages: [], notes: [notAllowed(shut, content)] };
  const [unlit] = hangingNowhere(parts.boards, schedule.boards, content);
  if (unlit) return { seal: null, messages: [], notes: [lightsOnly(unlit)] };
  const hits = screenContent(content);
  if (hits.length > 0)
    return draft(
      `含未隐去的个人号码：${hits.map((hit) => hit.proposal).join("、")}`,
      `contains personal numbers that are not masked: ${hits.map((hit) => hit.proposal).join(", ")}`,
    );
  const window = { from: schedule.from, until: schedule.until };
  const pixels: SealBody["pixels"][number][] = [];
  const messages = new Map<string, Message>();
  const notes: Sentence[] = [];
  const boards: Place[] = [];
  for (const id of schedule.boards) {
    const board = parts.boards.find((one) => one.id === id);
    if (!board) return draft(`没有公开栏 ${id}`, `there is no board ${id}`);
    boards.push(board);
  }
  for (const surface of boards.flatMap((board) => surfacesOf(board, content))) {
    const set = await parts.typesetting.ask({
      notice: record.id,
      content: surface.content,
      shape: surface.shape,
      ...(surface.cells && { cells: surface.cells }),
      zone: parts.zone,
      calendar: parts.calendar,
      window,
      ...(parts.charactersPerSecond !== undefined && { charactersPerSecond: parts.charactersPerSecond }),
      ...(pictures.length > 0 && { pictures }),
    });
    if (!set.ok) return { seal: null, messages: [], notes: set.faults.map(sentence) };
    pixels.push({ board: surface.place, message: set.message.hash });
    messages.set(set.message.hash, set.message);
    for (const warning of set.warnings ?? []) notes.push(onBoard(surface.place, warning));
  }
  if (!parts.signAs)
    return claimed.approved
      ? draft("文件自称已签发，未予采信，存为草稿", "the file says that it is approved; that is not believed: a draft")
      : { seal: null, messages: [], notes };
  if (!claimed.approved) return draft("文件里未经签发，存为草稿", "not approved in the file: a draft");
  const practice = parts.signAs.kind === "practice";
  // A signing time no later than that of the revision before belongs to the text that it replaces: this one is signed
  // by taking it in, or the past would change.
  const believed = practice && claimed.signedAt !== null && claimed.signedAt > (sealedBefore ?? -1);
  const seal = signSeal(
    {
      v: 1,
      installation: parts.key.installation,
      revision,
      notice: record.id,
      envelope: { boards: schedule.boards, ...window, bestPriority: schedule.priority },
      pixels,
      form: claimed.form,
      by: practice ? (claimed.signerId ?? parts.signAs.by) : parts.signAs.by.trim(),
      at: believed ? (claimed.signedAt ?? parts.now) : parts.now,
      kind: parts.signAs.kind,
    },
    parts.key,
  );
  return { seal, messages: [...messages.values()], notes };
}

function onBoard(board: string, { zh, en }: Sentence): Sentence {
  return { zh: `${board}：${zh}`, en: `${board}: ${en}` };
}

/** A cancellation takes down the warning that it names, from the moment that it may itself be shown; whichever came in first. */
async function supersedeCancelled(records: readonly ImportRecord[], store: NoticeStore): Promise<void> {
  if (!records.some((record) => record.content.alert !== null)) return;
  const { records: all } = await store.list();
  for (const { id, content, schedule, seal } of all) {
    const { alert } = content;
    if (alert?.msgType !== "Cancel" || alert.references === null || seal === null) continue;
    const target = all.find((one) => one.id !== id && one.content.alert?.identifier === alert.references);
    if (!target || target.supersededAt !== null) continue;
    await store.supersede(target.id, Math.max(schedule.from, seal.body.at));
  }
}

/** 待机画面 of a board from its configured lines: a notice of its own, sealed like any other. */
export function defaultPicture(board: BoardConfig, office: string, from: Instant): ImportRecord {
  return {
    id: `default:${board.id}`,
    content: {
      title: board.name,
      body: board.defaultLines.join("\n"),
      category: "待机画面",
      track: "屏幕服务",
      openness: "主动公开",
      opennessReason: null,
      fiveOpen: null,
      displayKind: "default",
      formedOn: null,
      signature: { org: office, date: null },
      publicity: null,
      alert: null,
    },
    schedule: {
      boards: [board.id],
      from,
      // The last day that four-digit years can say: it never ends by itself.
      until: Date.UTC(9999, 11, 31),
      cron: null,
      slotMinutes: 0,
      calendar: "everyday",
      priority: 10,
      weight: 1,
    },
    claimed: { approved: true, signedAt: from, signerId: null, makerId: null, form: null },
  };
}
