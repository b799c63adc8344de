/** Verbs about paper, and about sticks. Their code is loaded only when it is used. */
import { as, asJson, config, data, practice, type Verbs } from "./options.ts";

export function paperVerbs({ verb, finish, output }: Verbs): void {
  const code = () => import("../verbs/postings.ts");
  const acting = (...told: Parameters<typeof verb>) =>
    verb(...told)
      .addOption(as())
      .addOption(config())
      .addOption(practice())
      .addOption(data())
      .addOption(asJson());
  acting(
    "postings",
    "纸质张贴：待张贴、已张贴、待撤下",
    "on paper: what is to be posted, hangs, is to be taken down",
    "postings --as li.si",
    "postings --board B9 --as li.si",
  )
    .option("--board <board>", "只看这块公开栏 · this board alone")
    .action(async (options) => finish(await (await code()).postings(options, output)));
  acting(
    "print <notice> <board>",
    "张贴件存成 PDF,按原大小打印",
    "the signed sheet as a PDF, to be printed at its own size",
    "print N06 B9 --out N06.pdf --as li.si",
  )
    .option("--out <file>", "文件名 · the file; N06-B9.pdf when left out")
    .action(async (notice, board, options) => finish(await (await code()).printSheet(notice, board, options, output)));
  const said = (kind: "posted" | "taken", ...told: Parameters<typeof verb>) =>
    acting(...told)
      .option("--photo <file>", "照片 · a photo of it")
      .option("--words <text>", "说明 · words")
      .action(async (notice, board, options) =>
        finish(await (await code()).sayPaper(kind, notice, board, options, output)),
      );
  said(
    "posted",
    "posted <notice> <board>",
    "登记：纸质件已张贴",
    "somebody posted it there",
    "posted N06 B9 --photo wall.jpg --as li.si",
  );
  said(
    "taken",
    "takendown <notice> <board>",
    "登记：纸质件已取下",
    "somebody took its paper down there",
    "takendown N06 B9 --as li.si",
  );
  cardVerbs({ verb, finish, output }, acting);
}

/** 装卡: signs that a person carries a stick to. */
function cardVerbs({ finish, output }: Pick<Verbs, "verb" | "finish" | "output">, acting: Verbs["verb"]): void {
  const code = () => import("../verbs/cards.ts");
  acting(
    "cards",
    "装卡：哪些屏要用 U 盘装，装什么",
    "signs that are loaded by stick, and what is to be put in",
    "cards --as li.si",
  ).action(async (options) => finish(await (await code()).cards(options, output)));
  acting(
    "carry <board>",
    "装卡文件夹写到 U 盘，整个换掉，写完逐个读回核对",
    "the folder for a sign, written to a stick as a whole and read back",
    "carry B9 --to /media/usb --as li.si",
  )
    .requiredOption("--to <folder>", "U 盘上的文件夹 · a folder of the stick")
    .action(async (board, options) => finish(await (await code()).carry(board, options, output)));
  acting(
    "loaded <board>",
    "登记：已装入，看过一遍",
    "somebody put it in and saw it play",
    "loaded B9 --load 3F2A-91BC --as li.si",
  )
    .option("--load <code>", "装卡码，装卡单上有 · the code on the slip")
    .option("--stick <folder>", "或：那个 U 盘，从它的 manifest.json 读 · or the stick, whose manifest.json says it")
    .option("--over", "明知里面有已到期的，确已装入 · it has what is over, and was put in all the same")
    .option("--photo <file>", "照片 · a photo of it")
    .option("--words <text>", "说明 · words")
    .action(async (board, options) => finish(await (await code()).loaded(board, options, output)));
}
