/**
 * 共用线路: which boards may be on one line. Panels on one serial port, or behind one serial server, take turns, where each
 * has a number of its own by which it alone is asked; boards behind one sACN or Art-Net address have universes of their own;
 * everything else is one board's.
 */
import type { Explained } from "./explain.ts";
import { toDriver } from "./driver.ts";
import type { BoardDocument } from "./schema.ts";
import { toLink } from "./site.ts";
import { type Universes, universesOf } from "./streams.ts";
import type { DriverConfig, LinkConfig } from "./types.ts";
import { problem } from "./years.ts";
import type { Path } from "./yaml.ts";

export interface OnLine {
  readonly path: Path;
  readonly id: string | null;
  readonly driver: BoardDocument["driver"] | null;
  readonly panel: BoardDocument["panel"] | null;
  readonly link: BoardDocument["link"] | null;
}

interface User {
  readonly board: string;
  readonly driver: DriverConfig | undefined;
  readonly link: LinkConfig;
  readonly number: number | null;
  /** First and last, where it has some. */
  readonly universes: Universes | null;
}

/** By which number its panel alone is asked on a line with others; null: it has none. */
export function numberOnLine(driver: DriverConfig | undefined, link: LinkConfig): number | null {
  if (!("address" in link)) return null;
  if (driver === undefined || driver.kind === "onbon" || driver.kind === "onbon-k") return link.address;
  // What an Alpha sign answers does not say whose it is.
  return driver.kind === "alpha" && !driver.answers && driver.sign !== 0 ? driver.sign : null;
}

export function clashingLinks(boards: readonly OnLine[], listenPort: number): readonly Explained[] {
  const lines = new Map<string, User[]>();
  return boards.flatMap(({ path, link: written, driver: spoken, panel, id }, index) => {
    if (written == null || written.kind === "browser") return [];
    const driver = spoken ? toDriver(spoken) : undefined;
    const link = toLink(written, spoken ?? undefined);
    const universes = driver && panel ? universesOf(driver, panel) : null;
    const me = { board: id ?? `#${index + 1}`, driver, link, number: numberOnLine(driver, link), universes };
    const [key, where, field] = placeOf(link.kind === "tcp-out" ? link : written);
    const users = lines.get(key) ?? [];
    lines.set(key, [...users, me]);
    const found: Explained[] = [];
    const [first] = users;
    if (first) {
      const several = written.kind === "serial" || written.kind === "tcp-out";
      const wrong = several ? apart(me, users, where, field) : taken(me, users, where, field);
      if (wrong) found.push(problem([...path, ...wrong.at], wrong.what, wrong.remedy));
    }
    if (written.kind === "tcp-in" && written.port === listenPort)
      found.push(
        problem(
          [...path, "link", "port"],
          [`端口 ${written.port} 是网页的端口`, `port ${written.port} is the web page's`],
          ["请换一个端口\uff0c或改 listen.port。", "Use another port, or change listen.port."],
        ),
      );
    return found;
  });
}

interface Wrong {
  readonly at: Path;
  readonly what: [zh: string, en: string];
  readonly remedy: [zh: string, en: string];
}

function taken(me: User, users: readonly User[], where: string, field: string): Wrong | null {
  const { kind } = me.link;
  const [{ board }] = users as [User];
  if (kind === "udp" && [...users, me].every(({ universes, driver }) => universes && driver?.kind === me.driver?.kind))
    return overlapping(me, users, where);
  const remedies = {
    carried: ["请换一个文件夹。", "Use another folder."],
    "tcp-in": ["一个端口只由一块屏拨入\uff0c请换一个。", "One panel dials in to a port: use another port."],
    udp: ["一个地址只接一块屏\uff0c请换一个。", "One address takes one panel: use another address."],
  } as const;
  const remedy: readonly [string, string] = kind in remedies ? remedies[kind as keyof typeof remedies] : remedies.udp;
  return {
    at: ["link", field],
    what: [`${where} 已被 ${board} 使用`, `${where} is already used by ${board}`],
    remedy: [...remedy],
  };
}

/** Of boards with universes behind one address. */
function overlapping(me: User, users: readonly User[], where: string): Wrong | null {
  const [first, last] = me.universes as Universes;
  const other = users.find(({ universes }) => universes && universes[0] <= last && first <= universes[1]);
  if (!other?.universes) return null;
  const [from, until] = [Math.max(first, other.universes[0]), Math.min(last, other.universes[1])];
  return {
    at: ["driver", "universe"],
    what: [
      `${where} 的域 ${from} 到 ${until} 已被 ${other.board} 使用`,
      `universes ${from} to ${until} of ${where} are already used by ${other.board}`,
    ],
    remedy: [
      `这块屏用 ${last - first + 1} 个域\uff0c请换一个起始域。`,
      `This board takes ${last - first + 1} of them: begin with another.`,
    ],
  };
}

/** What keeps it from sharing the line with those before it. */
function apart(me: User, users: readonly User[], where: string, field: string): Wrong | null {
  const alone = [...users, me].find(({ number }) => number === null);
  const [first] = users as [User];
  if (alone)
    return {
      at: ["link", field],
      what: [
        `${where} 已被 ${first.board} 使用\uff0c而驱动 ${nameOf(alone).zh} 的屏在线上没有自己的屏号\uff0c不能共用一条线`,
        `${where} is already used by ${first.board}, and a panel of driver ${nameOf(alone).en} has no number of its own on a line: it cannot be shared`,
      ],
      remedy:
        alone.driver?.kind === "alpha"
          ? [
              "请换一条线；只接收、不回答的 Alpha 屏写明 sign 即可共用。",
              "Use another line; Alpha signs that do not answer can share one when each has its sign number.",
            ]
          : ["请换一条线。", "Use another line."],
    };
  if (nameOf(me).en !== nameOf(first).en)
    return {
      at: ["link", field],
      what: [
        `${where} 上 ${first.board} 的驱动是 ${nameOf(first).zh}\uff0c这块是 ${nameOf(me).zh}`,
        `on ${where}, ${first.board} has driver ${nameOf(first).en}, and this one ${nameOf(me).en}`,
      ],
      remedy: [
        "一条线上只能是同一种协议的屏\uff0c请换一条线。",
        "Panels on one line speak one protocol: use another line.",
      ],
    };
  const [its, mine] = [speedWords(first), speedWords(me)];
  if (its.en !== mine.en)
    return {
      at: ["link", "baud" in me.link ? "baud" : field],
      what: [
        `${where} 上 ${first.board} ${its.zh}\uff0c这块${mine.zh}`,
        `on ${where}, ${first.board} is ${its.en}, and this one ${mine.en}`,
      ],
      remedy: ["一条线上只有一个波特率\uff0c请改成一样的。", "A line has one baud rate: make them the same."],
    };
  const same = users.find(({ number }) => number === me.number);
  if (!same) return null;
  return {
    at: me.driver?.kind === "alpha" ? ["driver", "sign"] : ["link", "address"],
    what: [
      `${where} 上 ${same.board} 的屏号也是 ${me.number}`,
      `on ${where}, the number of ${same.board} is ${me.number} too`,
    ],
    remedy: [
      "几块屏共用一条线时\uff0c每块的屏号要不同\uff0c并与控制卡里的一致。",
      "Panels on one line need a number each, the one that is set on the card: give this one another.",
    ],
  };
}

function nameOf({ driver }: User): { readonly zh: string; readonly en: string } {
  return driver === undefined ? { zh: "本系统协议", en: "our own" } : { zh: driver.kind, en: driver.kind };
}

function speedWords({ link, driver }: User): { readonly zh: string; readonly en: string } {
  const baud = ("baud" in link ? link.baud : undefined) ?? (driver?.kind === "alpha" ? driver.baud : undefined);
  if (baud === undefined) return { zh: "没写波特率", en: "without a baud rate" };
  const bits = link.kind === "serial" && link.bits !== undefined && link.bits !== "8N1" ? ` ${link.bits}` : "";
  return { zh: `的波特率是 ${baud}${bits}`, en: `at ${baud} baud${bits}` };
}

function placeOf(
  link: Exclude<NonNullable<BoardDocument["link"]>, { kind: "browser" }>,
): [key: string, where: string, field: string] {
  switch (link.kind) {
    case "tcp-out": {
      const where = `${link.host}:${link.port}`;
      return [`out ${where.toLowerCase()}`, where, "port"];
    }
    case "tcp-in":
      return [`in ${link.port}`, `${link.port}`, "port"];
    case "serial":
      return [`serial ${link.path}`, link.path, "path"];
    case "udp":
      return [`udp ${link.host}:${link.port ?? ""}`, link.host, "host"];
    case "carried":
      return [`carried ${link.folder}`, link.folder, "folder"];
  }
}
