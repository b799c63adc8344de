import { writeFile } from "node:fs/promises";
import { instantOption } from "../client.ts";
import { withApi } from "../office.ts";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";

export async function frame(
  board: string,
  options: PlaceOptions & { at?: string; png?: string },
  output: Output,
): Promise<ExitCode> {
  return withApi<ExitCode>(
    options,
    async (api) => {
      const at = instantOption(options.at, api.zone, api.now);
      const address = `/api/v1/boards/${encodeURIComponent(board)}/frame`;
      if (options.png === undefined) output.out(await (await api.get(`${address}.txt?at=${at}`)).text());
      else await writeFile(options.png, new Uint8Array(await (await api.get(`${address}.png?at=${at}`)).arrayBuffer()));
      return 0;
    },
    { board, at: options.at },
  );
}
