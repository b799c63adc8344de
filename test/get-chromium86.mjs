/**
 * Gets the oldest browser that the page is promised to, Chromium 86, into test/.tools/: as an npm package has it, by its
 * hash; Debian's is always a new one. Linux on x64 only. Run by install-tools.sh.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";

const archive = "chrome-aws-lambda@5.3.1";
const sha512 = "KklZTy2p2U/86cCh1hKL3PGDqoirQCAg7uejvNIn0rDBkWj4Su4GOjYMRVB3kthLwmnWhh3x63RDBTCAaQ9Q3Q==";

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error(`test tools: there is no Chromium 86 for ${process.platform} on ${process.arch}`);
  process.exit(1);
}
const tools = fileURLToPath(new URL(".tools/", import.meta.url));
mkdirSync(tools, { recursive: true });
const work = mkdtempSync(join(tools, "getting-"));
try {
  const npm = ["pack", "--silent", "--ignore-scripts", "--pack-destination", work, archive];
  const packed = join(work, execFileSync("npm", npm, { encoding: "utf8" }).trim());
  const found = createHash("sha512").update(readFileSync(packed)).digest("base64");
  if (found !== sha512) throw new Error(`${archive} is another one: sha512 ${found}`);
  execFileSync("tar", ["-xzf", packed, "-C", work, "package/bin/chromium.br"]);
  const made = join(work, "chromium-86");
  mkdirSync(made);
  const to = createWriteStream(join(made, "chromium"), { mode: 0o755 });
  await pipeline(createReadStream(join(work, "package/bin/chromium.br")), createBrotliDecompress(), to);
  // Whole or not at all.
  rmSync(join(tools, "chromium-86"), { recursive: true, force: true });
  renameSync(made, join(tools, "chromium-86"));
} finally {
  rmSync(work, { recursive: true, force: true });
}
