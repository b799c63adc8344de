/** `listen` of the installation file: what it means, and how its mistakes are told. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSite, readSite } from "../../src/config/read.ts";

const fileWith = (listen: string) => `office: 办事处
${listen}
boards:
  - { id: B1, name: 屏, place: 大门, device: led, panel: { width: 64, height: 32, colour: mono }, link: { kind: browser } }
`;
const read = (listen: string) => {
  const result = readSite(fileWith(listen), "boardcast.yaml");
  return result.ok ? result.site.listen : result.faults.map(({ line, what }) => `${line} ${what.en}`);
};

describe("listen", () => {
  it.each([
    ["", { host: "127.0.0.1", port: 8080 }],
    ["listen: { host: 0.0.0.0 }", { host: "0.0.0.0", port: 8080 }],
    ["listen: { tls: none, proxy: 2 }", { host: "127.0.0.1", port: 8080, tls: "none", proxy: 2 }],
    ["listen: { names: [a.example.org] }", { host: "127.0.0.1", port: 8080, names: ["a.example.org"] }],
  ])("%s", (text, listen) => {
    expect(read(text)).toEqual(listen);
  });
  it.each([
    "listen: { tls: of }",
    "listen: { tls: { cert: a.crt } }",
    "listen: { tls: { cert: a.crt, key: a.key, more: 1 } }",
    "listen: { proxy: 0 }",
    "listen: { proxy: 127.0.0.1 }",
    'listen: { names: ["a b"] }',
    'listen: { names: ["*.example.org"] }',
  ])("%s: refused on its line", (text) => {
    expect(read(text)).toEqual([expect.stringMatching(/^2 /)]);
  });
  it("its files are seen from the installation file, wherever it is started from", async () => {
    const folder = mkdtempSync(join(tmpdir(), "boardcast-listen-"));
    writeFileSync(join(folder, "b.yaml"), fileWith("listen: { tls: { cert: tls/a.crt, key: /etc/a.key } }"));
    const { listen } = await loadSite(join(folder, "b.yaml"));
    rmSync(folder, { recursive: true });
    expect(listen.tls).toEqual({ cert: join(folder, "tls/a.crt"), key: "/etc/a.key" });
  });
});
