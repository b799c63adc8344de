import type { DisplayKind } from "../../notices/types.ts";
import { clock } from "./clock.ts";
import { countdown } from "./countdown.ts";
import { cover } from "./cover.ts";
import { defaultPicture } from "./default.ts";
import { notice } from "./notice.ts";
import { picture, withPictures } from "./picture.ts";
import { publicity } from "./publicity.ts";
import { qrcode } from "./qrcode.ts";
import { roster } from "./roster.ts";
import { slogan } from "./slogan.ts";
import { table } from "./table.ts";
import type { Template } from "./template.ts";
import { totalsChecked } from "./totals.ts";
import { warning } from "./warning.ts";
import { welcome } from "./welcome.ts";

export const templates: Readonly<Record<DisplayKind, Template>> = {
  slogan,
  welcome,
  default: withPictures(defaultPicture),
  notice,
  list: notice,
  publicity: totalsChecked(publicity),
  cover,
  emergency: warning,
  table: totalsChecked(table),
  duty: totalsChecked(roster),
  clock,
  countdown,
  picture,
  qrcode,
};
