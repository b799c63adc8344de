/** The categories of notices, in groups (R24, R34), and what a board may be limited to. */
import type { Sentence } from "../fault.ts";
import type { Content } from "./types.ts";

export interface CategoryGroup {
  readonly name: string;
  readonly categories: readonly string[];
}

/**
 * "人、财、物等方面群众关心的热点难点问题" stand on top. An office may write other categories: they are of no group, and are allowed
 * by their own name or their track's.
 */
export const categoryGroups: readonly CategoryGroup[] = [
  { name: "人", categories: ["人事信息"] },
  { name: "财", categories: ["财政预决算", "政府采购", "采购信息", "行政审批与收费"] },
  { name: "物", categories: ["项目建设", "危房改造"] },
  { name: "民生", categories: ["精准扶贫", "社会保障", "三农", "医疗卫生", "便民服务"] },
  { name: "重点", categories: ["重点工作", "重点领域", "政策落实", "发展规划", "信息公开目录"] },
  { name: "党建", categories: ["党务"] },
  { name: "服务", categories: ["预警信息", "值班", "会务接待", "宣传标语"] },
];

/**
 * Whether a board limited to `allows` (names of tracks, groups or categories; absent: it is not limited) shows this. Warnings
 * are for everybody who stands before it, and its default picture is what the board says of itself: neither is asked.
 */
export function allowsOn(
  allows: readonly string[] | undefined,
  content: Pick<Content, "track" | "category"> & Partial<Pick<Content, "displayKind">>,
): boolean {
  if (allows === undefined || content.displayKind === "emergency" || content.displayKind === "default") return true;
  const { track } = content;
  // Party affairs are not government information that somebody filed under another head: their track decides.
  const category = track === "党务" ? track : content.category;
  const group = categoryGroups.find(({ categories }) => categories.includes(category));
  return allows.some((name) => name === track || name === category || name === group?.name);
}

/** Of these boards, those that do not show it. */
export function notAllowing<Board extends { readonly id: string; readonly allows?: readonly string[] }>(
  boards: readonly Board[],
  ids: readonly string[],
  content: Parameters<typeof allowsOn>[1],
): readonly Board[] {
  return boards.filter(({ id, allows }) => ids.includes(id) && !allowsOn(allows, content));
}

/** Why it cannot be put there. */
export function notAllowed(
  { id, allows = [] }: { readonly id: string; readonly allows?: readonly string[] },
  { track, category }: Pick<Content, "track" | "category">,
): Sentence {
  const what = track === "党务" ? track : category;
  return {
    zh: `公开栏 ${id} 只显示 ${allows.join("、")}\uff0c不显示“${what}”`,
    en: `board ${id} shows only ${allows.join(", ")}, not "${what}"`,
  };
}
