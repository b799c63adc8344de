/** The nouns of stage 1, "what may be said". Chinese literals are the words of the records themselves, not of the page. */
import type { Direction, Instant, MessageHash, MotionName, TransitionName } from "../message/types.ts";

export type NoticeId = string;
export type BoardId = string;
/** SHA-256, 64 hex digits, of the canonical JSON of `Content`, which names its pictures by their own. */
export type RevisionHash = string;
/** YYYY-MM-DD in the office's zone. */
export type CivilDate = string;

export type Openness = "主动公开" | "依申请公开" | "不予公开";
export type Track = "政府信息" | "党务" | "村(居)务" | "屏幕服务";
export type FiveOpen = "决策公开" | "执行公开" | "管理公开" | "服务公开" | "结果公开";
export type DisplayKind =
  | "slogan"
  | "notice"
  | "table"
  | "list"
  | "welcome"
  | "duty"
  | "clock"
  | "countdown"
  | "emergency"
  /** 待机画面: what a board shows between slots. `body` has one line a line. */
  | "default"
  /** 公示: with its period and where to object. */
  | "publicity"
  /** 期次封面: `title` names the board, a line of the title or body says 第N期, the other lines are the items. */
  | "cover"
  /** 图片、扫描件: `pictures`, one or more pages each. `body` says in words what they show; it is not lit. */
  | "picture"
  /** 二维码: `{{qr:…}}` in the body says what, its other lines are the caption. */
  | "qrcode";

/** 气象灾害预警信号 (GB/T 27962): from the least to the most severe. */
export type AlertColour = "蓝" | "黄" | "橙" | "红";

/** Whole on the panel; in parts one after another; moving up. */
export type PictureFit = "whole" | "parts" | "scroll";
/** How a picture is shown by lights that are on or off: error diffusion, an ordered pattern, or without shades. */
export type PictureDither = "diffusion" | "ordered" | "threshold";

/** A picture of a notice. What is absent is chosen from the picture and the panel. */
export interface ContentPicture {
  /** 64 hex digits, of the bytes as kept (`typeset/pictures/raster.ts`). They travel and are stored beside the content. */
  readonly sha256: string;
  /** Set in type under it, or on a page after it. */
  readonly caption?: string;
  readonly fit?: PictureFit;
  readonly dither?: PictureDither;
  /** Of a dull photograph: its contrast stretched to the panel's. */
  readonly contrast?: "stretched";
}

/** How a page comes out of black, or goes into it. Without a direction: wipes go right, pushes left, curtains sideways. */
export interface ContentPassage {
  readonly name: TransitionName;
  /** `wipe`, `push`: left, right, up, down. `reveal`: horizontal, vertical. */
  readonly direction?: Direction;
}

/** What a notice asks for; `typeset/effects.ts` does it where it can be done, and says where not. Either passages or `moving`. */
export interface ContentMotion {
  readonly entry?: ContentPassage;
  readonly exit?: ContentPassage;
  readonly moving?: Exclude<MotionName, "hold">;
}

/** Everything that a reader could be shown, or that decides whether they may be. Immutable; its hash is the revision. */
export interface Content {
  readonly title: string;
  readonly body: string;
  readonly category: string;
  readonly track: Track;
  readonly openness: Openness;
  readonly opennessReason: string | null;
  readonly fiveOpen: FiveOpen | null;
  readonly displayKind: DisplayKind;
  /** 形成日期; null for fillers such as the clock. */
  readonly formedOn: CivilDate | null;
  /** 变更日期, of an edit of substance: its time counts from here (R02). Absent: as it was formed. */
  readonly changedOn?: CivilDate;
  readonly signature: { readonly org: string; readonly date: CivilDate | null };
  /** 公示: the posting period that was promised. */
  readonly publicity: {
    readonly required: number;
    readonly unit: "workday" | "day";
    /** Absent: by its title, as `screening` reads it. */
    readonly kind?: "公示" | "征求意见";
    /** 监督电话: set where the body does not have it. Absent, as the next, where there is none: hashes stay. */
    readonly phone?: string;
    /** 意见反映: who hears objections. */
    readonly contact?: string;
  } | null;
  readonly alert: {
    readonly msgType: "Alert" | "Cancel";
    readonly identifier: string;
    readonly references: string | null;
    /** Absent: as the title or the body says. */
    readonly colour?: AlertColour;
  } | null;
  /** Absent where there are none, so that notices without pictures keep their hashes. */
  readonly pictures?: readonly ContentPicture[];
  /** Absent: as the template has it. */
  readonly motion?: ContentMotion;
  /** 含个人信息: its past is not for everybody, and its pixels go some time after its end. Absent: none. */
  readonly personal?: true;
  /** Of the template of warnings: what may be filled in, and nothing else. What has it is never lit itself. */
  readonly slots?: WarningSlots;
}

/** Of a template: `{{station}} {{time}} {{kind}} {{level}} {{amount}} {{hours}}` in title and body stand for these. */
export interface WarningSlots {
  readonly stations: readonly string[];
  readonly kinds: readonly string[];
  readonly levels: readonly AlertColour[];
  readonly amount: { readonly min: number; readonly max: number };
  /** At most 24. */
  readonly hoursMax: number;
}

/** Inside it operators may move a notice; outside it a new signature is needed. */
export interface Envelope {
  readonly boards: readonly BoardId[];
  readonly from: Instant;
  readonly until: Instant;
  /** The most urgent (lowest) priority allowed, 0–10. */
  readonly bestPriority: number;
}

/** `semantics.md` "Seal". The signature is Ed25519 over the canonical JSON of `SealBody`. */
export interface SealBody {
  readonly v: 1;
  /** Names the installation whose key signs; 32 hex digits. */
  readonly installation: string;
  readonly revision: RevisionHash;
  readonly notice: NoticeId;
  readonly envelope: Envelope;
  readonly pixels: readonly { readonly board: BoardId; readonly message: MessageHash }[];
  /** Number of the secrecy review form, null where there is none. */
  readonly form: string | null;
  readonly by: string;
  readonly at: Instant;
  /**
   * `template`: of a template of warnings: lights nothing. `emergency`: filled in from one by one person, for at most
   * `limits.emergencyHours`; to be countersigned.
   */
  readonly kind: "signed" | "practice" | "imported" | "template" | "emergency";
}
export interface Seal {
  readonly body: SealBody;
  /** 128 hex digits. */
  readonly signature: string;
}

/** Operators' own: when inside the envelope it plays. `cron: null` plays all the time (default pictures). */
export interface Schedule {
  readonly boards: readonly BoardId[];
  readonly from: Instant;
  readonly until: Instant;
  readonly cron: string | null;
  readonly slotMinutes: number;
  readonly calendar: "everyday" | "workday" | "restday";
  /** 0 most urgent … 9 fillers, 10 the default picture. */
  readonly priority: number;
  /** Copies in the ring. */
  readonly weight: number;
  /** Of the day, minutes after civil midnight, half-open; `until` at most `from` is across midnight. Absent: the whole day. */
  readonly hours?: { readonly fromMinute: number; readonly untilMinute: number };
  /** 0 Sunday … 6. Absent: all. */
  readonly weekdays?: readonly number[];
  /** Days on which it is otherwise than the rule says, at most `limits.scheduleExceptions`: the last one that holds a day counts. */
  readonly exceptions?: readonly ScheduleException[];
  /** 置顶: while it is on, those of its priority that are not pinned wait. */
  readonly pinned?: true;
}

export interface ScheduleException {
  /** What people call it: "春节". */
  readonly name: string;
  /** Both included. */
  readonly from: CivilDate;
  readonly until: CivilDate;
  /** true: it plays, whatever weekday or calendar say; false: it does not. */
  readonly plays: boolean;
}

/** One revision of a notice as the later stages see it, and what lets it be shown. */
export interface NoticeRecord {
  readonly id: NoticeId;
  readonly revision: RevisionHash;
  readonly revisionNumber: number;
  readonly content: Content;
  readonly schedule: Schedule;
  /** null: a draft. */
  readonly seal: Seal | null;
  readonly makerId: string | null;
  readonly importedAt: Instant;
  readonly withdrawnAt: Instant | null;
  readonly supersededAt: Instant | null;
  /** Off single boards from then on, this revision alone: what is signed later is decided anew. Absent: off none. */
  readonly takenOff?: TakenOff;
  /** 索引号, once it was signed. Absent: it has none that stands. */
  readonly index?: string;
}

export type TakenOff = Readonly<Record<BoardId, Instant>>;

/** What a seal is worth today, after checking signature, revision hash and openness: what delivery asks for again before each send. */
export type SealVerdict =
  | {
      readonly ok: true;
      readonly envelope: Envelope;
      /** Per board, the only message that may be lit for this notice. */
      readonly pixels: ReadonlyMap<BoardId, MessageHash>;
      readonly signedAt: Instant;
      readonly withdrawnAt: Instant | null;
      readonly supersededAt: Instant | null;
      readonly takenOff?: TakenOff;
    }
  | {
      readonly ok: false;
      readonly why: "draft" | "seal-broken" | "revision-altered" | "not-public" | "screening" | "unknown-notice";
    };
