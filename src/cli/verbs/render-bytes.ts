/** A file or standard input, whole and bounded: neither a device without end nor a huge file fills the memory. */
import { open } from "node:fs/promises";
import { limits } from "../../limits.ts";
import { Refusal } from "../say.ts";

/** Import files are the largest that are read here. */
const bytesMost = Math.max(limits.importFileBytes, limits.pictureUploadBytes);

/** `what`: a path, or "-". */
export async function readBytes(what: string, name: string): Promise<Uint8Array> {
  if (what === "-") return collected(process.stdin, name);
  const handle = await open(what);
  try {
    const stat = await handle.stat();
    if (stat.isDirectory())
      throw new Refusal(
        { zh: `${what} 是文件夹`, en: `${what} is a folder` },
        { zh: "请给其中的一个文件。", en: "Name a file in it." },
      );
    if (stat.size > bytesMost) throw tooLarge(name);
    return await collected(handle.createReadStream({ autoClose: false }), name);
  } finally {
    await handle.close();
  }
}

async function collected(stream: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > bytesMost) throw tooLarge(name);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tooLarge(name: string): Refusal {
  const most = bytesMost / 2 ** 20;
  return new Refusal(
    { zh: `${name} 超过 ${most} MiB`, en: `${name} is larger than ${most} MiB` },
    {
      zh: "一条信息的文字最多几十 KB:请确认给的是信息、图片或 PDF,而不是别的文件。",
      en: "The text of a notice has a few dozen KB: make sure that this is a notice, a picture or a PDF.",
    },
  );
}
