/** What a BX card means by its error codes (protocol note, "Body": 0-16, 18, 20-23, 25), and what people can do. */
import type { Sentence } from "../../fault.ts";

export const errors = { busy: 3, memory: 4 } as const;

interface Meaning {
  readonly what: Sentence;
  readonly todo: Sentence;
}

const words = (zh: string, en: string): Sentence => ({ zh, en });

const again = words(
  "系统会自动再发。若一直如此，请检查线路，再给控制卡断电重启。",
  "It is sent again. If it goes on, check the line, then power-cycle the card.",
);
const model = words(
  "请核对安装文件里 driver 的 family 是否就是这张卡的型号。",
  "Check that the driver's family in the installation file is this card's model.",
);
const maker = words(
  "请用厂家软件（LedshowTW）连上这张卡处理，本系统从不改屏参和密码。",
  "See to it with the maker's software (LedshowTW): this system never writes screen parameters or passwords.",
);

const meanings: Readonly<Record<number, Meaning>> = {
  1: { what: words("没有这组命令", "it has no such group of commands"), todo: model },
  2: { what: words("没有这条命令", "it has no such command"), todo: model },
  3: { what: words("正忙", "it is busy"), todo: again },
  4: {
    what: words("内存不够", "it is out of memory"),
    todo: words("请缩短这条信息，或减少它的页数。", "Make the notice shorter, or of fewer pages."),
  },
  5: { what: words("校验不对", "a check was wrong"), todo: again },
  6: { what: words("没有这个文件", "it has no such file"), todo: again },
  7: {
    what: words("闪存出错", "its flash failed"),
    todo: words(
      "闪存约能写十万次，可能已写坏。请换卡；轮播内容只在内存里，不受影响。",
      "Flash endures some 100,000 writes and may be worn out: change the card. What rotates is in RAM, and goes on.",
    ),
  },
  8: { what: words("下载出错", "a download failed"), todo: again },
  9: { what: words("文件名不对", "a file's name is wrong"), todo: model },
  10: { what: words("文件类型不对", "a file's type is wrong"), todo: model },
  11: { what: words("文件校验不对", "a file's check was wrong"), todo: again },
  15: { what: words("同名文件已在", "a file of that name is there already"), todo: again },
  16: { what: words("数据块编号不对", "a block's number was wrong"), todo: again },
  18: { what: words("屏参不对", "its screen parameters are wrong"), todo: maker },
  20: { what: words("设了密码", "it wants a password"), todo: maker },
  25: {
    what: words("参数不对", "a parameter is wrong"),
    todo: words(
      "请核对这块公开栏的宽、高、颜色，以及 driver 的 family、rgb、planes。",
      "Check this board's width, height and colour, and the driver's family, rgb and planes.",
    ),
  },
};

/** With the code itself, for whoever looks it up in the maker's papers. */
export function meaningOf(code: number): Meaning {
  const known = meanings[code >= 20 && code <= 23 ? 20 : code];
  const { what, todo } = known ?? { what: words("拒绝了", "it refused"), todo: again };
  return { what: words(`${what.zh}（错误 ${code}）`, `${what.en} (error ${code})`), todo };
}

export const troubles = {
  unknownCard: (type: string): Meaning => ({
    what: words(`不认识这种卡（类型 ${type}）`, `its type ${type} is not known`),
    todo: words(
      "请看卡上的型号，在 driver 里写 family，例如 family: 6E。",
      "Read the model off the card, and write it as the driver's family, family: 6E for example.",
    ),
  }),
  noAreas: (name: string): Meaning => ({
    what: words(
      `BX-${name} 没有动态区，轮播只能写闪存，系统不这样做`,
      `a BX-${name} has no dynamic areas; what rotates would wear out its flash, and is not written there`,
    ),
    todo: words("请换用 BX-5E、BX-6E 或 BX-6Q 的卡。", "Use a BX-5E, BX-6E or BX-6Q card."),
  }),
  noScreen: {
    what: words("还没有加载屏参", "it has not been told yet what screen it has"),
    todo: maker,
  },
  ownProgrammes: (count: number): Meaning => ({
    what: words(
      `闪存里有 ${count} 个不是本系统写的节目，联系不上时会亮出来`,
      `${count} programmes that are not ours are in its flash, and would be lit when nobody reaches it`,
    ),
    todo: words(
      "请用厂家软件删掉；或在 driver 里写 others: deleted，由系统删一次（删了找不回）。",
      "Delete them with the maker's software; or write others: deleted in the driver, and they are deleted once, for good.",
    ),
  }),
  flashSpent: (most: number): Meaning => ({
    what: words(
      `今天已写闪存 ${most} 次，不再写`,
      `its flash was written ${most} times today, and is not written any more`,
    ),
    todo: words(
      "轮播不受影响，明天再写待机画面。请看待机画面今天为什么一再改动。",
      "What rotates goes on; the default picture is written tomorrow. See why it was changed so often today.",
    ),
  }),
  tooLarge: (needs: number, has: number): Meaning => ({
    what: words(
      `一幅画面要 ${needs} 字节，一条命令只能带 ${has} 字节`,
      `one picture needs ${needs} bytes, and a command carries ${has}`,
    ),
    todo: words(
      "全彩屏请把卡设为 565，并写 rgb: 565；再大的屏请分成几张卡。",
      "Set a full-colour card to 565 and write rgb: 565; a larger screen needs more than one card.",
    ),
  }),
  locked: {
    what: words("屏幕被锁定，已解锁", "its screen was locked, and has been unlocked"),
    todo: words("请问是谁用别的软件锁的屏。", "Find out who locked it with another program."),
  },
} as const;
