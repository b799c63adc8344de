/**
 * `npm run check`: the linter and the type checkers side by side, for each is one thread and the computer has more; the
 * tests of the page's own parts have a browser's types, and nobody else. What they say comes one after another. Run by npm,
 * which knows where the commands are.
 */
import { spawn } from "node:child_process";

/** By its path: the compiler that Vue's checker is made of has a command of the same name, and takes four times as long. */
const tsc = "node node_modules/typescript7/bin/tsc --noEmit";
const commands = ["biome check .", tsc, "vue-tsc --noEmit -p src/web", `${tsc} -p test/web`];

/** Resolves to what it said and whether it found nothing. */
function run(command) {
  return new Promise((resolve) => {
    const [name, ...words] = command.split(" ");
    const child = spawn(name, words, { stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(text));
    child.once("error", (error) => resolve({ good: false, said: `${error.message}\n` }));
    child.once("close", (code) => resolve({ good: code === 0, said: Buffer.concat(said) }));
  });
}

for (const [index, result] of commands.map(run).entries()) {
  const { good, said } = await result;
  process.stdout.write(said);
  if (good) continue;
  console.error(`FAILED: ${commands[index]}`);
  process.exitCode = 1;
}
