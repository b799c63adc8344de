/** What the sentences of `review-fault.ts` call steps, things and parts of a notice. */

export const stepZh: Readonly<Record<string, string>> = {
  "office-review": "审核",
  signature: "签发",
  signed: "已签发",
  returned: "已退回",
  withdrawn: "已撤回",
};
export const whatZh = { draft: "草稿", case: "送审件", notice: "信息", board: "公开栏", scan: "扫描页" } as const;

const partZh: Readonly<Record<string, string>> = {
  ...{ title: "标题", body: "正文", signature: "落款", caption: "图下的说明", contact: "联系人", phone: "电话" },
};
/** What is said of a notice and not lit has no place in a text. */
export const whereZh = (part: string, index: number) =>
  part === "record" ? "" : `的${partZh[part] ?? part}第 ${index + 1} 字起`;
