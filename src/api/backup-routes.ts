/** 备份: what there is, when it was made and read back, one more now, and a sealed one to take away. */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { type BackupsJson, backupsSchema } from "./backup-schemas.ts";
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import type { Caller } from "../people/types.ts";
import { ProblemError } from "./problem.ts";
import { type Route, route } from "./route.ts";
import { isoOf } from "./views.ts";

export interface BackupFileView {
  readonly name: string;
  /** Wall clock, by the file's own head. */
  readonly at: Instant;
  readonly bytes: number;
  readonly sealed: boolean;
  readonly made: "nightly" | "by-hand";
  /** When it was read back to its end, by the register; null: it was not. */
  readonly checkedAt: Instant | null;
}

export interface BackupView {
  /** Where they lie on the computer that runs this. */
  readonly folder: string;
  /** Whether one is made every night; practice data are not. */
  readonly nightly: boolean;
  /** Whether the installation file names a passphrase that seals them. */
  readonly sealing: boolean;
  /** The newest first. */
  readonly files: readonly BackupFileView[];
  readonly going: {
    readonly state: "idle" | "running" | "failed";
    readonly since: Instant | null;
    readonly why: Sentence | null;
  };
}

export interface Backups {
  view(): Promise<BackupView>;
  /** false: one is being made. `passphrase` null: as at night. Answers when it has begun; on record. */
  begin(caller: Caller, passphrase: string | null): Promise<boolean>;
  /** null: there is none of that name. On record, if it is sealed. */
  fetch(caller: Caller, name: string): Promise<{ readonly path: string; readonly sealed: boolean } | null>;
}

const time = (instant: Instant | null) => (instant === null ? null : isoOf(instant));
const backupsJson = ({ files, going, ...rest }: BackupView): BackupsJson => ({
  ...rest,
  files: files.map((file) => ({ ...file, at: isoOf(file.at), checkedAt: time(file.checkedAt) })),
  going: { ...going, since: time(going.since) },
});

const nothing = z.strictObject({});

export function backupRoutes(backups: Backups): readonly Route[] {
  const output = { type: "application/json", schema: backupsSchema, description: "The newest first" };
  return [
    route({
      path: "/api/v1/backups",
      access: ["administrator", "auditor"],
      summary: "The backups in the data folder, and the one that is being made",
      params: nothing,
      query: nothing,
      output,
      failures: [401, 403],
      answer: async (_, response) => void response.json(backupsJson(await backups.view())),
    }),
    route({
      path: "/api/v1/backups",
      method: "post",
      access: ["administrator"],
      dear: true,
      summary: "Make one now, in a process of its own: all data and keys in one file, read back when it is written",
      params: nothing,
      query: nothing,
      body: z.strictObject({
        passphrase: z
          .string()
          .max(limits.backupPassphraseChars)
          .refine((text) => [...text].length >= limits.backupPassphraseCharsMin, {
            message: `at least ${limits.backupPassphraseCharsMin} characters`,
          })
          .optional()
          .meta({ title: "备份口令 / passphrase", description: "Seals this one; absent: as at night" }),
      }),
      output,
      failures: [401, 403, 409],
      answer: async ({ passphrase }, response, _, caller) => {
        if (!(await backups.begin(caller, passphrase ?? null))) throw underWay();
        response.json(backupsJson(await backups.view()));
      },
    }),
    route({
      path: "/api/v1/backups/{name}/file",
      access: ["administrator"],
      scope: null,
      dear: true,
      summary: "A sealed one, to be kept elsewhere; one that is not sealed holds the signing key for whoever has it",
      params: z.strictObject({ name: z.string().max(limits.queryChars) }),
      query: nothing,
      output: { type: "application/octet-stream", schema: z.string(), description: "The file" },
      failures: [401, 403, 404],
      answer: async ({ name }, response, request, caller) => {
        const found = await backups.fetch(caller, name);
        if (found === null) throw noBackup(name);
        if (!found.sealed) throw notSealed(name);
        response.type("application/octet-stream").set("Content-Disposition", `attachment; filename="${name}"`);
        if (request.method === "HEAD") return void response.end();
        await pipeline(createReadStream(found.path), response).catch((error: unknown) => {
          // Whoever asked has gone.
          if (!response.destroyed) throw error;
        });
      },
    }),
  ];
}

const underWay = () =>
  new ProblemError(409, {
    where: "backups",
    what: { zh: "正在备份", en: "a backup is being made" },
    remedy: { zh: "等它做完再做下一份。", en: "Wait until it is done." },
  });

const noBackup = (name: string) =>
  new ProblemError(404, {
    where: "path name",
    what: { zh: `没有备份“${name}”`, en: `there is no backup "${name}"` },
    remedy: { zh: "GET /api/v1/backups 列出全部。", en: "GET /api/v1/backups lists them." },
  });

const notSealed = (name: string) =>
  new ProblemError(403, {
    where: "path name",
    what: {
      zh: `备份“${name}”没有加密\uff0c里面有签名密钥\uff0c不能从网页下载`,
      en: `the backup "${name}" is not sealed and holds the signing key: it does not leave by the page`,
    },
    remedy: {
      zh: "请写口令另做一份再下载\uff0c或在主机上拷贝。",
      en: "Make one with a passphrase, or copy it at the computer itself.",
    },
  });
