/** What notices need: the years of the calendar, the fonts, the built page. */
import { spawnSync } from "node:child_process";
import { assetFolder } from "../../config/assets.ts";
import type { CalendarYear, Site } from "../../config/types.ts";
import { together } from "../../daemon/calendar.ts";
import { checkDefaultPictures } from "../../daemon/default-pictures.ts";
import { remedy, sentence } from "../../fault.ts";
import type { Typesetting } from "../../notices/importer.ts";
import { workCalendar } from "../../time/calendar.ts";
import { wallClock } from "../../time/clock.ts";
import { createTypesetter } from "../../typeset/index.ts";
import { unifont } from "../../typeset/fonts/unifont.ts";
import { type Check, fail, ok, warn } from "./check.ts";

/** A board without this year's calendar cannot say what a working day is; without next year's, December will surprise. */
export function checkCalendar(
  site: Site,
  now = wallClock.now(),
  imported: readonly CalendarYear[] = [],
): readonly Check[] {
  if (site.calendar.kind === "none") return [ok("calendar", "不用工作日日历", "no working-day calendar is used")];
  const calendar = workCalendar(together(site.calendar, imported));
  const year = new Date(now).getUTCFullYear();
  return [year, year + 1].map((each) => {
    if (calendar.covers(each)) return ok("calendar", `${each} 年放假安排已知`, `the calendar of ${each} is known`);
    const what = { zh: `没有 ${each} 年的放假安排`, en: `no State Council calendar for ${each}` };
    const remedy = {
      zh: "国务院办公厅一般在上一年 11 月公布；用 boardcast calendar import 导入。",
      en: "The State Council publishes it in November of the year before; import it with boardcast calendar import.",
    };
    return each === year ? fail("calendar", what, remedy) : warn("calendar", what, remedy);
  });
}

/** Loaded whole, and asked for what every notice needs. */
export function checkFonts(): Check {
  try {
    const { name, slots, widths } = unifont();
    const lacking = [..."办公开栏党务政,。:0Aa"].filter((character) => slots[character.charCodeAt(0)] === 0);
    if (lacking.length === 0) {
      const count = widths.length - 1;
      return ok("fonts", `字库 ${name}\uff0c${count} 个字形`, `font ${name}, ${count} glyphs`);
    }
    return fail(
      "fonts",
      { zh: `字库 ${name} 缺字：${lacking.join("")}`, en: `font ${name} lacks ${lacking.join("")}` },
      reinstall,
    );
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return fail("fonts", { zh: `字库读不了：${detail}`, en: `the font cannot be read: ${detail}` }, reinstall);
  }
}

const reinstall = { zh: "请重新安装，或运行 npm run build。", en: "Install again, or run npm run build." };

/** A default picture that cannot be signed leaves its board black between notices. */
export async function checkDefaults(
  site: Site,
  typesetting: Typesetting = createTypesetter(),
): Promise<readonly Check[]> {
  const faults = await checkDefaultPictures(site, typesetting);
  if (faults.length === 0) return [ok("defaults", "待机画面都能签发", "every default picture can be signed")];
  return faults.map((fault) => fail("defaults", sentence(fault), remedy(fault)));
}

export function checkPage(): Check {
  const folder = assetFolder("web");
  if (folder !== null) return ok("page", `网页 ${folder}`, `page ${folder}`);
  return warn(
    "page",
    { zh: "网页还没有生成", en: "the page has not been built" },
    { zh: "运行 npm run build。", en: "Run npm run build." },
  );
}

/** Practice puts serial boards on pseudo-terminals that socat makes. */
export function checkPracticePty(): Check {
  if (!spawnSync("socat", ["-V"]).error)
    return ok("pty", "演练串口：socat 可用", "practice serial ports: socat is here");
  return warn(
    "pty",
    { zh: "没有 socat:演练时串口屏改走 TCP", en: "no socat: in practice, serial boards go over TCP" },
    { zh: "要演练串口，请安装 socat。", en: "Install socat to practise serial lines." },
  );
}
