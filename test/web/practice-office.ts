/** The practice office in a process of its own, with a browser beside it: what tests of a page with panels behind it begin from. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtProgram } from "../built.ts";
import { killAll, startDaemonProcess } from "../daemon/processes.ts";
import { copyPracticeData } from "../practice-data.ts";
import type { PageTester } from "./browser.ts";

/** `name`: in the name of its data folder. Nothing runs before `start`. */
export function practiceOffice(name: string, tester: PageTester) {
  const data = mkdtempSync(join(tmpdir(), `boardcast-${name}-page-`));
  const startDaemon = async (at: string) => {
    await copyPracticeData(data);
    const words = ["--practice", "--data", data, "--at", at];
    const { url } = await startDaemonProcess(await builtProgram(), ...words);
    const said = JSON.parse(readFileSync(join(data, "daemon.json"), "utf8")) as { panels: Record<string, number> };
    return { url, control: said.panels as Readonly<Record<string, number>> };
  };
  return {
    data,
    /** `control`: of each simulated panel, the loopback port where its frame buffer is read. */
    async start(at: string) {
      const [daemon] = await Promise.all([startDaemon(at), tester.start()]);
      return daemon;
    },
    async stop() {
      await tester.stop();
      await killAll();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
