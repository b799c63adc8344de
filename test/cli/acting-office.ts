/** An office in this process that verbs find like a running daemon, and its people, who type commands. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/cli/program.ts";
import type { Site } from "../../src/config/types.ts";
import { type Founded, found, freshTime, type Part, passwordOf } from "../office/cast.ts";
import { consoleKey, type LivingOffice, openOffice, siteWith } from "../office/living-office.ts";
import { hearing } from "./hearing.ts";

export interface ActingOffice {
  readonly office: LivingOffice;
  readonly time: ReturnType<typeof freshTime>;
  readonly ids: Founded["ids"];
  /** Of the data; tests put their files there, too. */
  readonly folder: string;
  /** As somebody, by login; null: without --as. */
  as(login: string | null, ...words: string[]): Promise<{ code: number; out: string; err: string }>;
  /** Writes a file and names it. */
  file(name: string, text: string | Uint8Array): string;
  /** From now on nobody answers: what is done is done to the folder. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

const installation = `office: 办事处
review: { office: true, paper: true }
calendar: { kind: none }
boards:
  - id: B1
    name: B1
    place: 门口
    device: led
    panel: { width: 16, height: 8, colour: mono }
    link: { kind: tcp-out, host: 127.0.0.1, port: 9 }
    default: [B1]
  - id: B2
    name: B2
    place: 门口
    device: led
    panel: { width: 8, height: 8, colour: mono }
    link: { kind: tcp-out, host: 127.0.0.1, port: 10 }
    default: [B2]
`;

/** `other`: what of the office differs from that of the file, which the verbs read no more than the clock and language of. */
export async function openActing(
  parts: readonly Part[],
  review: Site["review"],
  other: Partial<Site> = {},
): Promise<ActingOffice> {
  const founded = await found(parts);
  const time = freshTime();
  const office = await openOffice(founded.folder, time, siteWith(review === undefined ? other : { ...other, review }));
  const { folder, ids } = founded;
  const config = join(folder, "boardcast.yaml");
  writeFileSync(config, installation);
  writeFileSync(join(folder, "daemon.json"), JSON.stringify({ url: office.url, clockId: "test", key: consoleKey }));
  let open = true;
  const stop = async () => {
    if (open) await office.close();
    open = false;
    rmSync(join(folder, "daemon.json"), { force: true });
  };
  return {
    ...{ office, time, ids, folder, stop },
    async as(login, ...words) {
      const { output, said } = hearing();
      // People take their time: nobody signs in too often.
      time.wall += 3000;
      const before = process.env.BOARDCAST_PASSWORD;
      process.env.BOARDCAST_PASSWORD = passwordOf(login ?? "");
      try {
        const who = login === null ? [] : ["--as", login];
        const code = await run([...words, ...who, "--config", config, "--data", folder], output);
        return { code, ...said };
      } finally {
        if (before === undefined) delete process.env.BOARDCAST_PASSWORD;
        else process.env.BOARDCAST_PASSWORD = before;
      }
    },
    file(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    async close() {
      await stop();
      founded.remove();
    },
  };
}
