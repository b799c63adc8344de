/** The import file, documented as JSON Schema by `importJsonSchema()` (fixtures/notices.schema.json). */
import { z } from "zod";
import { limits } from "../limits.ts";
import { dayNumberOf } from "../time/days.ts";

const civilDate = z
  .string()
  .refine((text) => dayNumberOf(text) !== null, { error: "应为 YYYY-MM-DD 的日期 / must be a date YYYY-MM-DD" });
const civilTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, {
  error: "应为 YYYY-MM-DDTHH:MM(可写 24:00)/ must be YYYY-MM-DDTHH:MM (24:00 is the next midnight)",
});

export const contentSchema = z.strictObject({
  title: z.string().trim().min(1).max(limits.titleChars),
  body: z.string().min(1).max(limits.bodyChars),
  category: z.string().min(1).max(40),
  track: z.enum(["政府信息", "党务", "村(居)务", "屏幕服务"]),
  openness: z.enum(["主动公开", "依申请公开", "不予公开"]),
  opennessReason: z.string().min(1).max(500).nullable(),
  fiveOpen: z.enum(["决策公开", "执行公开", "管理公开", "服务公开", "结果公开"]).nullable(),
  displayKind: z.enum([
    "slogan",
    "notice",
    "table",
    "list",
    "welcome",
    "duty",
    "clock",
    "countdown",
    "emergency",
    "default",
  ]),
  formedOn: civilDate.nullable(),
  signature: z.strictObject({ org: z.string().min(1).max(100), date: civilDate.nullable() }),
  publicity: z.strictObject({ required: z.int().min(1).max(400), unit: z.enum(["workday", "day"]) }).nullable(),
  alert: z
    .strictObject({
      msgType: z.enum(["Alert", "Cancel"]),
      identifier: z.string().min(1).max(200),
      references: z.string().min(1).max(200).nullable(),
    })
    .nullable(),
});

export const scheduleSchema = z.strictObject({
  boards: z.array(z.string().min(1).max(64)).min(1).max(1000),
  from: z.int().min(0),
  until: z.int().min(0),
  cron: z.string().max(200).nullable(),
  slotMinutes: z.int().min(0).max(1440),
  calendar: z.enum(["everyday", "workday", "restday"]),
  priority: z.int().min(0).max(10),
  weight: z.int().min(1).max(16),
});

/** One record of `notices`. `review` and `expect` are read past: what a file says of approval counts only in practice mode or with --signed-by. */
export const recordSchema = z
  .strictObject({
    id: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, {
      error: "编号只可用字母、数字和 . _ - / letters, digits and . _ - only",
    }),
    title: contentSchema.shape.title,
    body: contentSchema.shape.body,
    category: contentSchema.shape.category,
    track: contentSchema.shape.track,
    openness: contentSchema.shape.openness,
    opennessReason: z.string().min(1).max(500).optional(),
    fiveOpen: contentSchema.shape.fiveOpen,
    displayKind: contentSchema.shape.displayKind.exclude(["default"]),
    formedOn: contentSchema.shape.formedOn,
    signature: contentSchema.shape.signature,
    publicity: z
      .strictObject({
        required: z.int().min(1).max(400),
        unit: z.enum(["workday", "day"]),
        actual: z.int().optional(),
      })
      .optional(),
    alert: z
      .strictObject({
        msgType: z.enum(["Alert", "Cancel"]),
        identifier: z.string().min(1).max(200),
        references: z.string().min(1).max(200).optional(),
      })
      .optional(),
    from: civilTime,
    until: civilTime,
    rotation: z.strictObject({
      cron: z.string().min(1).max(200),
      slotMinutes: z.int().min(1).max(1440),
      calendar: z.enum(["everyday", "workday", "restday"]),
      tz: z.string(),
    }),
    boards: z.array(z.string().min(1).max(64)).min(1).max(1000),
    priority: z.int().min(0).max(9),
    weight: z.int().min(1).max(16).optional(),
    review: z
      .object({
        state: z.string().optional(),
        secrecyFormNo: z.string().nullable().optional(),
        makerId: z.string().optional(),
        signerId: z.string().optional(),
        signedAt: civilTime.optional(),
      })
      .optional(),
    expect: z.unknown().optional(),
  })
  .refine((record) => record.openness === "主动公开" || record.opennessReason !== undefined, {
    path: ["opennessReason"],
    error: "不主动公开的,必须写明理由 / say why it is not disclosed proactively",
  });

export type NoticeRecordInput = z.infer<typeof recordSchema>;

export function importJsonSchema(): unknown {
  const file = z.object({ notices: z.array(recordSchema).max(limits.noticesPerImport) });
  return {
    title: "Boardcast notices / 公开栏信息导入文件",
    description: "Other top-level keys are ignored. 其余顶层字段不读。",
    ...(z.toJSONSchema(file, { io: "input" }) as object),
  };
}
