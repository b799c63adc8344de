/** What can be wrong with an uploaded picture: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

/** `name`: the file's, as uploaded. */
export type PictureFault =
  | { readonly code: "notice/picture-format"; readonly name: string; readonly found: Sentence }
  | {
      readonly code: "notice/picture-too-large";
      readonly name: string;
      /** What is counted: bytes, dots, pages. */
      readonly unit: Sentence;
      readonly has: number;
      readonly max: number;
    }
  | { readonly code: "notice/picture-broken"; readonly name: string; readonly detail: string }
  | { readonly code: "notice/picture-slow"; readonly name: string; readonly seconds: number }
  | { readonly code: "notice/picture-locked"; readonly name: string }
  | { readonly code: "notice/picture-font"; readonly name: string; readonly page: number; readonly character: string }
  | { readonly code: "notice/picture-missing"; readonly notice: string; readonly picture: string };

export const isPictureFault = (fault: { readonly code: string }): fault is PictureFault =>
  fault.code.startsWith("notice/picture-");

export function pictureSentence(fault: PictureFault): Sentence {
  switch (fault.code) {
    case "notice/picture-format":
      return { zh: `${fault.name}：${fault.found.zh}`, en: `${fault.name}: ${fault.found.en}` };
    case "notice/picture-too-large":
      return {
        zh: `${fault.name}：图片太大：${fault.has} ${fault.unit.zh}，最多 ${fault.max}`,
        en: `${fault.name}: the picture is too large: ${fault.has} ${fault.unit.en}, at most ${fault.max}`,
      };
    case "notice/picture-broken":
      return {
        zh: `${fault.name}：文件损坏或不完整，读不出图片（${fault.detail}）`,
        en: `${fault.name}: the file is damaged or incomplete and gives no picture (${fault.detail})`,
      };
    case "notice/picture-slow":
      return {
        zh: `${fault.name}：${fault.seconds} 秒还没有读完，已停止`,
        en: `${fault.name}: was not read within ${fault.seconds} s and was stopped`,
      };
    case "notice/picture-locked":
      return { zh: `${fault.name}:PDF 加了密码，打不开`, en: `${fault.name}: the PDF is locked with a password` };
    case "notice/picture-font":
      return {
        zh: `${fault.name} 第 ${fault.page} 页：PDF 里没有带“${fault.character}”等字的字体，画出来会缺字`,
        en: `${fault.name}, page ${fault.page}: the PDF does not carry the font of "${fault.character}" and others; they would be missing`,
      };
    case "notice/picture-missing":
      return {
        zh: `信息 ${fault.notice} 的图片 ${fault.picture.slice(0, 12)} 不在库中或已被改动`,
        en: `Notice ${fault.notice}: picture ${fault.picture.slice(0, 12)} is not there or was altered`,
      };
  }
}

export function pictureRemedy(fault: PictureFault): Sentence {
  switch (fault.code) {
    case "notice/picture-format":
      return {
        zh: "请另存为 PNG、JPEG 或 PDF 再上传；也可用 WebP、GIF、TIFF。",
        en: "Save it as PNG, JPEG or PDF and upload that; WebP, GIF and TIFF will do too.",
      };
    case "notice/picture-too-large":
      return {
        zh: "请缩小后再上传，扫描用 200 至 300 dpi 就够了；页数太多的请分成几条信息。",
        en: "Make it smaller, 200 to 300 dpi is enough for a scan; of too many pages make several notices.",
      };
    case "notice/picture-broken":
      return {
        zh: "请用看图软件打开看一看，重新保存或重新扫描后再上传。",
        en: "Open it in a viewer, save or scan it again, and upload that.",
      };
    case "notice/picture-slow":
      return {
        zh: "请把这一页打印或截图成 PNG 再上传。",
        en: "Print the page to a PNG, or take a screenshot of it, and upload that.",
      };
    case "notice/picture-locked":
      return { zh: "请去掉密码再上传。", en: "Remove the password and upload it again." };
    case "notice/picture-font":
      return {
        zh: "请在导出 PDF 时选“嵌入字体”，或上传扫描件、PNG。",
        en: "Export the PDF with its fonts embedded, or upload a scan or a PNG.",
      };
    case "notice/picture-missing":
      return { zh: "请重新上传图片，重新送审签发。", en: "Upload the picture again and have the notice signed again." };
  }
}
