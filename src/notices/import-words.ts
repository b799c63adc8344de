/** What zod found wrong with a record, in both languages. */
import type { z } from "zod";
import type { Sentence } from "../fault.ts";

type Issue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, Sentence>> = {
  string: { zh: "文字", en: "text" },
  number: { zh: "数字", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "真或假", en: "true or false" },
  object: { zh: "对象 { }", en: "an object { }" },
  array: { zh: "数组 [ ]", en: "an array [ ]" },
};

/** Numbers of characters, items, or the value itself. */
function bound(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): { limit: string; zh: string; en: string } {
  const limit = String(issue.code === "too_big" ? issue.maximum : issue.minimum);
  const s = limit === "1" ? "" : "s";
  if (issue.origin === "string") return { limit, zh: `${limit} 个字符`, en: `${limit} character${s}` };
  if (issue.origin === "array") return { limit, zh: `${limit} 项`, en: `${limit} item${s}` };
  return { limit, zh: limit, en: limit };
}

export function wordsFor(issue: Issue): Sentence {
  switch (issue.code) {
    case "invalid_type": {
      const { zh, en } = kinds[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      return { zh: `缺少，或不是${zh}`, en: `missing, or not ${en}` };
    }
    case "too_big": {
      const { zh, en } = bound(issue);
      return { zh: `超过上限：最多 ${zh}`, en: `too large: at most ${en}` };
    }
    case "too_small": {
      const { limit, zh, en } = bound(issue);
      if (limit === "1" && issue.origin === "string") return { zh: "不能为空", en: "must not be empty" };
      return { zh: `低于下限：至少 ${zh}`, en: `too small: at least ${en}` };
    }
    case "invalid_value": {
      const values = issue.values.map(String);
      return { zh: `应为：${values.join("、")} 之一`, en: `must be one of: ${values.join(", ")}` };
    }
    case "unrecognized_keys": {
      const keys = issue.keys.map((key) => JSON.stringify(key.slice(0, 64))).slice(0, 10);
      return { zh: `没有这样的字段：${keys.join("、")}`, en: `there is no such field: ${keys.join(", ")}` };
    }
    default:
      return parted(issue.message);
  }
}

/** Our own errors are written "中文 / English". */
function parted(message: string): Sentence {
  const [zh = message, en] = message.split(" / ");
  return en === undefined ? { zh: `不合格式（${message}）`, en: message } : { zh, en };
}
