/** A practice office's data as its first start leaves it, made once a run by the shipped program; for tests of what comes after. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { builtProgram, once } from "./built.ts";

const samples = fileURLToPath(new URL("../fixtures/sample-notices.json", import.meta.url));

/** Fills `folder`, which is made if it is not there. All copies have one signing key. Test `practice` starts with none. */
export async function copyPracticeData(folder: string): Promise<void> {
  const program = await builtProgram();
  const made = await once("practice", async (place) => {
    const data = `${place}/data`;
    mkdirSync(data, { recursive: true, mode: 0o700 });
    // What is there to import is what opening the office has just imported: the samples.
    const words = ["import", samples, "--practice", "--data", data];
    await promisify(execFile)(process.execPath, [program, ...words]);
  });
  cpSync(`${made}/data`, folder, { recursive: true });
}
