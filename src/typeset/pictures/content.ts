/** A picture file as a notice of its own, to be looked at: neither stored nor signed. */
import type { Fault, Sentence } from "../../fault.ts";
import type { Content } from "../../notices/types.ts";
import { contentOf } from "../plain-text.ts";
import type { PictureBytes } from "./open.ts";
import { createPicturing, type Picturing } from "./picturing.ts";

export type PictureContent =
  | {
      readonly ok: true;
      readonly content: Content;
      /** For `TypesetRequest.pictures`. */
      readonly pictures: readonly PictureBytes[];
      readonly warnings: readonly Sentence[];
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** A page each of a document. `name`: the file's; its last part without the ending is the title. */
export async function contentOfPicture(
  bytes: Uint8Array,
  name: string,
  picturing: Picturing = createPicturing(),
): Promise<PictureContent> {
  const taken = await picturing.take(bytes, name);
  if (!taken.ok) return taken;
  const title = name.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "") || name;
  const content = contentOf({
    title,
    body: title,
    category: "图片",
    track: "屏幕服务",
    displayKind: "picture",
    signature: { org: title, date: null },
    pictures: taken.pictures.map(({ sha256 }) => ({ sha256 })),
  });
  return { ok: true, content, pictures: taken.pictures, warnings: taken.warnings };
}
