/**
 * 驱动: which protocol a board's card speaks, as it is written in the installation file. A board without speaks our own.
 * A new protocol is an entry here, a folder in `panels/` and a line in `panels/drivers.ts`.
 */
import { z } from "zod";
import { onbonSchema, toOnbon } from "./onbon.ts";
import { cellsOf, onbonKProblems, onbonKSchema, toOnbonK } from "./onbon-k.ts";
import { cardLinks, cardProblems, cardSchemas, toCard } from "./cards.ts";
import type { BoardDocument } from "./schema.ts";
import type { CardCells, DriverConfig, LinkConfig } from "./types.ts";
import { isStream, streamLinks, streamProblems, streamSchemas, toStream } from "./streams.ts";

export const driverSchema = z
  .discriminatedUnion("kind", [...cardSchemas, ...streamSchemas, onbonSchema, onbonKSchema])
  .meta({
    title: "驱动 / driver",
    description: "Whose protocol the card speaks; our own (firmware-protocol) when left out",
    examples: ["{ kind: ddp }"],
  });

export type DriverDocument = z.infer<typeof driverSchema>;

/** How each can be reached, and the port that it listens at unless another is written. */
export const driverLinks: Readonly<
  Record<DriverDocument["kind"], { readonly links: readonly LinkConfig["kind"][]; readonly port: number | null }>
> = {
  ...cardLinks,
  ...streamLinks,
  onbon: { links: ["tcp-out", "tcp-in", "serial"], port: 5005 },
  "onbon-k": { links: ["tcp-out", "tcp-in", "serial"], port: 5005 },
};

export function toDriver(driver: NonNullable<BoardDocument["driver"]>): DriverConfig {
  switch (driver.kind) {
    case "alpha":
    case "huidu":
      return toCard(driver);
    case "ddp":
    case "e131":
    case "artnet":
    case "adalight":
    case "tpm2":
    case "tpm2net":
      return toStream(driver);
    case "onbon":
      return toOnbon(driver);
    case "onbon-k":
      return toOnbonK(driver);
  }
}

/** Of a card that is sent characters; null: it is sent pixels. */
export function cardCells(driver: DriverConfig): CardCells | null {
  return driver.kind === "onbon-k" ? cellsOf(driver) : null;
}

export interface DriverProblem {
  /** Within the board. */
  readonly at: readonly string[];
  readonly what: [zh: string, en: string];
  readonly remedy: [zh: string, en: string];
}

const isBehindServer = (link: NonNullable<BoardDocument["link"]>) =>
  (link.kind === "tcp-out" || link.kind === "tcp-in") && link.baud !== undefined;

/** What of a driver does not go with its board; null where it is not written, or not well-formed. */
export function driverProblems(
  driver: DriverDocument | null,
  panel: BoardDocument["panel"] | null,
  link: BoardDocument["link"] | null,
): readonly DriverProblem[] {
  const found: DriverProblem[] = [];
  if (driver === null) {
    if (link?.kind === "udp")
      found.push({
        at: ["link", "kind"],
        what: ["我们自己的协议不走 UDP", "our own protocol does not go over UDP"],
        remedy: ["请写 driver\uff0c例如 driver: { kind: ddp }。", "Write a driver, driver: { kind: ddp } for example."],
      });
    return found;
  }
  const { links } = driverLinks[driver.kind];
  if (link && !links.includes(link.kind))
    found.push({
      at: ["link", "kind"],
      what: [
        `驱动 ${driver.kind} 不走 ${link.kind} 线路`,
        `driver ${driver.kind} does not go over a ${link.kind} link`,
      ],
      remedy: [`请写 link: { kind: ${links[0]} }。`, `Write link: { kind: ${links.join(" or ")} }.`],
    });
  else if (link && isBehindServer(link) && !links.includes("serial"))
    found.push({
      at: ["link", "baud"],
      what: [
        `驱动 ${driver.kind} 的卡没有串口，不会接在串口服务器后面`,
        `a card of driver ${driver.kind} has no serial line: it cannot be behind a serial server`,
      ],
      remedy: ["请删去 baud。", "Leave out baud."],
    });
  if (panel && (driver.kind === "alpha" || driver.kind === "huidu")) found.push(...cardProblems(driver, panel));
  if (panel && driver.kind === "onbon-k") found.push(...onbonKProblems(panel));
  if (panel && isStream(driver)) found.push(...streamProblems(driver, panel));
  return found;
}
