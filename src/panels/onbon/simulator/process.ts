/**
 * A card as a process of its own: `node process.ts 6E2 64 32 dual 5005 [bits a second]` listens, and takes and gives bytes no
 * faster than its line. With "to host:port" in place of the port it dials in, as cards behind a router do. It prints what it
 * shows, one line for each change.
 */
import { connect, createServer, type Socket } from "node:net";
import { monotonicMs } from "../../../time/clock.ts";
import { OnbonCard } from "./card.ts";

const models: Readonly<Record<string, { device: readonly [number, number]; areas: number; generation: 5 | 6 }>> = {
  "5E1": { device: [0x54, 0x01], areas: 4, generation: 5 },
  "5M1": { device: [0x52, 0x00], areas: 0, generation: 5 },
  "6E2": { device: [0x74, 0x02], areas: 32, generation: 6 },
  "6Q2": { device: [0x66, 0x02], areas: 32, generation: 6 },
};

const [name = "6E2", width = "64", height = "32", colour = "mono", where = "5005", bits = "0"] = process.argv.slice(2);
const model = models[name];
if (!model || (colour !== "mono" && colour !== "dual" && colour !== "rgb")) {
  process.stderr.write(`no such card: ${name} ${colour}; there are ${Object.keys(models).join(", ")}\n`);
  process.exit(2);
}
const size = { width: Number(width), height: Number(height), colour } as const;
const card = new OnbonCard({ ...model, ...size, planes: "RG", rgb: "888", address: 1 });
const portionMs = 10;
/** 0: as fast as it comes. Ten bits a byte. */
const portionBytes = Number(bits) > 0 ? Math.max(1, Math.floor((Number(bits) / 10_000) * portionMs)) : Infinity;

function serve(socket: Socket): void {
  const waiting: { readonly bytes: Uint8Array; readonly out: boolean }[] = [];
  card.hangUp();
  const timer = setInterval(() => {
    let room = portionBytes;
    while (room > 0) {
      const next = waiting.shift();
      if (!next) break;
      const now = next.bytes.subarray(0, room);
      if (now.length < next.bytes.length) waiting.unshift({ ...next, bytes: next.bytes.subarray(now.length) });
      room -= now.length;
      if (next.out) socket.write(now);
      else waiting.push(...card.hear(now, monotonicMs()).map((bytes) => ({ bytes, out: true })));
    }
    // A line holds back whoever sends: what waits stays small.
    if (waiting.length > 64) socket.pause();
    else socket.resume();
  }, portionMs);
  socket.on("data", (bytes: Buffer) => waiting.push({ bytes, out: false }));
  socket.on("error", () => {});
  socket.once("close", () => clearInterval(timer));
}

if (/^\d+$/.test(where))
  createServer(serve)
    .once("error", (error) => {
      process.stderr.write(`cannot listen at ${where}: ${error.message}\n`);
      process.exit(1);
    })
    .listen(Number(where), "127.0.0.1", () => process.stdout.write(`${name} listens at ${where}\n`));
else {
  const [host = "127.0.0.1", port = "5005"] = where.replace(/^to /, "").split(":");
  const dial = () => {
    const socket = connect(Number(port), host);
    serve(socket);
    socket.once("close", () => setTimeout(dial, 2000));
  };
  dial();
}

let before = "";
setInterval(() => {
  card.tick(monotonicMs());
  const lit = card.dots().reduce((sum, byte) => sum + +(byte > 0), 0);
  const line = `${card.on ? "on" : "off"}, ${lit} lit, areas ${card.areaIds().join(" ")}, flash writes ${card.flash.writes}`;
  if (line !== before) process.stdout.write(`${line}\n`);
  before = line;
}, 250);
