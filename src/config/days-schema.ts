/** The parts of the installation file that are about days: years of the calendar, and how soon things are disclosed. */
import { z } from "zod";

export const words = (title: string, example: string, max = 100) =>
  z
    .string()
    .min(1)
    .max(max)
    .meta({ title, examples: [example] });
const civilDate = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .meta({ title: "日期 / date", examples: ["2027-01-01"] });
export const calendarYearSchema = z.strictObject({
  year: z
    .int()
    .min(1970)
    .max(2200)
    .meta({ title: "年份 / year", examples: [2027] }),
  source: words("依据 / source", "国办发明电〔2026〕1号", 200),
  restDays: z
    .array(civilDate)
    .max(366)
    .meta({ title: "放假日 / days off", examples: ["[2027-01-01]"] }),
  workingWeekends: z
    .array(civilDate)
    .max(60)
    .meta({ title: "调休上班日 / working weekends", examples: ["[2027-01-03]"] }),
});

export const calendarSchema = z
  .union([
    z.literal("none").meta({ title: "没有日历 / no calendar", description: "The same as { kind: none }" }),
    z.strictObject({
      kind: z.enum(["state-council", "none"]).meta({
        title: "日历 / calendar",
        description: "state-council: working days by the State Council notices; none: every day is a working day",
        examples: ["state-council"],
      }),
      overrides: z
        .array(calendarYearSchema)
        .max(100)
        .optional()
        .meta({ title: "年度放假安排 / years", description: "A year listed here is known from here alone" }),
    }),
  ])
  .meta({
    title: "日历 / calendar",
    description: "State Council calendar when left out; none: every day is a working day",
    examples: ["{ kind: state-council }", "none"],
  });

export const disclosureSchema = z
  .strictObject({
    promises: z
      .array(
        z.strictObject({
          from: civilDate,
          workingDays: z
            .int()
            .min(1)
            .max(60)
            .meta({ title: "工作日数 / working days", examples: [15] }),
          source: words("依据 / source", "本处政府信息公开承诺", 200),
        }),
      )
      .min(1)
      .max(20)
      .meta({
        title: "公开承诺 / promises",
        description:
          "Working days within which this office discloses what is formed from that day on, where it promised less than the law has (20)",
        examples: ["[{ from: 2017-01-01, workingDays: 15, source: 本处承诺 }]"],
      }),
  })
  .meta({
    title: "公开期限 / disclosure",
    examples: ["{ promises: [{ from: 2017-01-01, workingDays: 15, source: 本处承诺 }] }"],
  });
