/** Secrets are compared in one place only, which takes the same time wherever they differ. */
import { expect, test } from "vitest";
import { linesMatching, projectFiles, where } from "../house/files.ts";

const sources = projectFiles().filter((path) => /^src\/(api|people|preview|daemon|cli)\/.*\.ts$/.test(path));

test("timingSafeEqual stands in sameSecret alone", () => {
  const hits = linesMatching(sources, /timingSafeEqual\(/).filter(({ path }) => path !== "src/people/secrets.ts");
  expect(hits.map(where), "use sameSecret of people/secrets.ts").toEqual([]);
});

test("no secret, key, CSRF token or authorization is compared letter by letter", () => {
  const side = String.raw`\b(\w*[sS]ecret|consoleKey|csrf\w*|authorization|bearer)\b`;
  const compared = new RegExp(`${side}\\s*[!=]==?(?!=|\\s*(null|undefined|""))|[!=]==?\\s*${side}(?!\\()`);
  expect(compared.test("if (given === secret)") && compared.test("csrf !== kept"), "it finds what it looks for").toBe(
    true,
  );
  expect(linesMatching(sources, compared).map(where), "use sameSecret of people/secrets.ts").toEqual([]);
});
