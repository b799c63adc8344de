import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Proof } from "../../daemon/proof.ts";
import type { LedgerVerdict } from "../../daemon/verify.ts";
import { type LedgerFault, remedy, sentence } from "../../fault.ts";
import type { ChainVerdict, Checkpoint } from "../../ledger/index.ts";
import { limits } from "../../limits.ts";
import { findPlace, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal, sayFault } from "../say.ts";

/** Looks at the data folder itself, whether or not a daemon runs on it. Exit code 1 where anything was altered. */
export async function verify(
  options: PlaceOptions & { checkpoint?: string; json?: boolean },
  output: Output,
): Promise<ExitCode> {
  const { folder } = await findPlace(options);
  for (const name of ["boardcast.db", "signing.key"])
    if (!existsSync(join(folder, name)))
      throw new Refusal(
        { zh: `${folder} 里没有 ${name}`, en: `${folder} has no ${name}` },
        {
          zh: "请用 --config 或 --data 指明数据文件夹；文件丢失的，从备份恢复。",
          en: "Name the data folder with --config or --data; if the file is lost, restore it from a backup.",
        },
      );
  const { withProof } = await import("../../daemon/index.ts");
  return withProof(folder, async (proof) => {
    const given = options.checkpoint === undefined ? [] : await givenCheckpoints(options.checkpoint, proof);
    const verdict = await proof.verify(given.flatMap((one) => ("code" in one ? [] : [one])));
    const faults = [...given.flatMap((one) => ("code" in one ? [one] : [])), ...verdict.faults];
    // What is not whole is not signed for.
    const checkpoints = faults.length === 0 ? proof.printed(verdict) : [];
    if (options.json) output.out(`${JSON.stringify(asJson(verdict, faults, checkpoints), null, 2)}\n`);
    else {
      output.out(describe(verdict, given.length, checkpoints));
      for (const fault of faults) sayFault(output, fault);
    }
    return faults.length === 0 ? 0 : 1;
  });
}

/** Typed in, or in a file: one printed text, or a line each. */
async function givenCheckpoints(given: string, proof: Proof): Promise<readonly (Checkpoint | LedgerFault)[]> {
  const file = existsSync(given);
  const text = file ? await readStart(given) : given;
  return proof
    .checkpointsIn(text)
    .map((one) =>
      typeof one === "number" ? { code: "ledger/checkpoint", where: file ? `${given}:${one}` : "--checkpoint" } : one,
    );
}

async function readStart(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(limits.ledgerCheckpointBytes);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function describe(verdict: LedgerVerdict, given: number, checkpoints: readonly string[]): string {
  const { register, play, revisions, seals, faults } = verdict;
  const row = (zh: string, en: string, { rows, broken }: ChainVerdict) =>
    broken === null
      ? `${zh} ${rows} 行，完整 · ${en}: ${rows} rows, whole`
      : `${zh} · ${en}: ${rows} 行之后断开 · broken`;
  const agree = !faults.some(({ code }) => code === "ledger/disagrees") && register.broken === null;
  const lines = [
    row("登记台账", "register", register),
    row("播放记录", "play log", play),
    agree
      ? `信息 ${revisions} 版、签发 ${seals} 个，与台账相符 · ${revisions} revisions and ${seals} seals agree with the register`
      : `信息 ${revisions} 版、签发 ${seals} 个 · ${revisions} revisions and ${seals} seals`,
    ...(agree
      ? [
          "审核登记、账号、代理、生效的版面和播放过的节目单\uff0c也都相符",
          "So do review cases, accounts, deputies, the messages of seals in force and the programmes that were played",
        ]
      : []),
    ...(given === 0 ? [] : [`核对了给出的 ${given} 个校验点 · compared with ${given} given checkpoints`]),
  ];
  if (checkpoints.length > 0)
    lines.push(
      "校验点，请打印或抄录后存放别处；以后用 --checkpoint 核对：",
      "Checkpoints: print them, keep them elsewhere, and verify with --checkpoint later:",
      ...checkpoints,
    );
  return `${lines.join("\n")}\n`;
}

function asJson(verdict: LedgerVerdict, faults: readonly LedgerFault[], checkpoints: readonly string[]) {
  const chain = ({ rows, head, broken }: ChainVerdict) => ({
    rows,
    whole: broken === null,
    seq: head.seq,
    hash: head.hash,
  });
  return {
    whole: faults.length === 0,
    register: chain(verdict.register),
    play: chain(verdict.play),
    revisions: verdict.revisions,
    seals: verdict.seals,
    faults: faults.map((fault) => ({ ...fault, sentence: sentence(fault), remedy: remedy(fault) })),
    checkpoints,
  };
}
