/** Whether another maker's card answers at the end of a line, before a board is made of it: what its driver asks first, and nothing that lights anything. */
import type { Fault } from "../../fault.ts";
import { wallClock } from "../../time/clock.ts";
import type { PanelDriver, PanelIdentity, ReplyBytes } from "../contract.ts";
import type { Link } from "../links/link.ts";
import { type NobodyThere, type Visit, visit } from "./visit.ts";

/** `faults`: what it said that does not go with what was filled in. */
export type CardProbed = { readonly ok: true; readonly faults: readonly Fault[] } | NobodyThere;

/** A driver has said who is there after these; what it would ask then is about what is to be lit. */
const exchangesMost = 4;
const silencesMax = 2;

/** `openMs`: until the line has to be there. The link is stopped afterwards. */
export function probeCard(
  driver: PanelDriver<unknown, ReplyBytes>,
  panel: PanelIdentity,
  link: Link,
  openMs: number,
): Promise<CardProbed> {
  return visit(driver, link, openMs, (there) => identified(driver, panel, there));
}

/** null: it is silent. */
async function identified(
  driver: PanelDriver<unknown, ReplyBytes>,
  panel: PanelIdentity,
  there: Visit<unknown, ReplyBytes>,
): Promise<CardProbed | null> {
  let state = driver.connect(panel, 1);
  let [answers, silences] = [0, 0];
  while (answers < exchangesMost && silences < silencesMax && there.ended === null) {
    const heard = await there.ask(state);
    if (heard === null) break;
    const { exchange, askedAt, reply } = heard;
    ({ state } = heard);
    if (exchange.unanswered) {
      state = driver.sent?.(state, exchange, { askedAt, heardAt: askedAt }).state ?? state;
      answers++;
    } else if (reply === null) {
      state = driver.silence(state, exchange);
      silences++;
    } else {
      const outcome = driver.reply(state, exchange, reply, { askedAt, heardAt: wallClock.now() });
      ({ state } = outcome);
      answers++;
      if (outcome.faults.length > 0 || outcome.limits) return { ok: true, faults: outcome.faults };
    }
  }
  return answers > 0 && silences < silencesMax ? { ok: true, faults: [] } : null;
}
