/** The first command of the README, in a fresh clone: what is committed builds, starts and shows nine boards. */
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { boardsOf, type Running, sayingOf } from "./processes.ts";

// Many processes on few cores: patience, not a measure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "boardcast-clone-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("npm start in a fresh clone: a page with nine boards", async () => {
  const clone = join(folder, "clone");
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, clone], { stdio: "inherit" });
  // Packages as `npm ci` left them here: this test needs no network.
  await symlink(join(root, "node_modules"), join(clone, "node_modules"));
  // A group of its own, so that npm, its shell and the daemon can be told to stop together, as Ctrl-C does.
  const child = spawn("npm", ["start", "--", "--port", "0"], { cwd: clone, detached: true });
  const said = { out: "", err: "" };
  child.stdout.on("data", (text) => {
    said.out += text;
  });
  child.stderr.on("data", (text) => {
    said.err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const running: Running = { child, said, ended };
  try {
    const [, url = ""] = await sayingOf(running, /(http:\/\/\S+)\/\n/);
    expect(said.out.match(/http:/g)).toHaveLength(1);
    expect(await boardsOf(url)).toHaveLength(9);
    const page = await (await fetch(url)).text();
    const [, script = ""] = /<script type="module"[^>]* src="([^"]+)"/.exec(page) ?? [];
    expect((await fetch(new URL(script, `${url}/`))).status).toBe(200);
  } finally {
    process.kill(-(child.pid ?? 0), "SIGINT");
    await ended;
  }
});
