/** The import file, documented as JSON Schema by `importJsonSchema()` (fixtures/notices.schema.json). */
import { z } from "zod";
import { limits } from "../limits.ts";
import { dayNumberOf } from "../time/days.ts";
import { rotationSchema } from "./schedule-format.ts";

/** Errors of our own are written "中文 / English"; `import-words.ts` parts them. */
const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: "应为 YYYY-MM-DD 的日期 / must be a date YYYY-MM-DD" })
  .refine((text) => dayNumberOf(text) !== null, { error: "日历上没有这一天 / there is no such day" });
const civilTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, {
    error: "应为 YYYY-MM-DDTHH:MM(可写 24:00) / must be YYYY-MM-DDTHH:MM (24:00 is the next midnight)",
  })
  .describe("Civil time in the office's zone, YYYY-MM-DDTHH:MM; 24:00 is the next midnight. 本处当地时间。");

/** Milliseconds since 1970 that four-digit years can say. */
/** Whole characters only: half of one (a lone surrogate) has no bytes that could be signed. */
const text = (charsMax: number, base = z.string()) =>
  base
    .min(1)
    .max(charsMax)
    .refine((value) => !/\p{Surrogate}/u.test(value), { error: "含半个字符 / contains half a character" });

/** 公示期, and where to object. */
const publicityFields = {
  required: z.int().min(1).max(400),
  unit: z.enum(["workday", "day"]),
  kind: z
    .enum(["公示", "征求意见"])
    .exactOptional()
    .describe("Read from the title where left out. 征求意见至少 30 天；不填则按标题。"),
  phone: text(40).exactOptional().describe("监督电话; set where the body does not have it. 正文已写的不重复。"),
  contact: text(100).exactOptional().describe("意见反映: who hears objections. 受理单位。"),
};
const alertColour = z
  .enum(["蓝", "黄", "橙", "红"])
  .exactOptional()
  .describe("Of a warning signal; read from the title where left out. 预警颜色；不填则按标题。");

/** How a picture is shown; what is left out is chosen from the picture and the panel. */
const pictureFields = {
  caption: text(limits.pictureCaptionChars).exactOptional().describe("Set under the picture. 图片下方的说明。"),
  fit: z
    .enum(["whole", "parts", "scroll"])
    .exactOptional()
    .describe(
      "Whole, in parts one after another, or moving up; left out: as it can be read. 整幅、分屏、上移；不填则自动。",
    ),
  dither: z
    .enum(["diffusion", "ordered", "threshold"])
    .exactOptional()
    .describe("For panels whose lights are on or off. 单双色屏的网点。"),
  contrast: z.literal("stretched").exactOptional().describe("For dull photographs. 拉开明暗。"),
};
const pictures = z.array(z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), ...pictureFields }));

const sideways = ["left", "right", "up", "down"] as const;
const fromMiddle = ["horizontal", "vertical"] as const;
const passage = z
  .strictObject({
    name: z.enum(["wipe", "push", "reveal"]).describe("An edge, the page itself, a curtain. 展开、推入、拉幕。"),
    direction: z
      .enum([...sideways, ...fromMiddle])
      .exactOptional()
      .describe("Of wipe and push: left, right, up, down; of reveal: horizontal, vertical. 方向。"),
  })
  .refine(
    ({ name, direction }) =>
      direction === undefined || (fromMiddle as readonly string[]).includes(direction) === (name === "reveal"),
    {
      path: ["direction"],
      error:
        "wipe、push 的方向是 left、right、up、down,reveal 是 horizontal、vertical / wipe and push go left, right, up or down, reveal is horizontal or vertical",
    },
  );
const motion = z
  .strictObject({
    entry: passage.exactOptional().describe("How each page that stands comes in. 进入。"),
    exit: passage.exactOptional().describe("How it goes. 退出。"),
    moving: z
      .enum(["scroll-left", "scroll-right", "scroll-up", "scroll-down", "blink"])
      .exactOptional()
      .describe("Of a slogan, welcome or default picture of one page; blink is for warnings. 滚动、闪烁(只用于预警)。"),
  })
  .refine(({ entry, exit, moving }) => entry !== undefined || exit !== undefined || moving !== undefined, {
    error: "entry、exit、moving 至少写一项 / give at least one of entry, exit and moving",
  })
  .refine(({ entry, exit, moving }) => moving === undefined || (entry === undefined && exit === undefined), {
    path: ["moving"],
    error:
      "移动的画面没有进入、退出：moving 与 entry、exit 不能同时写 / a page that moves has no entry or exit: give either moving, or entry and exit",
  });

/** Base64 has four characters for three bytes; line breaks are read past. */
const base64Max = Math.ceil(limits.pictureUploadBytes / 3) * 4 * 1.05;
/** A file beside the import file: never above it, never elsewhere, not over several lines. */
const besideName = /^(?![\s\S]*(^|\/)\.\.?(\/|$))[^/\\:\p{Cc}\u2028\u2029][^\\:\p{Cc}\u2028\u2029]*$/u;

const pictureInput = z
  .strictObject({
    file: z
      .string()
      .max(200)
      .regex(besideName, {
        error: "应是导入文件旁边的文件名 / must name a file beside the import file, or in a folder there",
      })
      .exactOptional()
      .describe("A file beside this one. 与本文件放在一起的图片文件。"),
    // No two parts of the pattern can share a run of spaces: megabytes of them are read past in one go.
    data: z
      .string()
      .max(base64Max)
      .regex(/^(data:[\w/+.-]{1,100};base64,)?[A-Za-z0-9+/\s]+(=\s*){0,2}$/, { error: "不是 base64 / is not base64" })
      .exactOptional()
      .describe("The file itself, in base64. 图片内容(base64)。"),
    ...pictureFields,
  })
  .refine(({ file, data }) => (file === undefined) !== (data === undefined), {
    error: "file 与 data 须填且只填一个 / give either file or data",
  });

export const contentSchema = z.strictObject({
  title: text(limits.titleChars, z.string().trim()),
  body: text(limits.bodyChars),
  category: text(40),
  track: z.enum(["政府信息", "党务", "村(居)务", "屏幕服务"]),
  openness: z.enum(["主动公开", "依申请公开", "不予公开"]),
  opennessReason: text(500).nullable(),
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
    "publicity",
    "cover",
    "picture",
    "qrcode",
  ]),
  formedOn: civilDate.nullable(),
  changedOn: civilDate.exactOptional(),
  signature: z.strictObject({ org: text(100), date: civilDate.nullable() }),
  publicity: z.strictObject(publicityFields).nullable(),
  alert: z
    .strictObject({
      msgType: z.enum(["Alert", "Cancel"]),
      identifier: text(200),
      references: text(200).nullable(),
      colour: alertColour,
    })
    .nullable(),
  pictures: pictures.min(1).max(limits.picturesPerNotice).exactOptional(),
  motion: motion.exactOptional(),
  personal: z.literal(true).exactOptional(),
  slots: z
    .strictObject({
      stations: z.array(text(30)).min(1).max(limits.warningChoices),
      kinds: z.array(text(10)).min(1).max(limits.warningChoices),
      levels: z
        .array(z.enum(["蓝", "黄", "橙", "红"]))
        .min(1)
        .max(4),
      amount: z.strictObject({ min: z.int().min(0), max: z.int().max(99_999) }),
      hoursMax: z.int().min(1).max(limits.emergencyHours),
    })
    .exactOptional(),
});

const alertFields = {
  msgType: z.enum(["Alert", "Cancel"]),
  identifier: text(200),
  references: text(200).optional().describe("Of a Cancel: the identifier of the warning that it takes down."),
  colour: alertColour,
};
const alertSchema = z.strictObject(alertFields);

/** The samples say which warning a cancellation takes down under `expect.alert`, among other things. */
export const expectedAlert = z.object({ alert: z.object(alertFields) });

/**
 * One record of `notices`. Of `expect` only `alert` is read, where the record has none of its own; what `review` says of approval counts only in practice mode or with
 * --signed-by.
 */
export const recordSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, {
        error:
          "编号须以字母或数字开头，只用字母、数字和 . _ -,至多 64 个 / begin with a letter or digit, then letters, digits and . _ - only, at most 64",
      })
      .describe("The notice's name for ever; the same id again is a new revision. 编号；同号再导入即为新版本。"),
    title: contentSchema.shape.title,
    body: contentSchema.shape.body.describe(
      "Lines are paragraphs; a line with | is a row of a table. 一行一段；含 | 的行是表格的一行。",
    ),
    category: contentSchema.shape.category,
    track: contentSchema.shape.track,
    openness: contentSchema.shape.openness.describe("Only 主动公开 is ever shown. 只有主动公开的能上屏。"),
    opennessReason: contentSchema.shape.opennessReason
      .unwrap()
      .optional()
      .describe("Needed unless 主动公开. 不主动公开的必填。"),
    fiveOpen: contentSchema.shape.fiveOpen,
    displayKind: contentSchema.shape.displayKind.exclude(["default"]),
    formedOn: contentSchema.shape.formedOn.describe("形成日期; null for fillers such as the clock."),
    signature: contentSchema.shape.signature.describe("落款"),
    publicity: z
      .strictObject({
        ...publicityFields,
        actual: z.int().optional().describe("Read past: it is counted. 不读，由系统计算。"),
      })
      .optional()
      .describe("公示: the posting period that was promised."),
    alert: alertSchema.optional(),
    pictures: z
      .array(pictureInput)
      .min(1)
      .max(limits.picturesPerNotice)
      .exactOptional()
      .describe(
        "Of displayKind picture: PNG, JPEG, WebP, GIF, TIFF or PDF, a page each. Decoded, bounded and kept; what the files hold besides is not. 图片、扫描件、PDF(每页一幅)。",
      ),
    motion: contentSchema.shape.motion.describe("Left out: as its template has it. 动态；不填则按模板。"),
    personal: contentSchema.shape.personal.describe(
      "Its past is for auditors and signers, and its pixels go after a time. 含个人信息的写 true。",
    ),
    from: civilTime,
    until: civilTime,
    rotation: rotationSchema,
    boards: z.array(z.string().min(1).max(64)).min(1).max(1000),
    priority: z.int().min(0).max(9).describe("0 most urgent (warnings), 9 fillers. 0 最高。"),
    weight: z.int().min(1).max(16).optional().describe("Turns in each round; 1 when left out. 每轮播放次数。"),
    review: z
      .object({
        state: z.string().max(40).optional(),
        secrecyFormNo: z.string().max(200).nullable().optional(),
        makerId: z.string().max(200).optional(),
        signerId: z.string().min(1).max(200).optional(),
        signedAt: civilTime.optional(),
      })
      .optional(),
    expect: z
      .unknown()
      .optional()
      .describe("For the samples' own tests; `alert` in it counts if the record has none. 供样例测试用。"),
  })
  .refine((record) => record.openness === "主动公开" || record.opennessReason !== undefined, {
    path: ["opennessReason"],
    error: "不主动公开的，必须写明理由 / say why it is not disclosed proactively",
  })
  .refine((record) => (record.displayKind === "picture") === (record.pictures !== undefined), {
    path: ["pictures"],
    error: "图片信息(picture)须有图片，其他信息不能有 / a notice of kind picture has pictures, and no other",
  });

export type NoticeRecordInput = z.infer<typeof recordSchema>;

/** What `fixtures/notices.schema.json` holds. */
export function importJsonSchema(): object {
  const file = z.object({ notices: z.array(recordSchema).max(limits.noticesPerImport) });
  return {
    $id: "notices.schema.json",
    title: "Boardcast notices / 公开栏信息导入文件",
    description:
      "Each record goes in or is refused on its own. Other top-level keys are read past. 逐条收取；其余顶层字段不读。",
    ...z.toJSONSchema(file, { io: "input" }),
  };
}
