/** What the QR code beside a board holds: one slash before the page's part, whichever way the office's address is written. */
import { expect, test } from "vitest";
import { boardUrl } from "../../src/daemon/above.ts";
import { createNetwork } from "../../src/daemon/network.ts";

test("one slash, for each address that the office has", () => {
  const listen = { host: "127.0.0.1", port: 8080 };
  for (const url of ["http://127.0.0.1:8080/", "http://127.0.0.1:8080"]) {
    const [first = ""] = createNetwork({ listen, held: false, alone: false, tls: null, tlsFor: () => null, url }).view()
      .urls;
    expect(boardUrl(first, "B1")).toBe("http://127.0.0.1:8080/#/b/B1");
  }
  const open = createNetwork({
    ...{
      listen: { host: "192.0.2.7", port: 8443, tls: "none" as const },
      held: false,
      alone: false,
      tls: null,
      tlsFor: () => null,
    },
    url: "http://192.0.2.7:8443/",
  });
  for (const url of open.view().urls) expect(boardUrl(url, "大厅")).toMatch(/[^/]\/#\/b\/%E5%A4%A7%E5%8E%85$/);
});
