/** A line is tried before a board is made of it. One at a time: two would open the same port. */
import type { LineTried } from "../api/installation.ts";
import type { BoardDocument } from "../config/schema.ts";
import { toLink } from "../config/site.ts";
import type { BoardConfig, DriverConfig, LinkConfig, Site } from "../config/types.ts";
import { remedy, type Sentence, sentence } from "../fault.ts";
import type { Link } from "../panels/links/link.ts";
import type { Shape } from "../message/types.ts";
import { type Probed, probe } from "../panels/delivery/probe.ts";
import { type CardProbed, probeCard } from "../panels/delivery/probe-card.ts";
import { driverOf } from "../panels/drivers.ts";
import { linkFor } from "../panels/links/list.ts";

/** A browser waits thirty seconds for an answer. */
const openMs = 20_000;

/** Of another maker's card: what drives it, and what it should be. */
export interface CardToTry {
  readonly driver: DriverConfig;
  readonly shape: Shape;
}

/** `beside`: a way to a line that boards of ours are on, which has turns; null: it has none. */
export function lineTrier(
  site: Pick<Site, "boards" | "listen" | "practice">,
  beside: (link: LinkConfig) => Link | null,
) {
  let last: Promise<unknown> = Promise.resolve();
  return (written: NonNullable<BoardDocument["link"]>, card: CardToTry | null = null): Promise<LineTried> => {
    const work = async (): Promise<LineTried> => {
      const link = toLink(written);
      if (site.practice) return { found: null, ok: false, says: simulated };
      const users = site.boards.filter((board) => isSame(board.link, link));
      const why = refusedBy(users, link);
      if (why) return { found: null, ok: false, says: why };
      const line = users.length === 0 ? null : beside(link);
      if (users[0] && line === null) return { found: null, ok: false, says: used(users[0].id) };
      if (card) return tryCard(card, link, line ?? linkFor(link, site.listen.host), users.length > 0);
      return wordsOf(await probe(link, site.listen.host, openMs, line));
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

/** What the boards of the line have that a panel beside them must not have, or must have too. */
function refusedBy(users: readonly BoardConfig[], link: LinkConfig): Sentence | null {
  if (!("address" in link)) return null;
  const same = users.find((one) => "address" in one.link && one.link.address === link.address);
  if (same)
    return {
      zh: `这条线上\uff0c屏号 ${link.address} 是 ${same.id} 的\uff1a换一个屏号。`,
      en: `On this line, ${link.address} is the number of ${same.id}: give it another.`,
    };
  for (const { id, link: its } of users)
    if ("address" in its && its.baud !== link.baud)
      return its.baud === undefined
        ? {
            zh: `${id} 在这条线上没写串口服务器的波特率\uff1a要写成一样。`,
            en: `${id} is on this line without a serial server's baud rate: write the same at both.`,
          }
        : {
            zh: `${id} 在这条线上用 ${its.baud} 波特\uff1a波特率要一样。`,
            en: `${id} is on this line at ${its.baud} baud: choose the same.`,
          };
  return null;
}

const simulated = {
  zh: "演练里的屏都是模拟的\uff0c不用试线路。",
  en: "Practice panels are simulated: there is no line to try.",
};
const used = (board: string) => ({
  zh: `这条线路正由 ${board} 使用\uff0c现在不能试\uff1b添加以后再检查。`,
  en: `${board} uses this line: it is not tried now. Check the board when it has been added.`,
});

function wordsOf(probed: Probed): LineTried {
  if (probed.ok) {
    const { found } = probed;
    const size = `${found.width}×${found.height}`;
    return {
      found,
      ok: true,
      says: { zh: `找到了\uff1a${found.id}\uff0c${size} 点`, en: `Found: ${found.id}, ${size} dots` },
    };
  }
  const says = {
    line: {
      zh: `线路打不开\uff08${probed.detail}\uff09\uff1a看电源、网线或串口线\uff0c核对地址和端口。`,
      en: `The line cannot be opened (${probed.detail}): look at the power and the cable, and check address and port.`,
    },
    unsaid: {
      zh: `线路通了\uff0c话没能发出去\uff08${probed.detail}\uff09\uff1a线路正忙\uff0c或对方一直不收。稍后再试\uff1b还不行就看接线和串口服务器。`,
      en: `The line is open, and nothing could be said on it (${probed.detail}): it is busy, or the other end takes nothing. Try again later; if it goes on, look at the cable and the serial server.`,
    },
    silent: {
      zh: "线路通了\uff0c没有卡答话\uff1a核对屏号、波特率\uff0c以及控制卡是不是本系统的协议。",
      en: "The line is open, and no controller answers: check screen number, baud rate, and that it speaks this protocol.",
    },
    none: { zh: "这种连接不用试线路。", en: "This kind of link has no line to try." },
  }[probed.why];
  return { found: null, ok: false, says };
}

async function tryCard(
  { driver, shape }: CardToTry,
  place: LinkConfig,
  link: Link | null,
  isShared: boolean,
): Promise<LineTried> {
  const made = driverOf({ driver, shape, ledColour: null });
  if (link === null || "streams" in made || made.asks.capabilities.oneWay) {
    await link?.stop();
    return { found: null, ok: false, says: dumb };
  }
  const panel = {
    ...{ board: "?", shape, where: link.where, bitsPerSecond: link.bitsPerSecond },
    address: "address" in place ? place.address : 1,
    ...(isShared && { shared: true as const }),
  };
  return cardWords(await probeCard(made.asks, panel, link, openMs));
}

const dumb = {
  zh: "这种屏只收不答\uff0c没有线路可试\uff1a添加以后站到屏前做引导检查。",
  en: "It only listens: there is nothing to try. Add it, and do the guided check before the sign.",
};

function cardWords(probed: CardProbed): LineTried {
  if (!probed.ok) {
    if (probed.why !== "silent") return wordsOf(probed);
    const zh = "线路通了\uff0c没有卡答话\uff1a核对屏号、波特率\uff0c是不是这种卡\uff0c以及卡上的地址、端口。";
    const en =
      "The line is open, and no card answers: check screen number, baud rate, whether it is a card of this kind, and the address and port set on it.";
    return { found: null, ok: false, says: { zh, en } };
  }
  const [fault] = probed.faults;
  if (!fault)
    return {
      found: null,
      ok: true,
      says: {
        zh: "卡答话了\uff0c和所填的不冲突。",
        en: "The card answers, and nothing that it says is against what was filled in.",
      },
    };
  const [what, how] = [sentence(fault), remedy(fault)];
  return {
    found: null,
    ok: false,
    says: { zh: `卡答话了\uff1a${what.zh}。${how.zh}`, en: `The card answers: ${what.en}. ${how.en}` },
  };
}
