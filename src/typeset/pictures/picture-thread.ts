/** The thread that an upload is decoded in. */
import { parentPort } from "node:worker_threads";
import { decodeUpload } from "./decode.ts";
import { keep, type Taken, type Uploaded } from "./picturing.ts";

parentPort?.on("message", async ({ bytes, name }: Uploaded) => {
  const taken: Taken = keep(await decodeUpload(bytes, name));
  const buffers = taken.ok ? taken.pictures.map((picture) => picture.bytes.buffer as ArrayBuffer) : [];
  parentPort?.postMessage(taken, buffers);
});
