/** Whether another maker's card answers at the end of a line, before a board is made of it: what its driver asks first, and nothing that lights anything. */
import type { Fault } from "../../fault.ts";
import { wallClock } from "../../time/clock.ts";
import type { Exchange, PanelDriver, PanelIdentity, ReplyBytes } from "../contract.ts";
import { closed } from "../links/closed.ts";
import type { Link } from "../links/link.ts";
import { Ear } from "./ear.ts";
import { messageOf } from "./loop-parts.ts";
import { sendPaced } from "./send-paced.ts";

/** `faults`: what it said that does not go with what was filled in. `line`, `silent`: as of `probe`. */
export type CardProbed =
  | { readonly ok: true; readonly faults: readonly Fault[] }
  | { readonly ok: false; readonly why: "line" | "silent"; readonly detail: string };

/** A driver has said who is there after these; what it would ask then is about what is to be lit. */
const exchangesMost = 4;
const silencesMax = 2;
const nothingWanted = { wanted: null, dark: false, pollDue: true } as const;

/** `openMs`: until the line has to be there. The link is stopped afterwards. */
export async function probeCard(
  driver: PanelDriver<unknown, ReplyBytes>,
  panel: PanelIdentity,
  link: Link,
  openMs: number,
): Promise<CardProbed> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), openMs);
  try {
    const stream = await link.open(patience.signal);
    const ear = new Ear(driver, stream);
    let hears: (bytes: Uint8Array | null) => void = () => {};
    let ended: string | null = null;
    const end = (why: string) => {
      ended ??= why;
      hears(null);
    };
    stream.on("data", (bytes: Uint8Array) => hears(bytes));
    stream.on("error", (error) => end(messageOf(error)));
    for (const event of ["close", "end"]) stream.once(event, () => end("closed by the other side"));
    let state = driver.connect(panel, 1);
    /** The reply that answers it; null: none in time, or the line is gone. */
    const answerTo = (exchange: Exchange) =>
      new Promise<ReplyBytes | null>((resolve) => {
        const done = (reply: ReplyBytes | null) => {
          clearTimeout(late);
          hears = () => {};
          resolve(reply);
        };
        const late = setTimeout(() => done(null), exchange.timeoutMs);
        hears = (bytes) => {
          if (bytes === null) return done(null);
          ear.hear(bytes, (reply) => {
            const answers = driver.accepts(state, exchange, reply) === "yes";
            if (answers) done(reply);
            return answers;
          });
        };
        if (ended !== null) done(null);
      });
    try {
      let [answers, silences] = [0, 0];
      while (answers < exchangesMost && silences < silencesMax && ended === null) {
        const turn = link.turns ? await link.turns.take(stream, () => false) : null;
        const goal = { ...nothingWanted, now: wallClock.now(), ...(turn && { seq: turn.seq }) };
        const asked = driver.ask(state, goal);
        if (asked === null) {
          turn?.done(true);
          break;
        }
        const { exchange } = asked;
        const askedAt = wallClock.now();
        ({ state } = asked);
        const heard = answerTo(exchange);
        await sendPaced(stream, exchange, patience.signal);
        const timing = { askedAt, heardAt: askedAt };
        const reply = exchange.unanswered ? null : await heard;
        turn?.done(reply !== null || exchange.unanswered === true);
        if (exchange.unanswered) {
          const outcome = driver.sent?.(state, exchange, timing);
          if (outcome) ({ state } = outcome);
          answers++;
          continue;
        }
        if (reply === null) {
          silences++;
          ear.forget();
          state = driver.silence(state, exchange);
          continue;
        }
        answers++;
        const outcome = driver.reply(state, exchange, reply, { askedAt, heardAt: wallClock.now() });
        ({ state } = outcome);
        if (outcome.faults.length > 0 || outcome.limits) return { ok: true, faults: outcome.faults };
      }
      if (answers > 0 && silences < silencesMax) return { ok: true, faults: [] };
      return { ok: false, why: "silent", detail: ended ?? "no answer" };
    } finally {
      await closed(stream);
    }
  } catch (error) {
    return { ok: false, why: "line", detail: messageOf(error) };
  } finally {
    clearTimeout(timer);
    await link.stop();
  }
}
