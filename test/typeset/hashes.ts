/** Names of the samples' messages on their boards; as a program, printed for another process to compare. */
import { fileURLToPath } from "node:url";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";
import { boardShape, samplePairs, sampleRequest } from "./samples.ts";

export function hashOf(asked: TypesetRequest): string {
  const result = typeset(asked);
  return result.ok ? result.message.hash : JSON.stringify(result.faults);
}

export function sampleHashes(order: "forwards" | "backwards"): Record<string, string> {
  const requests = samplePairs.map(({ notice, board }) => ({
    name: `${notice} ${board}`,
    request: sampleRequest(notice, boardShape(board)),
  }));
  if (order === "backwards") requests.reverse();
  return Object.fromEntries(
    requests.map(({ name, request }) => [name, hashOf(request)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(sampleHashes("forwards")));
