/** 令牌: keys with which programs on other computers put texts on a board, where one person works without accounts. */
import { z } from "zod";
import { UsageError } from "../client.ts";
import type { ExitCode, Output } from "../say.ts";
import { type ActingOptions, acting, minuteIn, path } from "./acting.ts";

const tokenSchema = z.object({ id: z.string(), name: z.string(), scopes: z.array(z.string()), expiresAt: z.string() });
const madeSchema = z.object({ token: tokenSchema, secret: z.string() });

const lineOf = ({ id, name, scopes, expiresAt }: z.infer<typeof tokenSchema>, zone: string) =>
  `${id}  ${name}  ${scopes.join(" ")}  到期 until ${minuteIn(zone)(expiresAt)}\n`;

export async function tokens(
  what: string,
  about: string | undefined,
  { name = "", days = 365, ...options }: ActingOptions & { readonly name?: string; readonly days?: number },
  output: Output,
): Promise<ExitCode> {
  const isWhole = what === "add" ? about !== undefined && name !== "" : what === "revoke" && about !== undefined;
  if (what !== "list" && !isWhole)
    throw new UsageError(
      { zh: "只有 add 屏号 --name 名称、list、revoke 编号", en: "there is add BOARD --name NAME, list, revoke ID" },
      {
        zh: "例如 boardcast token add sign --name doorbell",
        en: "For example: boardcast token add sign --name doorbell",
      },
    );
  const subject = about ?? "";
  if (what === "list")
    return acting(
      options,
      output,
      (api) => api.get(path("tokens")),
      (answered, zone) => lineOf(tokenSchema.parse(answered), zone),
      "没有令牌 no tokens\n",
    );
  if (what === "revoke")
    return acting(
      options,
      output,
      (api) => api.send("DELETE", path("tokens", subject)),
      () => `${subject}  已作废 revoked\n`,
    );
  return acting(
    options,
    output,
    (api) => api.send("POST", path("tokens"), { name, scopes: [`text:${subject}`], days }),
    (answered, zone) => {
      const { token, secret } = madeSchema.parse(answered);
      return `${lineOf(token, zone)}${secret}\n只显示这一次 shown this once: Authorization: Bearer …\n`;
    },
  );
}
