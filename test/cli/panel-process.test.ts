/** `panel` as whoever starts it sees it: a process that says where it listens, and ends when told or left alone. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { expect, test, vi } from "vitest";
import { frameBitmap, textOf } from "../../src/api/picture.ts";
import { listenArg, shapeArg } from "../../src/cli/args.ts";
import { run } from "../../src/cli/program.ts";
import { readSite } from "../../src/config/read.ts";
import type { Frame } from "../../src/message/index.ts";
import type { Cleared } from "../../src/panels/contract.ts";
import { driverOf } from "../../src/panels/drivers.ts";
import { linkFor } from "../../src/panels/links/list.ts";
import { builtProgram } from "../built.ts";
import { picture } from "../panels/card-town.ts";
import { hearing } from "./hearing.ts";

const card = ["--listen", "tcp:0", "--size", "64x32:mono"];

async function startPanel(...more: readonly string[]) {
  const words = ["panel", "--control", "0", "--exit-with-parent", ...more];
  const child = spawn(process.execPath, [await builtProgram(), ...words], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const lines: string[] = [];
  const said = createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  const [, ready = ""] = await new Promise<readonly string[]>((resolve, reject) => {
    said.once("line", (line) => resolve(/^panel ready (\{.*\})$/.exec(line) ?? []));
    said.once("close", () => reject(new Error("the panel said nothing")));
  });
  return { child, ended, lines, ...(JSON.parse(ready) as { port: number; control: number }) };
}

async function dial(port: number) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  return socket;
}

test.each([
  ["its starter's pipe closes", []],
  ["SIGTERM", []],
  ["SIGTERM", ["--driver", "alpha"]],
] as const)("ends when %s, somebody connected or not: panel %s", async (how, more) => {
  const { child, ended, port, control } = await startPanel(...card, ...more);
  expect(port).toBeGreaterThan(0);
  expect(control).toBeGreaterThan(0);
  const socket = await dial(port);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  if (how === "SIGTERM") child.kill("SIGTERM");
  else child.stdin.end();
  expect(await ended).toBe(0);
  await closed;
});

test.each([
  ["plain", "driver: { kind: ddp }", []],
  ["serpentine", "driver: { kind: ddp, wiring: { serpentine: true } }", ["--wiring", "serpentine"]],
] as const)("README's rehearsal of a WLED matrix: its file's board lights it, %s", async (_, driven, wiring) => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, line = ""] = /`npm run -s boardcast -- panel (--driver ddp [^`]*)`/.exec(readme) ?? [];
  const [, yaml = ""] = /```yaml\n(office:[\s\S]*?)```/.exec(readme) ?? [];
  expect(readme).toContain(driven);
  expect(readme).toContain(wiring.join(" "));
  const file = yaml.replace("driver: { kind: ddp }", driven).replace("192.0.2.7", "127.0.0.1");
  const read = readSite(file, "boardcast.yaml");
  const board = read.ok ? read.site.boards[0] : undefined;
  if (board?.link.kind !== "udp") throw new Error("README's first board is no matrix");
  const words = line.split(" ");
  const after = (option: string) => words[words.indexOf(option) + 1] ?? "";
  expect(shapeArg(after("--size"))).toEqual(board.shape);
  expect(listenArg(after("--listen"))).toMatchObject({ datagrams: true, host: board.link.host, port: board.link.port });

  const free = words.map((word) => (word.startsWith("udp:") ? "udp:0" : word));
  const { child, ended, lines, port } = await startPanel(...free, ...wiring);
  const made = driverOf(board);
  const driver = "streams" in made ? made.streams : expect.fail();
  const frame = { shape: board.shape, pixels: picture(board.shape, 1).pages[0]?.bitmap.pixels } as Cleared<Frame>;
  const { packets } = driver.frame(
    driver.start({ board: board.id, shape: board.shape, address: 1, where: "udp", bitsPerSecond: null }),
    frame,
  );
  const link = linkFor({ ...board.link, port }, "127.0.0.1");
  const stream = (await link?.open(AbortSignal.timeout(20_000))) ?? expect.fail();
  const text = (await textOf(frameBitmap(frame))).trim();
  await vi.waitFor(
    () => {
      for (const packet of packets) stream.write(packet);
      expect(lines.join("\n")).toContain(text);
    },
    { timeout: 20_000, interval: 200 },
  );
  stream.destroy();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test.each([
  [["--driver", "ddp", "--listen", "tcp:0"], "--listen udp:PORT"],
  [["--driver", "artnet", "--serial", "/dev/x"], "--listen udp:PORT"],
  [["--driver", "alpha", "--listen", "udp:0"], "--listen tcp:PORT"],
  [["--listen", "udp:0"], "--listen tcp:PORT"],
  [["--driver", "alpha", "--listen", "tcp:0", "--wiring", "serpentine"], "Leave out --wiring"],
])("panel %j is refused with what to write", async (words, remedy) => {
  const { output, said } = hearing();
  expect(await run(["panel", "--size", "64x32:mono", ...words], output)).toBe(2);
  expect(said.err).toContain(remedy);
});

test("what multicast groups it may not join is said in both languages, with what to do; it runs all the same", async () => {
  // Bound to no address it has one socket, and Linux lets that one join twenty.
  const words = ["panel", "--driver", "e131", "--listen", "udp:0.0.0.0:0", "--size", "64x64:rgb"];
  const child = spawn(process.execPath, [await builtProgram(), ...words], { stdio: "pipe" });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on("data", (text) => out.push(String(text)));
  child.stderr.on("data", (text) => err.push(String(text)));
  await vi.waitFor(() => expect(out.join("")).toContain("panel ready"), { timeout: 20_000 });
  expect(err.join("")).toMatch(/组播组 239\.255\.0\.\d+ 等 \d+ 个（ENOBUFS）.*udp:127\.0\.0\.1/);
  expect(err.join("")).toMatch(/group 239\.255\.0\.\d+ and \d+ more could not be joined \(ENOBUFS\).*udp:127\.0\.0\.1/);
  child.kill("SIGTERM");
  expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
});
