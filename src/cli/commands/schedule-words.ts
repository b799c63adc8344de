/** The fields of a schedule in a file (`what-if --schedule`), as help lists them and as mistakes show them. */
export interface ScheduleField {
  readonly name: string;
  /** As it stands in JSON. */
  readonly example: string;
  readonly zh: string;
  readonly en: string;
}

export const scheduleFields: readonly ScheduleField[] = [
  { name: "boards", example: '["B1", "B2"]', zh: "在哪些公开栏播", en: "boards" },
  { name: "from", example: '"2027-01-04T08:00"', zh: "起，本处时区", en: "begin, in the office's zone" },
  { name: "until", example: '"2027-01-31T18:00"', zh: "止", en: "end" },
  {
    name: "cron",
    example: '"0 9 * * *"',
    zh: "起播：分 时 日 月 周；null 为整天或 hours 的时段",
    en: "when slots begin; null: all day, or its hours",
  },
  { name: "slotMinutes", example: "10", zh: "一场几分钟", en: "minutes of a slot, 1-1440" },
  {
    name: "calendar",
    example: '"workday"',
    zh: "everyday、workday 工作日、restday 休息日",
    en: "everyday, workday or restday",
  },
  {
    name: "hours",
    example: '"08:00-18:00"',
    zh: "只在这个时段，可跨零点",
    en: "only within these, across midnight too",
  },
  { name: "weekdays", example: "[1, 5]", zh: "只在周几，0 为周日", en: "only on these, 0 is Sunday" },
  {
    name: "exceptions",
    example: '[{ "name": "春节", "from": "2027-02-06", "until": "2027-02-12", "plays": false }]',
    zh: "例外日期，后写的优先",
    en: "days that play, or do not; the last counts",
  },
  { name: "priority", example: "5", zh: "优先级，小的在前", en: "priority 0-10, smaller goes first" },
  { name: "weight", example: "1", zh: "一轮播几次", en: "turns in a round, 1-16" },
  { name: "pinned", example: "true", zh: "同级中置顶", en: "before others of its priority" },
];

/** For help: what a file holds, and one that works. */
export function scheduleHelp(): string {
  const lines = scheduleFields.map(({ name, example, zh, en }) => `  "${name}": ${example}\n      ${zh} · ${en}`);
  return `
--schedule 的文件：一个 JSON 对象，只写与它原有安排不同的；没有写信息或送审编号时，boards、from、until 必写，命令里加 --seconds。
The --schedule file: one JSON object of what differs from the schedule that it has. Where neither notice nor case is
named, boards, from and until are needed, and --seconds.
${lines.join("\n")}

例如 For example, plan.json:
  ${scheduleExample}`;
}

export const scheduleExample =
  '{ "boards": ["B1"], "from": "2027-01-04T08:00", "until": "2027-01-31T18:00", "cron": "0 9 * * *", "slotMinutes": 10 }';
