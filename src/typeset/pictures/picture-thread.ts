/** The thread that an upload is decoded in. */
import { parentPort } from "node:worker_threads";
import { decodeUpload } from "./decode.ts";
import { keep, type KeptPicture, type Taken, type Uploaded } from "./picturing.ts";

/** In memory that threads share: a page of a scan has 12 MB, which from now on go to the typesetter without being copied. */
function shared(picture: KeptPicture): KeptPicture {
  const bytes = new Uint8Array(new SharedArrayBuffer(picture.bytes.length));
  bytes.set(picture.bytes);
  return { ...picture, bytes };
}

parentPort?.on("message", async ({ bytes, name }: Uploaded) => {
  const taken: Taken = keep(await decodeUpload(bytes, name));
  parentPort?.postMessage(taken.ok ? { ...taken, pictures: taken.pictures.map(shared) } : taken);
});
