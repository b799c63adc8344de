/**
 * The installation file as one zod schema: what checks it, what editors complete it from
 * (`boardcast.schema.json` is made from here), and where its error messages get names and examples.
 *
 * Titles are "中文 / English"; `examples[0]` is what a remedy shows. No transforms: the schema says what is
 * written, `site.ts` says what it means.
 */
import { z } from "zod";
import { limits } from "../limits.ts";
import { calendarSchema, type calendarYearSchema, disclosureSchema, words } from "./days-schema.ts";
import { driverSchema } from "./driver.ts";
import { durationPattern } from "./duration.ts";
import { hoursPattern, quietPattern } from "./hours.ts";
import { linkSchema } from "./link-schema.ts";
import { listenSchema } from "./listen-schema.ts";

export { calendarYearSchema } from "./days-schema.ts";
export { linkSchema } from "./link-schema.ts";

export const boardSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, {
      error: "只用英文字母、数字、- 和 _\uff0c最多 32 个 / has letters, digits, - and _ only, 32 at most",
    })
    .meta({ title: "编号 / id", description: "Letters, digits, - and _; part of addresses", examples: ["B1"] }),
  name: words("名称 / name", "办事处大门门头屏")
    .optional()
    .meta({
      title: "名称 / name",
      description: "Its id when left out",
      examples: ["办事处大门门头屏"],
    }),
  place: words("位置 / place", "临街大门上方").optional(),
  model: words("型号 / model", "P10 单红").optional(),
  device: z
    .enum(["led", "lcd", "paper+led", "paper"])
    .optional()
    .meta({
      title: "设备 / device",
      description:
        "led when left out, lcd where a browser plays it; paper: a glass cabinet without a sign: no panel, no link; notices are printed, posted and confirmed",
      examples: ["led"],
    }),
  paper: z
    .enum(["A4", "A3"])
    .optional()
    .meta({
      title: "张贴纸 / paper",
      description:
        "Of a board that is paper+led or paper: the size of the sheets that are printed for it; A4 when left out",
      examples: ["A4"],
    }),
  panel: z
    .strictObject({
      width: z
        .int()
        .min(8)
        .max(limits.panelSidePx)
        .meta({ title: "宽 / width", description: "dots", examples: [384] }),
      height: z
        .int()
        .min(7)
        .max(limits.panelSidePx)
        .meta({ title: "高 / height", description: "dots", examples: [32] }),
      colour: z.enum(["mono", "dual", "rgb"]).meta({
        title: "颜色 / colour",
        description: "mono: one colour; dual: red and green; rgb: full colour",
        examples: ["mono"],
      }),
      led: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/)
        .optional()
        .meta({
          title: "灯色 / LED colour",
          description: "What a lit dot of a mono panel looks like; red when left out. Quote it: # begins a comment",
          examples: ['"#ff2a12"'],
        }),
    })
    .optional()
    .meta({
      title: "显示屏 / panel",
      description: "Of every board but one that is paper",
      examples: ["{ width: 384, height: 32, colour: mono }"],
    }),
  glyphs: z
    .enum(["GB2312", "GBK", "GB18030"])
    .optional()
    .meta({
      title: "控制卡字库 / card's font",
      description:
        "The card draws characters with a font of its own, of this set: what it lacks is told before a notice is submitted; left out where it is sent pixels",
      examples: ["GB2312"],
    }),
  driver: driverSchema.optional(),
  link: linkSchema.optional(),
  hours: z
    .string()
    .regex(hoursPattern)
    .optional()
    .meta({
      title: "开放时段 / opening hours",
      description:
        "HH:MM-HH:MM, across midnight too (they belong to the day on which they begin), then 工作日 (workday) or 休息日 (restday) if not every day; all day when left out",
      examples: ['"08:00-18:00 工作日"', '"22:00-06:00"'],
    }),
  quiet: z
    .array(
      z
        .string()
        .regex(quietPattern)
        .meta({ title: "静屏时段 / quiet hours", examples: ['"22:00-07:00"', '"12:30-14:00 工作日 黑屏"'] }),
    )
    .min(1)
    .max(8)
    .optional()
    .meta({
      title: "静屏时段 / quiet hours",
      description:
        "Within opening hours, when nothing rotates: HH:MM-HH:MM, across midnight too, then 工作日 (workday) or 休息日 (restday) if not every day, then 黑屏 (nothing) if the default picture is not to be shown either. Warnings do not ask",
      examples: ['["22:00-07:00"]'],
    }),
  allows: z
    .array(words("栏目或类别 / track, group or category", "党务", 40))
    .min(1)
    .max(60)
    .optional()
    .meta({
      title: "播出范围 / what it shows",
      description: "Tracks, groups or categories that the board shows; all when left out. Warnings do not ask",
      examples: ["[政府信息, 党务]"],
    }),
  default: z
    .array(words("待机画面的一行 / line of the default picture", "监督电话 0715-0000000", 60))
    .min(1)
    .max(8)
    .optional()
    .meta({
      title: "待机画面 / default picture",
      description:
        "Lines shown between slots; the board's name when left out. Nobody signs them: they are sealed in this file's name, on record in the register",
      examples: ["[办事处大门门头屏，监督电话 0715-0000000]"],
    }),
  custodian: words("管理员 / custodian", "屏幕管理员丁").optional(),
});

export const siteSchema = z
  .strictObject({
    office: words("单位 / office", "青石港办事处"),
    zone: z
      .string()
      .regex(/^[A-Za-z0-9_+/-]{2,64}$/)
      .optional()
      .meta({ title: "时区 / time zone", description: "Asia/Shanghai when left out", examples: ["Asia/Shanghai"] }),
    listen: listenSchema.optional().meta({ title: "监听 / listen", examples: ["{ host: 127.0.0.1, port: 8080 }"] }),
    hold: z
      .string()
      .regex(durationPattern)
      .optional()
      .meta({
        title: "断线保持 / hold",
        description: "How long a panel plays on by itself when the line is cut, 1m to 24h; 2h when left out",
        examples: ["2h"],
      }),
    reading: z
      .number()
      .min(1)
      .max(15)
      .optional()
      .meta({
        title: "阅读速度 / reading speed",
        description:
          "Characters a second that people read off a board: how long pages stand, and the fit report; 5 when left out",
        examples: [5],
      }),
    calendar: calendarSchema.optional(),
    review: z
      .union([
        z.literal("none").meta({
          title: "不设审核 / no review",
          description:
            "For a place with one person and this computer alone; every page says so, and accounts are refused",
        }),
        z.strictObject({
          office: z
            .boolean()
            .optional()
            .meta({
              title: "科室审核 / office review",
              description: "A reviewer between maker and signer; false when left out",
              examples: [true],
            }),
          reminderHours: z
            .int()
            .min(1)
            .max(400)
            .optional()
            .meta({
              title: "催办时限 / reminder",
              description: "Working hours at one step, 8 a day, after which it is a fault; 16 when left out",
              examples: [16],
            }),
          paper: z
            .boolean()
            .optional()
            .meta({
              title: "纸质签发 / signing on paper",
              description: "Scans of signed review forms, attested by a second account; false when left out",
              examples: [false],
            }),
          countersignHours: z
            .int()
            .min(1)
            .max(72)
            .optional()
            .meta({
              title: "预警补签 / countersigning",
              description: "Hours within which a signer confirms a warning that one person sent out; 4 when left out",
              examples: [4],
            }),
          eraseDays: z
            .int()
            .min(1)
            .max(3650)
            .optional()
            .meta({
              title: "个人信息保留 / keeping personal pixels",
              description:
                "Days after its end when the pixels of a notice with personal information are erased; 30 when left out",
              examples: [30],
            }),
        }),
      ])
      .optional()
      .meta({ title: "审核 / review", examples: ["{ office: true, reminderHours: 16 }"] }),
    backup: z
      .strictObject({
        keep: z
          .int()
          .min(1)
          .max(limits.backupsKeptMost)
          .optional()
          .meta({ title: "保留份数 / nights kept", description: `${limits.backupsKept} when left out`, examples: [7] }),
        passphraseFile: z
          .string()
          .min(1)
          .max(500)
          .optional()
          .meta({
            title: "备份口令文件 / passphrase file",
            description:
              "Its first line (12 characters or more) seals the backups; beside this file. Left out: not sealed, readable for whoever may read the data folder",
            examples: ["backup.passphrase"],
          }),
      })
      .optional()
      .meta({ title: "每夜备份 / nightly backup", examples: ["{ keep: 7, passphraseFile: backup.passphrase }"] }),
    disclosure: disclosureSchema.optional(),
    boards: z
      .array(boardSchema)
      .max(limits.boardsPerSite)
      .meta({ title: "公开栏 / boards", description: "[] until the first is added from the page", examples: ["[]"] }),
  })
  .meta({ title: "Boardcast installation file (boardcast.yaml)" });

export type SiteDocument = z.infer<typeof siteSchema>;
export type BoardDocument = z.infer<typeof boardSchema>;
export type CalendarYearDocument = z.infer<typeof calendarYearSchema>;

/** What `boardcast.schema.json` holds. */
export function siteJsonSchema(): unknown {
  return { $id: "boardcast.schema.json", ...z.toJSONSchema(siteSchema, { io: "input" }) };
}
