import { describe, expect, it } from "vitest";
import { dayNumberOf } from "../../src/time/days.ts";
import { lunarDayOf, lunarWords } from "../../src/time/lunar.ts";

function words(date: string): string | null {
  const found = lunarDayOf(dayNumberOf(date) ?? Number.NaN);
  return found && `${found.year}${found.zodiac}年${lunarWords(found)}`;
}

describe("农历", () => {
  it("says the days that everybody knows", () => {
    // Festivals of the State Council's own holiday notices for 2017 and 2018, 2020's and 2033's leap months (Hong Kong Observatory tables).
    expect(words("2017-01-28")).toBe("丁酉鸡年正月初一");
    expect(words("2017-01-27")).toBe("丙申猴年腊月三十");
    expect(words("2017-05-30")).toBe("丁酉鸡年五月初五");
    expect(words("2017-07-25")).toBe("丁酉鸡年闰六月初三");
    expect(words("2017-10-04")).toBe("丁酉鸡年八月十五");
    expect(words("2018-02-16")).toBe("戊戌狗年正月初一");
    expect(words("2020-05-25")).toBe("庚子鼠年闰四月初三");
    expect(words("2033-12-22")).toBe("癸丑牛年闰冬月初一");
    expect(words("2017-12-18")).toBe("丁酉鸡年冬月初一");
    expect(words("2017-12-07")).toBe("丁酉鸡年十月二十");
    expect(words("2017-12-11")).toBe("丁酉鸡年十月廿四");
  });

  /** New moons within five minutes of midnight in China, which ICU's approximation puts on the wrong side of it. */
  const icuErrs = ["2012-08-17", "2018-11-08", "2027-02-06", "2030-02-03"];

  it("agrees with ICU's astronomical calendar on every day of fifty years but four months", () => {
    const icu = new Intl.DateTimeFormat("en-u-ca-chinese", { timeZone: "UTC", month: "numeric", day: "numeric" });
    const first = dayNumberOf("2000-01-01") ?? 0;
    const last = dayNumberOf("2049-12-31") ?? 0;
    const erring = icuErrs.map((date) => dayNumberOf(date) ?? 0);
    const differing: string[] = [];
    for (let day = first; day <= last; day++) {
      const found = lunarDayOf(day);
      const parts = Object.fromEntries(icu.formatToParts(day * 86_400_000).map(({ type, value }) => [type, value]));
      const ours = found && `${found.month}${found.leap ? "bis" : ""}/${found.day}`;
      // A day before, where ICU has the new moon early, to the month's end.
      if (erring.some((begin) => day >= begin - 1 && day < begin + 30)) continue;
      if (ours !== `${parts.month}/${parts.day}`) differing.push(`${new Date(day * 86_400_000).toISOString()} ${ours}`);
    }
    expect(differing).toEqual([]);
  });

  it("has those four months begin when the Hong Kong Observatory's tables do", () => {
    expect(icuErrs.map(words)).toEqual([
      "壬辰龙年七月初一",
      "戊戌狗年十月初一",
      "丁未羊年正月初一",
      "庚戌狗年正月初一",
    ]);
  });

  it("has nothing to say where its table ends", () => {
    expect(words("1900-12-31")).toBeNull();
    expect(words("1901-01-01")).not.toBeNull();
    expect(words("2099-12-31")).not.toBeNull();
    expect(words("2100-01-01")).toBeNull();
  });
});
