/** A line is tried before a board is made of it. One at a time: two would open the same port. */
import type { LineTried } from "../api/installation.ts";
import type { BoardDocument } from "../config/schema.ts";
import { toLink } from "../config/site.ts";
import type { LinkConfig, Site } from "../config/types.ts";
import { type Probed, probe } from "../panels/delivery/probe.ts";

/** A browser waits thirty seconds for an answer. */
const openMs = 20_000;

export function lineTrier(site: Pick<Site, "boards" | "listen" | "practice">) {
  let last: Promise<unknown> = Promise.resolve();
  return (written: NonNullable<BoardDocument["link"]>): Promise<LineTried> => {
    const work = async (): Promise<LineTried> => {
      const link = toLink(written);
      if (site.practice) return { found: null, says: simulated };
      const user = site.boards.find((board) => isSame(board.link, link));
      if (user) return { found: null, says: used(user.id) };
      return wordsOf(await probe(link, site.listen.host, openMs));
    };
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}

function isSame(one: LinkConfig, other: LinkConfig): boolean {
  if (one.kind === "tcp-out" && other.kind === "tcp-out") return one.host === other.host && one.port === other.port;
  if (one.kind === "tcp-in" && other.kind === "tcp-in") return one.port === other.port;
  return one.kind === "serial" && other.kind === "serial" && one.path === other.path;
}

const simulated = {
  zh: "演练里的屏都是模拟的\uff0c不用试线路。",
  en: "Practice panels are simulated: there is no line to try.",
};
const used = (board: string) => ({
  zh: `这条线路正由 ${board} 使用\uff0c不能试。`,
  en: `${board} uses this line: it is not tried.`,
});

function wordsOf(probed: Probed): LineTried {
  if (probed.ok) {
    const { found } = probed;
    const size = `${found.width}×${found.height}`;
    return {
      found,
      says: { zh: `找到了\uff1a${found.id}\uff0c${size} 点`, en: `Found: ${found.id}, ${size} dots` },
    };
  }
  const says = {
    line: {
      zh: `线路打不开\uff08${probed.detail}\uff09\uff1a看电源、网线或串口线\uff0c核对地址和端口。`,
      en: `The line cannot be opened (${probed.detail}): look at the power and the cable, and check address and port.`,
    },
    silent: {
      zh: "线路通了\uff0c没有卡答话\uff1a核对屏号、波特率\uff0c以及控制卡是不是本系统的协议。",
      en: "The line is open, and no controller answers: check screen number, baud rate, and that it speaks this protocol.",
    },
    none: { zh: "这种连接不用试线路。", en: "This kind of link has no line to try." },
  }[probed.why];
  return { found: null, says };
}
