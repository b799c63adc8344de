import type { DisplayKind } from "../../notices/types.ts";
import { clock } from "./clock.ts";
import { countdown } from "./countdown.ts";
import { emergency, notice } from "./notice.ts";
import { picture, withPictures } from "./picture.ts";
import { defaultPicture, slogan } from "./slogan.ts";
import { table } from "./table.ts";
import type { Template } from "./template.ts";
import { totalsChecked } from "./totals.ts";

export const templates: Readonly<Record<DisplayKind, Template>> = {
  slogan,
  welcome: slogan,
  default: withPictures(defaultPicture),
  notice,
  list: notice,
  publicity: notice,
  cover: notice,
  emergency,
  table: totalsChecked(table),
  duty: table,
  clock,
  countdown,
  picture,
};
