/** The installation file of an office that begins on the page: a few lines that somebody can read, and write on. */
import { readSite } from "./read.ts";
import { siteFileName } from "./site.ts";
import type { SiteFault } from "./site-file-error.ts";

/** Who signs: maker, then signer; a reviewer between them; nobody, in a place of one person. */
export const reviewKinds = ["two", "three", "none"] as const;
export const firstCalendars = ["state-council", "none"] as const;

export interface FirstOffice {
  readonly office: string;
  readonly review: (typeof reviewKinds)[number];
  readonly calendar: (typeof firstCalendars)[number];
  /** IANA name. */
  readonly zone: string;
}

const reviews = { two: "{ office: false }", three: "{ office: true }", none: "none" } as const;

/** The text, or what is wrong with what was asked for: the rules are those of any installation file. */
export function firstOffice({
  office,
  review,
  calendar,
  zone,
}: FirstOffice):
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly faults: readonly SiteFault[] } {
  const text = `# 安装文件\uff0c由网页建立。写错一处就不会启动\uff0c并指出行号和改法\uff1b全部写法见 fixtures/boardcast.example.yaml
# The installation file, begun on the page. One mistake and nothing starts, each is named with its line; all that can be written stands in fixtures/boardcast.example.yaml

office: ${JSON.stringify(office)}
zone: ${JSON.stringify(zone)}

# 经办人写\uff0c签发人签\uff1boffice: true 中间加一道审核\uff1bnone 只有一个人\uff0c不设审核 · who signs: maker, then signer; office: true puts a reviewer between; none: one person
review: ${reviews[review]}

# 工作日按国务院办公厅的安排\uff1bkind: none 每天都是工作日 · working days; kind: none: every day is one
calendar: { kind: ${calendar} }

# 在网页的“公开栏设备”新增 · added under "Devices" on the page
boards: []
`;
  const read = readSite(text, siteFileName);
  return read.ok ? { ok: true, text } : { ok: false, faults: read.faults };
}
