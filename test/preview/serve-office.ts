/** An office without a daemon behind it, over HTTP. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createApi } from "../../src/api/index.ts";
import type { Office } from "../../src/api/office.ts";
import { attachPreview, type Preview } from "../../src/preview/server.ts";
import { scheduleRoute } from "./fake-schedule.ts";
import { sessionRoute } from "./fake-session.ts";

/** The office over HTTP, as the daemon would serve it, on the loopback; port 0: any free one. */
export async function serveOffice(
  office: Office,
  webFolder: string | null,
  askedPort = 0,
): Promise<{ readonly url: string; readonly preview: Preview; close(): Promise<void> }> {
  const server = createServer(
    createApi(office, { webFolder, metrics: async () => "", routes: [sessionRoute(), scheduleRoute(office)] }),
  );
  const preview = attachPreview(server, office);
  await new Promise<void>((done) => server.listen(askedPort, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    preview,
    async close() {
      await preview.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
