/** What practice begins without: a notice that waits for its signature, and a draft. By the maker, over the API. */
export async function waitingCase(url: string): Promise<void> {
  const entered = await fetch(`${url}/api/v1/session/practice`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ account: "P01" }),
  });
  const [cookie = ""] = (entered.headers.get("set-cookie") ?? "").split(";");
  const { csrf } = (await entered.json()) as { csrf: string };
  const ask = async (method: string, path: string, body: object) => {
    const headers = { cookie, "x-boardcast-csrf": csrf, "Content-Type": "application/json" };
    const answer = await fetch(`${url}/api/v1/review/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return (await answer.json()) as Draft;
  };
  const { notice, version, document } = await ask("POST", "drafts", { copyOf: "N15" });
  const [from, until] = [Date.parse("2017-11-06T00:00+08:00"), Date.parse("2017-11-10T00:00+08:00")];
  const { content, schedule } = document;
  const changed = {
    ...document,
    content: { ...content, formedOn: "2017-11-06", signature: { ...content.signature, date: "2017-11-06" } },
    schedule: { ...schedule, from, until, cron: "*/5 8-17 * * *" },
    envelope: { boards: ["B1"], from, until, bestPriority: 3 },
  };
  const kept = await ask("PUT", `drafts/${notice}`, { version, document: changed });
  await ask("POST", `drafts/${notice}/submit`, { version: kept.version });
  await ask("POST", "drafts", { copyOf: "N15" });
}

interface Draft {
  readonly notice: string;
  readonly version: number;
  readonly document: { readonly content: { readonly signature: object }; readonly schedule: object };
}
