/** Figures in sentences. */

/** "1 page", "2 pages", "2.5 pages"; `noun` takes an s. */
export function countEn(many: number, noun: string): string {
  const said = figure(many);
  return `${said} ${noun}${said === "1" ? "" : "s"}`;
}

/** At most one decimal. */
export function figure(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Whole metres, below ten with a decimal; rounded down: nobody is told to stand too far away. */
export function metres(value: number): string {
  return String(value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value));
}

/** 6.4 秒, 43 秒, 1 分 40 秒, 10 分钟, 2 小时 5 分. */
export function durationZh(ms: number): string {
  const { hours, minutes, seconds } = clockOf(ms);
  if (hours > 0) return minutes > 0 ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`;
  if (minutes > 0) return seconds === 0 ? `${minutes} 分钟` : `${minutes} 分 ${seconds} 秒`;
  return `${seconds} 秒`;
}

export function durationEn(ms: number): string {
  const { hours, minutes, seconds } = clockOf(ms);
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`;
  return `${seconds} s`;
}

/** Tenths of a second below ten, whole ones from there, whole minutes from an hour on; rounded up: nobody is told that a text takes less than it does. */
function clockOf(ms: number): { hours: number; minutes: number; seconds: number } {
  if (ms < 10_000) return { hours: 0, minutes: 0, seconds: Math.ceil(ms / 100) / 10 };
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 3600) return { hours: 0, minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
  const minutes = Math.ceil(seconds / 60);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60, seconds: 0 };
}
