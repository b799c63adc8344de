/** The installation: from `boardcast.yaml`, or from the practice fixtures. */
export { type CalendarFile, mistakesInYear, readCalendarFile } from "./calendar-file.ts";
export { assetFolder, assetUrl } from "./assets.ts";
export { formatHours } from "./hours.ts";
export { type PracticePlaces, practiceSite } from "./practice.ts";
export { loadSite, readSite } from "./read.ts";
export { SiteFileError } from "./site-file-error.ts";
export type * from "./types.ts";
