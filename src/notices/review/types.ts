/** The nouns of review: drafts, which change, and cases, which do not: one for every revision that was submitted. */
import type { Instant, MessageHash } from "../../message/types.ts";
import type { AccountId } from "../../people/types.ts";
import type { BoardId, CivilDate, Content, Envelope, NoticeId, RevisionHash, Schedule } from "../types.ts";

/** The eight checks of the secrecy review form (R10), in the order of the form. */
export const checkIds = [
  "state-secret",
  "work-secret",
  "trade-secret",
  "privacy",
  "security",
  "internal",
  "third-party",
  "wording",
] as const;
export type CheckId = (typeof checkIds)[number];

/** 无问题; 有,已处理, `note` says how; 有,未处理: with one of these nothing is signed for a board. */
export interface Answer {
  readonly answer: "clear" | "handled" | "found";
  readonly note: string;
}
export type Answers = { readonly [check in CheckId]?: Answer };

/** A person, as steps and forms name them. */
export interface Person {
  readonly account: AccountId;
  readonly name: string;
}

/** 文件号 or 会议名称 that a notice comes from (R07, R50). */
export interface Source {
  readonly kind: "document" | "meeting";
  readonly name: string;
}

/** What is written on while a notice is drafted. Anything may be missing yet; bounds hold always. */
export interface DraftDocument {
  readonly content: Partial<Content>;
  readonly schedule: Partial<Schedule>;
  /** How far operators may move it; null: nowhere, the envelope is the schedule. */
  readonly envelope: Envelope | null;
  readonly source: Source | null;
  /** 变更日期: of an edit of substance, from which its deadline then counts (R02). */
  readonly changedOn: CivilDate | null;
  /** Of an edit: whether it says another thing than before, and not only says it better. null: not asked yet. */
  readonly ofSubstance: boolean | null;
  /** 载体: paper, file, web page; for the form. */
  readonly carrier: string;
  /** Of screening hits that stay, by `hitKey`. */
  readonly explanations: { readonly [hit: string]: string };
  readonly answers: Answers;
}

/** 待定 (R05): held until somebody has thought about it. */
export interface Held {
  readonly note: string;
  readonly reviewBy: CivilDate;
}

export interface Draft {
  readonly notice: NoticeId;
  /** From 1, one more with each writing. */
  readonly version: number;
  /** `contributed`: still with the 报送人; `open`: with the makers, also handed in. */
  readonly state: "contributed" | "open";
  readonly held: Held | null;
  readonly owner: Person;
  readonly unit: string;
  /** Everybody who has written on it: none of them reviews or signs it. At most `limits.draftHands`. */
  readonly hands: readonly Person[];
  /** The revision that it edits or was sent back as; null: a new notice. */
  readonly edits: number | null;
  readonly document: DraftDocument;
  readonly since: Instant;
  readonly changedAt: Instant;
}

export type CaseId = string;
export type CaseState = "office-review" | "signature" | "signed" | "returned" | "withdrawn";
/** `pixels`: the same text for panels of another shape. `template`: a warning whose slots are filled in later; `warning`: such a one, sealed already, to be countersigned. */
export type CaseKind = "notice" | "pixels" | "template" | "warning";

export type StepName =
  | "submitted"
  | "reviewed"
  | "signed"
  | "returned"
  | "withdrawn"
  | "uploaded"
  | "attested"
  | "countersigned";

/** One person's step; `instead`: of whom, where it was a deputy's. It counts for both. */
export interface Step {
  readonly step: StepName;
  readonly by: Person;
  readonly instead: Person | null;
  readonly at: Instant;
  /** Opinion, or reason. */
  readonly words: string;
  /** Of a signature: who had set the signer's password anew shortly before, and when (wall clock). Absent: nobody else had. */
  readonly reset?: PasswordReset;
}

export interface PasswordReset {
  readonly by: string;
  readonly at: Instant;
}

export interface CasePixels {
  readonly board: BoardId;
  readonly message: MessageHash;
}

/** A submitted revision on its way. What is signed is fixed at submission; steps are added. */
export interface ReviewCase {
  /** The register's running number: "2017-0012". */
  readonly id: CaseId;
  /** The secrecy review form's number: "BM2017-012". */
  readonly form: string;
  readonly notice: NoticeId;
  /** The revision's number and hash. */
  readonly number: number;
  readonly revision: RevisionHash;
  readonly kind: CaseKind;
  readonly title: string;
  readonly state: CaseState;
  /** When the step that it waits at began, by the board clock. */
  readonly since: Instant;
  /** One more with each step. */
  readonly version: number;
  readonly unit: string;
  readonly hands: readonly Person[];
  readonly steps: readonly Step[];
  readonly answers: Answers;
  /** As submitted; its content and schedule are the revision's. */
  readonly document: Omit<DraftDocument, "content" | "schedule" | "answers" | "envelope">;
  /** null: only registered, never shown (R04). */
  readonly envelope: Envelope | null;
  readonly pixels: readonly CasePixels[];
  readonly dueOn: CivilDate | null;
  /** 纸质签发: the leader who signed by pen, and the scan's pages by their SHA-256. */
  readonly paper: { readonly leader: string; readonly scans: readonly string[] } | null;
  /** When the reminder of this step was raised. */
  readonly remindedAt: Instant | null;
}

/** That somebody looked at a board's pages as they are to be signed. */
export interface Look extends CasePixels {
  readonly case: CaseId;
  readonly account: AccountId;
  readonly at: Instant;
}

/** How notices are reviewed here, from the installation file. */
export type ReviewRules =
  | { readonly kind: "none" }
  | {
      readonly kind: "chain";
      /** Whether an 审核人 stands between maker and signer. */
      readonly office: boolean;
      /** Working hours at one step after which a reminder is raised (R16). */
      readonly reminderHours: number;
      /** 纸质签发. */
      readonly paper: boolean;
      /** A warning sent out by one person is countersigned within so many hours. */
      readonly countersignHours: number;
      /** Days after its end when the pixels of a notice with personal information are erased. */
      readonly eraseDays: number;
    };

/** What seals, forms and every page say where nobody reviews. */
export const unreviewed = "本机不设审核";
