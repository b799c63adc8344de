/** What goes in and comes out, once: these schemas check the input, describe the output, and make the OpenAPI document. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { capabilitiesSchema } from "./capability-schema.ts";
import { instantForms, parseInstant } from "./instants.ts";

export const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ title: "版面哈希 / message hash", examples: ["0".repeat(64)] });

/** A point in time in a query; the office's zone reads what has none. */
export function instantSchema(zone: string, meaning: string) {
  return z
    .string()
    .max(limits.queryChars)
    .transform((text, context) => {
      const instant = parseInstant(text, zone);
      if (instant !== null) return instant;
      context.issues.push({ code: "custom", input: text, message: instantForms });
      return z.NEVER;
    })
    .optional()
    .meta({
      title: "时刻 / instant",
      description: `${meaning}. ${instantForms} (zone ${zone})`,
      examples: ["2017-12-05T09:00"],
    });
}

/** Why rules of the office are changed; the page asks for it. */
export const changeReason = z
  .string()
  .trim()
  .max(limits.changeReasonChars)
  .default("")
  .meta({ title: "原因 / why", description: "Put on record", examples: ["本区新规定"] });

export const scale = z.coerce
  .number()
  .int()
  .min(1)
  .max(64)
  .default(1)
  .meta({ title: "放大倍数 / scale", description: "Pixels a dot", examples: [4] });

export const iso = z.iso.datetime({ precision: 3 }).meta({ description: "ISO 8601, milliseconds" });
const sentence = z.object({ zh: z.string(), en: z.string() }).meta({ id: "Sentence" });
const fact = z
  .object({
    message: hash,
    notice: z
      .string()
      .nullable()
      .meta({ description: "null: blank (closed or dark); default:<board>: the default picture" }),
    at: iso,
  })
  .nullable();

/** Civil times; what ends at or before its begin crosses midnight, and belongs to the day on which it begins. */
const civilHours = z.object({
  from: z.string(),
  until: z.string(),
  days: z.enum(["everyday", "workday", "restday"]),
});

export const boardSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    place: z.string(),
    model: z.string(),
    device: z.enum(["led", "lcd", "paper+led"]),
    panel: z.object({
      width: z.int(),
      height: z.int(),
      colour: z.enum(["mono", "dual", "rgb"]),
      ledColour: z.string().nullable(),
    }),
    driver: z.string().nullable().meta({ description: "Whose protocol its card speaks; null: our own" }),
    link: z.object({
      kind: z.enum(["tcp-out", "tcp-in", "serial", "udp", "browser", "carried"]),
      note: sentence,
      state: z.enum(["connected", "one-way", "connecting", "waiting", "browser", "carried", "down"]),
      shared: z
        .object({ number: z.int(), with: z.array(z.string()) })
        .nullable()
        .meta({
          description: "Other boards on the same line, and its number there; null: none, or not for this caller",
        }),
    }),
    capabilities: capabilitiesSchema,
    hours: civilHours,
    quiet: z
      .array(civilHours.extend({ shows: z.enum(["default", "nothing"]) }))
      .meta({ description: "Within its hours: then the default picture alone, or nothing; warnings do not ask" }),
    custodian: z
      .string()
      .meta({ description: "屏幕管理员: an account, or a name; empty: nobody is named, or not for this caller" }),
    allows: z.array(z.string()).nullable().meta({ description: "Tracks or categories that it shows; null: all" }),
    intended: fact.unwrap(),
    sent: fact,
    confirmed: fact,
    changed: iso.nullable().meta({ description: "When something last came on it, or went" }),
    oldest: z
      .object({ notice: z.string(), since: iso })
      .nullable()
      .meta({ description: "What has been on it the longest; the default picture does not count" }),
    faults: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string(), remedy: sentence, at: iso })),
  })
  .meta({ id: "Board" });

const suspended = z
  .enum(["dark", "maintenance", "card"])
  .nullable()
  .meta({ description: "Not null: the notices are what the schedule has, and not what is lit" });

/** 紧急关屏 or 维护, above the schedule; or a card that a person carries a stick to, which knows no schedule. */
export const suspensionSchema = z
  .object({
    kind: z.enum(["dark", "maintenance", "card"]),
    from: iso,
    until: iso.nullable().meta({ description: "null: until a person resumes it" }),
    by: z.string(),
    reason: z.string(),
    sentence,
  })
  .meta({ id: "Suspension" });

export const intervalSchema = z.object({
  start: iso,
  end: iso,
  priority: z.int().nullable().meta({ description: "0 most urgent, 9 fillers, 10 default picture, null blank" }),
  notices: z.array(z.string()),
  suspended,
});

/** Of a sign that a person carries a stick to: what its card goes round by people's words, in order and without a gap. */
export const cardPieces = z
  .array(
    z.object({
      from: iso,
      until: iso,
      loaded: iso.nullable().meta({ description: "null: nobody has said yet that anything was put in" }),
      notices: z.array(z.string()),
    }),
  )
  .optional()
  .meta({
    description: "Of a sign that a person carries a stick to: what its card goes round; absent: any other board",
  });

export const playlistSchema = z
  .object({
    board: z.string(),
    from: iso,
    until: iso,
    intervals: z.array(intervalSchema),
    suspensions: z
      .array(suspensionSchema)
      .meta({ description: "When the schedule did not count, or will not: in order" }),
    reasons: z
      .array(z.object({ notice: z.string(), title: z.string(), code: z.string(), sentence }))
      .meta({ description: "Every notice that names this board, and why it is shown or hidden at `from`" }),
  })
  .meta({ id: "Playlist" });

export const programmeSchema = z
  .object({
    programme: z.object({
      shape: z.object({ width: z.int(), height: z.int(), colour: z.enum(["mono", "dual", "rgb"]) }),
      base: z.int().meta({ description: "ms since 1970; all other times are ms after it" }),
      endMs: z.int(),
      messages: z.array(hash),
      spans: z.array(
        z.object({
          startMs: z.int(),
          endMs: z.int(),
          leadMs: z.int(),
          turns: z.array(z.object({ message: z.int(), endMs: z.int() })),
          utcOffsetMin: z.int(),
        }),
      ),
    }),
    owners: z.array(z.array(z.string())),
    notices: z.record(z.string(), z.object({ title: z.string(), why: sentence })),
    loaded: z.int().nullable().optional().meta({
      description:
        "Of a sign that a person carries a stick to: ms since 1970, when somebody said that they put this in, which its card goes round whatever the schedule has; null: nobody has said anything yet",
    }),
  })
  .meta({ id: "Programme" });

export const noticeSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    revision: z.string(),
    track: z.string(),
    openness: z.string(),
    org: z.string().optional().meta({ description: "落款单位; absent: none" }),
    state: z.enum(["draft", "signed", "withdrawn", "refused"]),
    boards: z.array(z.string()),
    takenOff: z
      .record(z.string(), iso)
      .optional()
      .meta({ description: "Withdrawn from single boards, and since when; absent: from none" }),
    from: iso,
    until: iso,
    priority: z.int(),
    dueOn: z.string().nullable(),
    late: z.boolean().nullable(),
    index: z.string().optional().meta({ description: "索引号, from its first signature on; absent: it has none" }),
    deadline: z
      .object({
        dueOn: z.string(),
        rule: z.object({ from: z.string(), workingDays: z.int(), source: z.string() }),
        daysLeft: z.int().nullable().meta({ description: "Working days, negative when it is late; null: it is shown" }),
        colour: z.enum(["met", "ample", "near", "late"]).meta({
          description: "met: shown in time; ample: more than 5 working days left; near: at most 5; late: none",
        }),
        lagDays: z.int().nullable().meta({ description: "Working days from formed (or changed) to first shown" }),
      })
      .optional()
      .meta({ description: "公开期限; absent: none, or of a year that the calendar does not know" }),
    awaits: z
      .literal("countersignature")
      .optional()
      .meta({ description: "待补签: a warning that one person sent out" }),
    outdated: sentence.optional().meta({ description: "It tells people of a rule that has changed since" }),
    displayable: z.boolean(),
    why: sentence.nullable(),
  })
  .meta({ id: "Notice" });

export const officeSchema = z
  .object({
    name: z.string(),
    practice: z.boolean(),
    zone: z.string(),
    clockId: z.string(),
    now: iso,
    cabinets: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          place: z.string(),
          paper: z.enum(["A4", "A3"]),
          custodian: z.string(),
        }),
      )
      .optional()
      .meta({ description: "Posting places without a panel, for who may read; absent: none" }),
  })
  .meta({ id: "Office" });

export const healthSchema = z
  .object({
    ok: z.boolean(),
    clock: iso.optional(),
    boards: z.int().optional(),
    confirmed: z.int().optional(),
    faults: z.int().optional(),
    ledger: z.enum(["whole", "broken", "checking"]).optional(),
  })
  .meta({ id: "Health" });

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    where: z.string(),
    what: sentence,
    remedy: sentence,
    mistakes: z.array(
      z.object({
        where: z.string(),
        what: sentence,
        remedy: sentence,
        code: z.string().optional().meta({ description: "Of a fault" }),
        versions: z.object({ yours: z.int(), current: z.int() }).optional().meta({ description: "Of a conflict" }),
      }),
    ),
  })
  .meta({ id: "Problem" });

export type BoardJson = z.infer<typeof boardSchema>;
export type PlaylistJson = z.infer<typeof playlistSchema>;
export type NoticeJson = z.infer<typeof noticeSchema>;
