import type { Check } from "../doctor/check.ts";
import { checkCalendar, checkDefaults, checkFonts, checkPage, checkPracticePty } from "../doctor/content.ts";
import { checkPanels, checkPorts, checkSerial } from "../doctor/lines.ts";
import { checkClock, checkDisk, checkFolder, checkNode } from "../doctor/machine.ts";
import { importedIn } from "../../daemon/calendar.ts";
import { runningDaemon } from "../client.ts";
import { findPlace, type PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";

/** Exit code 1 if anything fails; warnings are only said. */
export async function doctor(options: PlaceOptions & { json?: boolean }, output: Output): Promise<ExitCode> {
  const { site, folder } = await findPlace(options);
  const running = await runningDaemon(folder);
  const checks: readonly Check[] = [
    checkNode(),
    await checkClock(),
    ...checkCalendar(site, undefined, await importedIn(folder)),
    checkFonts(),
    ...(await checkDefaults(site)),
    await checkDisk(folder),
    await checkFolder(folder),
    ...(await checkPorts(site, running?.url ?? null)),
    ...(running === null ? await checkPanels(site.boards) : []),
    ...(await checkSerial(site.boards)),
    ...(site.practice ? [checkPracticePty()] : []),
    checkPage(),
  ];
  output.out(options.json ? `${JSON.stringify(checks, null, 2)}\n` : checks.map(line).join(""));
  return checks.some(({ status }) => status === "fail") ? 1 : 0;
}

const marks = { ok: "✓ ok  ", warn: "! warn", fail: "✗ fail" } as const;

function line({ status, what, remedy }: Check): string {
  const said = `${marks[status]}  ${what.zh} · ${what.en}\n`;
  return remedy === null ? said : `${said}          → ${remedy.zh}\n          → ${remedy.en}\n`;
}
